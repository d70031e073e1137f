"""Color tags: which one of which format counts, and the notes on those that are ignored."""

import io
import re
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.source import read
from pochade.source.encoding import Encoding
from pochade.source.tags.code_points import PRIMARIES
from pochade.source.tags.order import ORDER

# What each tag states, and the codes of #c83c28 (200, 60, 40) under that statement, from colour-science 0.4.7:
# the sRGB codes are decoded, brought to the primaries, encoded by the curve and rounded.
EXPECTED = (200, 60, 40)
P3, BT2020, PQ, LINEAR, GAMMA_18 = (185, 71, 50), (156, 66, 35), (123, 87, 68), (147, 12, 5), (188, 46, 30)
HLG, ADOBE = (157, 76, 48), (173, 62, 45)

Codes = tuple[int, int, int]
Chunks = Iterable[tuple[bytes, bytes]]


def flat(codes: Codes, size: int = 64) -> Image.Image:
    return Image.new("RGB", (size, size), codes)


def saved_as(kind: str, codes: Codes, **options: Any) -> bytes:
    file = io.BytesIO()
    flat(codes).save(file, kind, **options)
    return file.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L4s", len(content), kind) + content + struct.pack(">L", zlib.crc32(kind + content))


def png(codes: Codes | np.ndarray, chunks: Chunks = ()) -> bytes:
    """A PNG with the chunks behind IHDR. codes : one color of 8 bits, or an array of 16 bits."""
    levels = np.asarray(codes, ">u2" if isinstance(codes, np.ndarray) else "u1")
    levels = np.broadcast_to(levels, (8, 8, 3)) if levels.ndim == 1 else levels
    rows = b"".join(b"\0" + row.tobytes() for row in levels)
    head = struct.pack(">LLBBBBB", levels.shape[1], levels.shape[0], 8 * levels.itemsize, 2, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def cicp(primaries: int, curve: int, matrix: int = 0, full: int = 1) -> tuple[bytes, bytes]:
    return b"cICP", bytes((primaries, curve, matrix, full))


def gama(gamma: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">L", round(gamma * 100_000))


def chrm(*numbers: float) -> tuple[bytes, bytes]:
    """White, red, green and blue, each x and y."""
    return b"cHRM", struct.pack(">8L", *(round(number * 100_000) for number in numbers))


ADOBE_CHRM = chrm(0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
P3_CHRM = chrm(0.3127, 0.3290, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)


def exif(space: int | None = None, index: str | None = None, order: str = ">") -> bytes:
    """An Exif block, without prefix, of ColorSpace and the interoperability index."""
    entries = [] if space is None else [struct.pack(order + "HHLHH", 0xA001, 3, 1, space, 0)]
    own = 26
    below = own + 2 + 12 * (len(entries) + (index is not None)) + 4
    if index is not None:
        entries.append(struct.pack(order + "HHLL", 0xA005, 4, 1, below))
    block = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(order + "L", 8)
    block += struct.pack(order + "HHHLLL", 1, 0x8769, 4, 1, own, 0)
    block += struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(4)
    if index is not None:
        block += struct.pack(order + "HHHL4sL", 1, 1, 2, 4, index.encode(), 0)
    return block


def adobe_exif() -> bytes:
    return b"Exif\0\0" + exif(0xFFFF, "R03")


def with_nclx(data: bytes, primaries: int, curve: int, matrix: int = 6) -> bytes:
    """An AVIF or HEIC with other code points."""
    at = data.index(b"colrnclx") + 8
    return data[:at] + struct.pack(">3H", primaries, curve, matrix) + data[at + 6 :]


def without_nclx(data: bytes) -> bytes:
    return data.replace(b"colrnclx", b"freenclx")


def avif(codes: Codes, **options: Any) -> bytes:
    return saved_as("AVIF", codes, quality=100, subsampling="4:4:4", **options)


def heif(codes: Codes, **options: Any) -> bytes:
    import pillow_heif

    file = io.BytesIO()
    pillow_heif.from_pillow(flat(codes)).save(file, quality=100, chroma=444, **options)
    return file.getvalue()


def tiff(codes: Codes, space: int) -> bytes:
    """A TIFF whose Exif directory has a ColorSpace."""
    pixels = bytes(codes) * 64
    short, long = 3, 4
    fields = [(256, short, 8), (257, short, 8), (258, short, 8), (259, short, 1), (262, short, 2), (273, long, 8)]
    fields += [(277, short, 3), (278, short, 8), (279, long, len(pixels))]
    start = 8 + len(pixels)
    fields.append((0x8769, long, start + 2 + 12 * (len(fields) + 1) + 4))
    entries = b"".join(struct.pack("<HHLL", tag, kind, 1, value) for tag, kind, value in fields)
    first = struct.pack("<H", len(fields)) + entries + bytes(4)
    own = struct.pack("<HHHLLL", 1, 0xA001, short, 1, space, 0)
    return b"II*\0" + struct.pack("<L", start) + pixels + first + own


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L4s", 8 + len(content), kind) + content


def jp2(codes: Codes, *colors: bytes) -> bytes:
    """A JP2 whose colr boxes have these contents."""
    data = saved_as("JPEG2000", codes)
    at = data.index(b"jp2h") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    head = data[at + 8 : at + 8 + 22]  # ihdr
    assert head[4:8] == b"ihdr"
    return data[:at] + box(b"jp2h", head + b"".join(box(b"colr", one) for one in colors)) + data[at + length :]


def bmp(
    codes: Codes, space: bytes, numbers: Iterable[float] = (), gammas: Iterable[float] = (), icc: bytes = b""
) -> bytes:
    """A BMP with a V5 header. numbers : XYZ of red, green and blue. gammas : their exponents."""
    pixels = bytes(reversed(codes)) * 64  # 8 x 8: rows of 24 bytes
    head = struct.pack("<LllHHLLllLL16x4s", 124, 8, 8, 1, 24, 0, len(pixels), 0, 0, 0, 0, space)
    head += struct.pack("<9l", *(round(number * (1 << 30)) for number in numbers or (0,) * 9))
    head += struct.pack("<3L", *(round(gamma * (1 << 16)) for gamma in gammas or (0,) * 3))
    head += struct.pack("<4L", 4, 124 + len(pixels), len(icc), 0)
    assert len(head) == 124
    size = 14 + len(head) + len(pixels) + len(icc)
    return b"BM" + struct.pack("<LHHL", size, 0, 0, 14 + len(head)) + head + pixels + icc


def gif(codes: Codes, icc: bytes) -> bytes:
    data = saved_as("GIF", codes)
    end = 13 + (3 << (data[10] & 7) + 1)
    blocks = b"".join(bytes((len(part),)) + part for i in range(0, len(icc), 255) if (part := icc[i : i + 255]))
    comment = b"!\xfe\x03abc\0"
    return b"GIF89a" + data[6:end] + comment + b"!\xff\x0bICCRGBG1012" + blocks + b"\0" + data[end:]


def psd(codes: Codes, icc: bytes, depth: int = 8) -> bytes:
    resource = b"8BIM" + struct.pack(">HHL", 1039, 0, len(icc)) + icc + bytes(len(icc) % 2)
    planes = b"".join(
        np.full((8, 8), code * (257 if depth == 16 else 1), f">u{depth // 8}").tobytes() for code in codes
    )
    head = b"8BPS" + struct.pack(">H6xHLLHH", 1, 3, 8, 8, depth, 3)
    return head + bytes(4) + struct.pack(">L", len(resource)) + resource + bytes(4) + bytes(2) + planes


def jxl(codes: Codes, primaries: int, curve: int) -> bytes:
    """A lossless JPEG XL whose header states code points: ISO/IEC 18181-1:2022, annex E (ColorEncoding)."""
    import pillow_jxl

    assert pillow_jxl
    data = saved_as("JXL", codes, lossless=True)
    head = int.from_bytes(data[2:5], "little")
    bits = "".join(str(head >> i & 1) for i in range(24))
    assert bits[18] == "1", "the encoder writes sRGB as its default"

    def enum(value: int) -> str:
        if value < 2:
            return "01"[value] + "0"
        return "01" + f"{value - 2:04b}"[::-1] if value < 18 else "11" + f"{value - 18:06b}"[::-1]

    stated = "00" + enum(0) + enum(1) + enum(primaries) + "0" + enum(curve) + enum(1)
    bits = bits[:18] + stated + bits[19:22]
    bits += "0" * (-len(bits) % 8)
    return data[:2] + int(bits[::-1], 2).to_bytes(len(bits) // 8, "little") + data[5:]


PAGE = Path(__file__).parents[2] / "docs" / "reading.md"
NAMES = {"HEIC": "HEIF", "WebP": "WEBP", "JPEG 2000": "JPEG2000", "JPEG XL": "JXL"}

ICC_P3 = Encoding(PRIMARIES[12]).icc()
BROKEN = ICC_P3[:200]
GRAY_ICC = ICC_P3[:16] + b"GRAY" + ICC_P3[20:]
ICC = {"icc_profile": ICC_P3}
P3_XYZ = (0.4866, 0.2290, 0.0, 0.2657, 0.6917, 0.0451, 0.1982, 0.0793, 1.0439)  # SMPTE EG 432-1, D65

# A file for each line of the table, by its tag alone.
FILES = {
    ("JPEG", "ICC profile"): lambda: saved_as("JPEG", P3, quality=100, subsampling=0, **ICC),
    ("JPEG", "Exif"): lambda: saved_as("JPEG", ADOBE, quality=100, subsampling=0, exif=adobe_exif()),
    ("PNG", "cICP"): lambda: png(P3, [cicp(12, 13)]),
    ("PNG", "iCCP"): lambda: saved_as("PNG", P3, **ICC),
    ("PNG", "sRGB"): lambda: png(EXPECTED, [(b"sRGB", b"\0")]),
    ("PNG", "gAMA and cHRM"): lambda: png(ADOBE, [gama(1 / 2.2), ADOBE_CHRM]),
    ("PNG", "gAMA"): lambda: png(GAMMA_18, [gama(1 / 1.8)]),
    ("PNG", "cHRM"): lambda: png(P3, [P3_CHRM]),
    ("PNG", "Exif"): lambda: png(ADOBE, [(b"eXIf", exif(2, order="<"))]),
    ("AVIF", "ICC profile"): lambda: avif(P3, **ICC),
    ("AVIF", "nclx"): lambda: with_nclx(avif(P3), 12, 13),
    ("AVIF", "Exif"): lambda: without_nclx(avif(ADOBE, exif=adobe_exif())),
    ("HEIF", "ICC profile"): lambda: heif(P3, **ICC),
    ("HEIF", "nclx"): lambda: heif(P3, color_primaries=12, transfer_characteristics=13),
    ("HEIF", "Exif"): lambda: without_nclx(heif(ADOBE, exif=adobe_exif())),
    ("WEBP", "ICC profile"): lambda: saved_as("WEBP", P3, lossless=True, **ICC),
    ("WEBP", "Exif"): lambda: saved_as("WEBP", ADOBE, lossless=True, exif=adobe_exif()),
    ("TIFF", "ICC profile"): lambda: saved_as("TIFF", P3, **ICC),
    ("TIFF", "Exif"): lambda: tiff(ADOBE, 2),
    ("JPEG2000", "colr"): lambda: jp2(P3, b"\2\0\0" + ICC_P3),
    ("BMP", "ICC profile"): lambda: bmp(P3, b"DEBM", icc=ICC_P3),
    ("BMP", "calibration"): lambda: bmp(P3_22, bytes(4), P3_XYZ, (2.2, 2.2, 2.2)),
    ("GIF", "ICC profile"): lambda: gif(P3, ICC_P3),
    ("PSD", "ICC profile"): lambda: psd(P3, ICC_P3),
    ("JXL", "ICC profile"): lambda: jxl(P3, 11, 13),
}
P3_22 = (183, 72, 54)  # #c83c28 in P3 with the exponent 2.2


def color(source) -> np.ndarray:
    return np.array(pochade.extract(source, 1).colors[0].srgb, int)


def near(source, expected=EXPECTED, tolerance=2) -> bool:
    return bool(np.abs(color(source) - expected).max() <= tolerance)


def lines_of_the_table() -> list[tuple[str, str]]:
    table = PAGE.read_text().split("## Color tags")[1].split("\n\n")[2]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", table, re.MULTILINE)[1:]
    return [(NAMES.get(format, format), tag) for format, tag in rows]


def test_the_page_lists_the_tags_in_the_order_in_which_they_count():
    assert lines_of_the_table() == [(format, tag) for format, tags in ORDER.items() for tag, _ in tags]


@pytest.mark.parametrize(("format", "tag"), lines_of_the_table())
def test_each_tag_of_the_page_counts(format, tag):
    data = FILES[format, tag]()
    assert near(data), pochade.extract(data, 1).hex
    assert read(data).notes == ()


@pytest.mark.parametrize(
    ("codes", "primaries", "curve"),
    [
        (P3, 12, 13),
        (BT2020, 9, 1),
        (BT2020, 9, 14),
        (PQ, 9, 16),
        (HLG, 9, 18),
        (LINEAR, 1, 8),
        (EXPECTED, 1, 13),
        (EXPECTED, 2, 13),
        (EXPECTED, 1, 2),
        (EXPECTED, 2, 2),
    ],
)
def test_code_points_mean_the_same_in_every_format(codes, primaries, curve):
    assert near(png(codes, [cicp(primaries, curve)]))
    assert near(jp2(codes, b"\5\0\0" + bytes((0, primaries, 0, curve, 0, 0, 128))))
    if curve != 8:  # 8 bits of linear light, and the losses of the codec on top
        assert near(with_nclx(avif(codes), primaries, curve), tolerance=4)
    for data in (png(codes, [cicp(primaries, curve)]), with_nclx(avif(codes), primaries, curve)):
        assert read(data).notes == ()


@pytest.mark.parametrize("curve", [13, 16, 18])
def test_a_jpeg_xl_states_hdr_in_the_profile_that_its_decoder_writes(curve):
    codes = {13: P3, 16: PQ, 18: HLG}[curve]
    assert near(jxl(codes, 11 if curve == 13 else 9, curve))


def test_narrow_codes_are_widened():
    narrow = tuple(round(16 + code * 219 / 255) for code in EXPECTED)
    assert near(png(narrow, [cicp(1, 13, full=0)]))
    assert near(png((235, 235, 235), [cicp(1, 13, full=0)]), (255, 255, 255), 0)
    assert near(png(np.array((235, 235, 235)) * 256, [cicp(12, 13, full=0)]), (255, 255, 255), 0)


def test_16_bits_are_decoded_before_they_are_rounded():
    # In 8 bits of linear light the second darkest gray is 13; in 16 bits there are all 256.
    dark = (np.array((3, 5, 9)) / 255 / 12.92 * 65535).round().astype(np.uint16)
    for chunks in ([gama(1.0)], [cicp(1, 8)]):
        assert near(png(dark, chunks), (3, 5, 9), 0)
        assert near(png(np.full(3, 65535, np.uint16), chunks), (255, 255, 255), 0)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of colour-science's HLG
@pytest.mark.parametrize("curve", [16, 18])
def test_16_bits_of_hdr(curve):
    import colour

    wide, srgb = colour.RGB_COLOURSPACES["ITU-R BT.2020"], colour.RGB_COLOURSPACES["sRGB"]
    encode = colour.models.eotf_inverse_BT2100_PQ if curve == 16 else colour.models.eotf_inverse_BT2100_HLG
    for expected in (EXPECTED, (255, 255, 255), (40, 90, 170)):
        linear = colour.matrix_RGB_to_RGB(srgb, wide, None) @ colour.cctf_decoding(np.array(expected) / 255)
        codes = np.rint(encode(linear * 203) * 65535).astype(np.uint16)
        assert near(png(codes, [cicp(9, curve)]), expected, 1), color(png(codes, [cicp(9, curve)]))


def test_16_bit_gray_is_decoded_before_it_is_rounded(tmp_path):
    level = round(5 / 255 / 12.92 * 65535)
    gray = Image.fromarray(np.full((8, 8), level, np.uint16))
    gray.save(tmp_path / "gray.png")
    data = (tmp_path / "gray.png").read_bytes()
    tagged = data[:33] + png((0, 0, 0), [cicp(1, 8)])[33:49] + data[33:]
    assert near(tagged, (5, 5, 5), 0)


def test_the_first_tag_of_a_png_counts():
    everything = [cicp(12, 13), (b"sRGB", b"\0"), gama(1.0), ADOBE_CHRM, (b"eXIf", exif(2))]
    assert near(png(P3, everything))
    assert near(png(EXPECTED, everything[1:]))
    assert near(png(LINEAR, [gama(1.0), (b"eXIf", exif(2))]))
    assert near(png(ADOBE, [(b"eXIf", exif(2))]))


def test_an_icc_profile_counts_before_nclx_and_exif():
    data = avif(P3, **ICC)
    assert near(data)
    assert near(saved_as("JPEG", P3, quality=100, subsampling=0, exif=adobe_exif(), **ICC))


@pytest.mark.parametrize(("space", "index"), [(0xFFFF, "R03"), (2, None), (2, "R03"), (None, "R03")])
@pytest.mark.parametrize("order", ["<", ">"])
def test_adobe_rgb_by_exif(space, index, order):
    data = saved_as("JPEG", (60, 180, 75), quality=100, subsampling=0, exif=b"Exif\0\0" + exif(space, index, order))
    assert near(data, (0, 181, 64))  # #00b540, by LittleCMS with Adobe's profile
    assert near(Image.open(io.BytesIO(data)), (0, 181, 64))


@pytest.mark.parametrize(("space", "index"), [(1, None), (1, "R98"), (0xFFFF, None), (0xFFFF, "R98"), (0xFFFE, None)])
def test_srgb_by_exif_or_an_open_color_space_changes_nothing(space, index):
    pixels = read(saved_as("JPEG", EXPECTED, exif=b"Exif\0\0" + exif(space, index)))
    assert pixels.profile is None
    assert pixels.notes == ()


def test_the_gamma_that_srgb_writers_add_means_srgb():
    srgb = chrm(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
    for chunks in ([gama(0.45455)], [gama(0.45455), srgb], [srgb]):
        assert read(png((3, 60, 9), chunks)).profile is None, chunks


@pytest.mark.parametrize("exponent", [2.2, 1 / 2.2])
def test_a_bmp_may_state_chromaticities_and_the_inverse_of_its_exponent(exponent):
    # As in pal8v4.bmp of bmpsuite, whose numbers are the chromaticities of sRGB and .4545.
    chromaticities = (0.64, 0.33, 0.03, 0.30, 0.60, 0.10, 0.15, 0.06, 0.79)
    assert read(bmp(EXPECTED, bytes(4), chromaticities, (exponent,) * 3)).profile is None
    p3 = (0.68, 0.32, 0.0, 0.265, 0.69, 0.045, 0.15, 0.06, 0.79)
    assert near(bmp(P3_22, bytes(4), p3, (exponent,) * 3))


def test_a_pil_image_has_the_tags_that_pillow_keeps():
    data = png(ADOBE, [gama(1 / 2.2), ADOBE_CHRM])
    assert near(Image.open(io.BytesIO(data)))
    assert near(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert near(Image.open(io.BytesIO(saved_as("WEBP", ADOBE, lossless=True, exif=adobe_exif()))))


# Files with a first tag that cannot be used: the expected color, and words of the note.
CONTRADICTIONS = {
    "reserved primaries": (lambda: png(GAMMA_18, [cicp(0, 13), gama(1 / 1.8)]), "cICP.*primaries 0.*gAMA counts"),
    "reserved curve": (lambda: png(P3, [cicp(1, 99), P3_CHRM]), "cICP.*characteristics 99.*cHRM counts"),
    "a matrix in PNG": (lambda: png(EXPECTED, [cicp(12, 13, 9)]), "cICP.*matrix is 9.*read as sRGB"),
    "a range that is none": (lambda: png(EXPECTED, [cicp(12, 13, 0, 7)]), "cICP.*range is 7"),
    "a short cICP": (lambda: png(EXPECTED, [(b"cICP", b"\1")]), "cICP.*1 bytes instead of 4"),
    "a broken iCCP": (lambda: png(GAMMA_18, [(b"iCCP", b"a\0\0xyz"), gama(1 / 1.8)]), "iCCP.*gAMA counts"),
    "a gray iCCP": (lambda: saved_as("PNG", EXPECTED, icc_profile=GRAY_ICC), "iCCP.*for gray, and the picture is RGB"),
    "an unknown intent": (lambda: png(GAMMA_18, [(b"sRGB", b"\x09"), gama(1 / 1.8)]), "sRGB.*intent 9.*gAMA counts"),
    "gamma zero": (lambda: png(P3, [gama(0), P3_CHRM]), "gAMA of 0 .*its cHRM counts"),
    "gamma zero alone": (lambda: png(EXPECTED, [gama(0)]), "gAMA of 0 .*read as sRGB"),
    "no primaries": (lambda: png(GAMMA_18, [gama(1 / 1.8), chrm(*(0.0,) * 8)]), "by cHRM, white.*its gAMA counts"),
    "primaries on a line": (
        lambda: png(EXPECTED, [chrm(0.3, 0.3, 0.1, 0.1, 0.2, 0.2, 0.4, 0.4)]),
        "cHRM.*no mixture.*read as sRGB",
    ),
    "white outside": (lambda: png(EXPECTED, [chrm(0.7, 0.3, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)]), "cHRM.*no mixture"),
    "Exif against itself": (lambda: saved_as("JPEG", EXPECTED, exif=b"Exif\0\0" + exif(1, "R03")), "Exif.*sRGB.*Adobe"),
    "Exif the other way": (lambda: saved_as("JPEG", EXPECTED, exif=b"Exif\0\0" + exif(2, "R98")), "Exif.*Adobe.*sRGB"),
    "an unknown ColorSpace": (lambda: saved_as("JPEG", EXPECTED, exif=b"Exif\0\0" + exif(7)), "Exif.*ColorSpace 7"),
    "a broken profile, then Exif": (
        lambda: saved_as("JPEG", ADOBE, quality=100, subsampling=0, icc_profile=BROKEN, exif=adobe_exif()),
        "ICC profile.*broken.*Exif counts",
    ),
    "a profile without its end": (
        lambda: saved_as("JPEG", EXPECTED, icc_profile=bytes(100_000)).replace(b"ICC_PROFILE\0\2", b"XXX_PROFILE\0\2"),
        "ICC profile.*parts.*missing",
    ),
    "a broken profile in WebP": (lambda: saved_as("WEBP", EXPECTED, lossless=True, icc_profile=BROKEN), "ICC.*broken"),
    "a broken profile in TIFF": (lambda: saved_as("TIFF", EXPECTED, icc_profile=BROKEN), "ICC profile.*broken"),
    "a broken profile in AVIF": (
        lambda: (
            with_nclx(avif(P3, icc_profile=BROKEN), 12, 13) if b"colrnclx" in avif(P3, icc_profile=BROKEN) else None
        ),
        "ICC profile.*broken",
    ),
    "reserved nclx": (lambda: with_nclx(avif(EXPECTED), 0, 13), "nclx.*primaries 0"),
    "reserved nclx, then Exif": (lambda: with_nclx(avif(ADOBE, exif=adobe_exif()), 3, 13), "nclx.*primaries 3.*Exif"),
    "reserved nclx in HEIC": (lambda: with_nclx(heif(EXPECTED), 1, 77), "nclx.*characteristics 77"),
    "a reserved matrix": (lambda: with_nclx(avif(EXPECTED), 12, 13, 3), "nclx.*matrix coefficients 3"),
    "a reserved matrix in HEIC": (lambda: with_nclx(heif(EXPECTED), 12, 13, 255), "nclx.*matrix coefficients 255"),
    "an unknown colr method": (lambda: jp2(EXPECTED, b"\x63\0\0abcd"), "colr.*method 99"),
    "an unknown color space": (lambda: jp2(EXPECTED, b"\1\0\0\0\0\0\x63"), "colr.*color space 99"),
    "a broken profile in JP2": (lambda: jp2(EXPECTED, b"\2\0\0" + BROKEN), "colr.*broken"),
    "a broken profile in BMP": (lambda: bmp(EXPECTED, b"DEBM", icc=BROKEN), "ICC profile.*broken"),
    "a linked profile in BMP": (lambda: bmp(EXPECTED, b"KNIL", icc=b"C:\\a.icm\0"), "ICC.*another file"),
    "black lights in BMP": (lambda: bmp(EXPECTED, bytes(4), (0.5,) * 3 + (0,) * 6), "calibration.*black"),
    "a broken profile in GIF": (lambda: gif(EXPECTED, BROKEN), "ICC profile.*broken"),
    "a broken profile in PSD": (lambda: psd(EXPECTED, BROKEN), "ICC profile.*broken"),
    "a broken profile in deep PSD": (lambda: psd(EXPECTED, BROKEN, 16), "ICC profile.*broken"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_tag_that_cannot_be_used_is_ignored_with_a_note(name):
    make, words = CONTRADICTIONS[name]
    data = make()
    assert near(data, tolerance=3), pochade.extract(data, 1).hex
    notes = read(data).notes
    assert len(notes) == 1, notes
    assert re.search(words, notes[0]), notes
    assert notes[0].startswith("the color tag ")
    assert notes[0].endswith(".")


def test_the_first_colr_box_that_is_understood_counts():
    assert near(jp2(P3, b"\x63\0\0abcd", b"\2\0\0" + ICC_P3))
    assert near(jp2(EXPECTED, b"\1\0\0\0\0\0\x10", b"\2\0\0" + ICC_P3))


def test_the_primary_item_of_a_container_counts():
    # The thumbnail of a HEIC has its own code points, before those of the primary picture.
    import pillow_heif

    file = io.BytesIO()
    pictures = pillow_heif.from_pillow(Image.new("RGB", (64, 64), (9, 9, 9)))
    pictures.add_from_pillow(Image.new("RGB", (64, 64), P3))
    pictures.save(file, quality=100, chroma=444, primary_index=1, color_primaries=12, transfer_characteristics=13)
    assert near(file.getvalue())


@pytest.mark.parametrize("name", [key for key in FILES if key[0] not in ("PSD",)], ids="-".join)
def test_a_damaged_tag_never_crashes(name):
    data = bytearray(FILES[name]())
    rng = np.random.default_rng(0)
    head = min(len(data), 1200)
    for _ in range(30):
        broken = bytearray(data)
        for at in rng.integers(8, head, 3):
            broken[at] = rng.integers(256)
        try:
            pixels = read(bytes(broken), max_pixels=100_000)
            for _strip in pixels.strips():
                pass
        except pochade.PochadeError:
            continue
        assert isinstance(pixels.notes, tuple)


def test_a_palette_and_its_json_have_the_notes_and_equal_colors():
    data = png(GAMMA_18, [cicp(0, 13), gama(1 / 1.8)])
    palette = pochade.extract(data, 1)
    assert palette.notes == read(data).notes
    assert palette.to_dict()["notes"] == list(palette.notes)
    assert pochade.Palette.from_dict(palette.to_dict()) == palette
    assert "notes" not in pochade.extract(png(EXPECTED), 1).to_dict()


def test_quantize_recolor_and_background_convert_and_note_like_extract():
    data = png(PQ, [cicp(9, 16)])
    expected = color(data)
    few = pochade.quantize(data, 2)
    assert np.abs(few.srgb.astype(int) - expected).max() <= 1
    recolored = pochade.recolor(data, {pochade.extract(data, 1).hex[0]: "#00ff00"})
    assert np.abs(recolored.source.astype(int) - expected).max() <= 1
    noted = png(GAMMA_18, [cicp(0, 13), gama(1 / 1.8)])
    notes = read(noted).notes
    assert pochade.quantize(noted, 2).palette.notes == notes
    assert pochade.quantize(noted, palette=["#c83c28"]).palette.notes == notes
    assert pochade.background(noted).notes == notes
    assert pochade.recolor(noted, {"#c83c28": "#00ff00"}, palette=["#c83c28"]).palette.notes == notes


def test_the_base_picture_of_a_gain_map_jpeg_counts():
    # Two JPEGs, the first with XMP that announces the second, a gain map (Adobe's "Gain map" 1.0; Android Ultra HDR).
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/></rdf:RDF>'
        b"</x:xmpmeta>"
    )
    base = saved_as("JPEG", P3, quality=100, subsampling=0, xmp=xmp, **ICC)
    assert near(base + saved_as("JPEG", (250, 250, 250), quality=100))
