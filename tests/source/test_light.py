"""Pictures that store light: Radiance HDR, OpenEXR, floating-point TIFF and float maps."""

import io
import struct
import sys
import zlib
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.errors import EmptyError, FormatError, OptionError, PochadeError, TooLargeError, TruncatedError
from pochade.source import read
from pochade.source.formats import formats
from pochade.source.formats.float_tiff import is_float_tiff
from pochade.source.light import exposed
from pochade.source.linear_profile import linear_matrix
from pochade.source.material import from_bytes

# Left half (2, 1, 0.5), right half 4: half, a quarter and an eighth of white. IEC 61966-2-1 gives the codes.
LEFT, RIGHT = (188, 137, 99), (255, 255, 255)


def scene(rows=10, columns=24):
    light = np.empty((rows, columns, 3), np.float32)
    light[:, : columns // 2] = (2, 1, 0.5)
    light[:, columns // 2 :] = 4
    return light


def sides(assemble, data, **options):
    codes, _ = assemble(read(data, **options))
    return tuple(codes[0, 0].tolist()), tuple(codes[-1, -1].tolist())


# Writers by hand, so that the tests need no library for the formats.


def rgbe(light):
    exponent = np.frexp(light.max(axis=-1))[1]
    codes = np.floor(light * np.ldexp(256.0, -exponent)[..., None])
    return np.concatenate([codes, exponent[..., None] + 128], axis=-1).astype(np.uint8)


def hdr(light, *, size=None, runs=True, form="32-bit_rle_rgbe", more=""):
    rows, columns = light.shape[:2]
    head = f"#?RADIANCE\n# made by hand\n{more}FORMAT={form}\n\n{size or f'-Y {rows} +X {columns}'}\n".encode()
    body = b""
    for row in rgbe(light):
        if not runs:
            body += row.tobytes()
            continue
        body += b"\2\2" + columns.to_bytes(2, "big")
        for channel in row.T:
            half = columns // 2
            body += bytes([128 + half, channel[0], columns - half]) + channel[half:].tobytes()
    return head + body


def exr(light, *, compression=3, kind=2, names="RGB", more=b"", cut=None):
    rows, columns = light.shape[:2]
    order = sorted(range(len(names)), key=lambda i: names[i])
    channels = b"".join(names[i].encode() + b"\0" + struct.pack("<lLll", kind, 0, 1, 1) for i in order) + b"\0"
    window = struct.pack("<4l", 3, -2, 3 + columns - 1, -2 + rows - 1)
    attributes = [("channels", "chlist", channels), ("compression", "compression", bytes([compression]))]
    attributes += [("dataWindow", "box2i", window), ("displayWindow", "box2i", window)]
    head = b"\x76\x2f\x31\x01" + struct.pack("<L", 2)
    for name, form, value in attributes:
        head += name.encode() + b"\0" + form.encode() + b"\0" + struct.pack("<l", len(value)) + value
    head += more + b"\0"
    step = 16 if compression == 3 else 1
    blocks = []
    for top in range(0, rows, step):
        part = light[top : top + step].astype({1: "<f2", 2: "<f4"}[kind])
        raw = b"".join(part[row][:, i].tobytes() for row in range(len(part)) for i in order)
        blocks.append(struct.pack("<ll", top - 2, 0)[:4] + packed(raw, compression))
    table, at = b"", len(head) + 8 * len(blocks)
    for block in blocks:
        table += struct.pack("<Q", at)
        at += len(block)
    return (head + table + b"".join(blocks))[:cut]


def packed(raw, compression):
    """The length and the bytes of a block (OpenEXR, "Technical Introduction", data compression)."""
    if compression:
        codes = np.frombuffer(raw, np.uint8)
        split = np.concatenate([codes[0::2], codes[1::2]]).astype(int)
        coded = split.copy()
        coded[1:] = (split[1:] - split[:-1] + 128) % 256
        coded = coded.astype(np.uint8).tobytes()
        if compression == 1:  # runs of one byte each, and stretches without runs
            runs = [
                bytes([256 - len(piece)]) + piece for piece in (coded[i : i + 100] for i in range(0, len(coded), 100))
            ]
            small = b"".join(runs)
        else:
            small = zlib.compress(coded)
        raw = small if len(small) < len(raw) else raw
    return struct.pack("<l", len(raw)) + raw


def pfm(light):
    return b"PF\n%d %d\n-1.0\n" % light.shape[1::-1] + light[::-1].astype("<f4").tobytes()


def tiff(values, **options):
    library = pytest.importorskip("tifffile")
    file = io.BytesIO()
    library.imwrite(file, values, **{"photometric": "rgb", "metadata": None, **options})
    return file.getvalue()


WRITERS = {
    "hdr": hdr,
    "hdr without runs": lambda light: hdr(light, runs=False),
    "exr": exr,
    "exr half": lambda light: exr(light, kind=1),
    "exr without compression": lambda light: exr(light, compression=0),
    "exr by runs": lambda light: exr(light, compression=1),
    "exr by rows": lambda light: exr(light, compression=2),
    "pfm": pfm,
    "tiff": lambda light: tiff(light.astype("<f4")),
    "tiff half": lambda light: tiff(light.astype("<f2")),
    "tiff double": lambda light: tiff(light.astype("<f8")),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_the_99th_percentile_of_the_light_is_white(assemble, writer):
    assert sides(assemble, WRITERS[writer](scene())) == (LEFT, RIGHT)


@pytest.mark.parametrize("writer", WRITERS)
def test_the_exposure_sets_the_light_that_is_white(assemble, writer):
    data = WRITERS[writer](scene())
    assert sides(assemble, data, exposure=-2) == (LEFT, RIGHT)  # 4 is white
    assert sides(assemble, data, exposure=-3)[1] == (188, 188, 188)
    assert sides(assemble, data, exposure=0)[0] == (255, 188, 137)  # brighter than white: the hue stays


def test_one_of_a_hundred_pixels_may_be_brighter_than_white(assemble):
    light = np.ones((100, 100, 3), np.float32)
    light[:, :50] = 0.5
    light[0, :90] = 1000  # 0.9 %
    assert sides(assemble, pfm(light))[1] == (255, 255, 255)
    codes, _ = assemble(read(pfm(light)))
    assert tuple(codes[50, 0]) == (188, 188, 188)


@given(st.floats(1e-3, 1e3), st.tuples(*[st.floats(0, 1)] * 3))
def test_light_and_exposure_are_proportional(factor, color):
    light = np.array([color])
    assert np.abs(exposed(light / factor, factor).astype(int) - exposed(light, 1.0)).max() <= 1


def test_what_is_no_light_counts_as_black(assemble):
    light = scene()
    light[0, 0] = (np.nan, -1, 0)
    light[0, 1] = (np.inf, 0, 0)
    codes, _ = assemble(read(pfm(light)))
    assert codes[0, :3].tolist() == [[0, 0, 0], [255, 0, 0], list(LEFT)]
    assert assemble(read(pfm(0 * scene())))[0].max() == 0
    with pytest.raises(FormatError, match="not finite"):
        read(pfm(scene() * np.nan))


@pytest.mark.parametrize("stops", [33, -33, "0", True, float("nan")])
def test_an_exposure_out_of_range_is_refused(stops):
    with pytest.raises(OptionError, match=r"exposure=.*-32 to 32"):
        read(hdr(scene()), exposure=stops)


def test_an_exposure_is_refused_for_pictures_of_codes(saved, flag):
    for source in (np.zeros((2, 2, 3), np.uint8), flag, saved(flag, "a.png"), saved(flag, "a.jpg")):
        with pytest.raises(OptionError, match=r"exposure=1 is not allowed for .*OpenEXR"):
            read(source, exposure=1)


@pytest.fixture
def flag():
    image = pytest.importorskip("PIL.Image")
    return image.new("RGB", (4, 4), (200, 30, 40))


@pytest.mark.parametrize("kind", ["hdr", "exr", "pfm", "float-tiff"])
def test_exactly_one_loader_recognizes_each_format(kind):
    material = from_bytes({"hdr": hdr, "exr": exr, "pfm": pfm, "float-tiff": tiff}[kind](scene()))
    assert [entry.name for entry in formats.entries if entry.about.recognizes(material)] == [kind]


@pytest.mark.parametrize("writer", ["hdr", "hdr without runs", "exr", "exr without compression", "pfm", "tiff"])
def test_a_file_that_ends_early_is_refused_as_such(writer):
    data = WRITERS[writer](scene(40))
    for length in (len(data) // 2, len(data) - 1):
        with pytest.raises(TruncatedError, match="ends"):
            read(data[:length])


@pytest.mark.parametrize("writer", ["hdr", "hdr without runs", "exr", "exr by rows"])
def test_the_rows_that_arrived_can_be_accepted(assemble, writer):
    data = WRITERS[writer](scene(40))
    codes, alpha = assemble(read(data[:-1], truncated=True))
    assert alpha[0].min() == 255
    assert alpha[-1].max() == 0
    assert tuple(codes[0, 0]) == LEFT


@pytest.mark.parametrize("writer", ["hdr", "exr", "pfm", "tiff"])
def test_the_limit_on_pixels_applies(writer):
    with pytest.raises(TooLargeError, match="max_pixels"):
        read(WRITERS[writer](scene()), max_pixels=100)


@pytest.mark.parametrize("writer", ["hdr", "hdr without runs", "exr", "exr by runs", "pfm", "tiff"])
def test_no_change_of_bytes_makes_another_error(writer):
    data = WRITERS[writer](scene(20))
    rng = np.random.default_rng(1)
    outcomes = set()
    for _ in range(150):
        changed = bytearray(data)
        for place in rng.integers(0, len(data), 3):
            changed[place] = rng.integers(256)
        try:
            list(read(bytes(changed), max_pixels=100_000).strips())
            outcomes.add("read")
        except PochadeError:
            outcomes.add("refused")
    assert "read" in outcomes


# Radiance HDR


@pytest.mark.parametrize(
    ("axes", "turned"),
    [
        ("-Y {0} +X {1}", lambda light: light),
        ("+Y {0} +X {1}", lambda light: light[::-1]),
        ("-Y {0} -X {1}", lambda light: light[:, ::-1]),
        ("+X {0} -Y {1}", lambda light: light.swapaxes(0, 1)),
        ("-X {0} +Y {1}", lambda light: light[::-1, ::-1].swapaxes(0, 1)),
    ],
)
def test_hdr_has_its_rows_where_its_size_says(assemble, axes, turned):
    light = scene(10, 24)
    light[:5] /= 2
    codes, _ = assemble(read(hdr(light, size=axes.format(10, 24))))
    assert (codes == assemble(read(hdr(np.ascontiguousarray(turned(light)))))[0]).all()


def test_hdr_reads_the_runs_of_its_first_version(assemble):
    head = b"#?RGBE\n\n-Y 1 +X 300\n"
    pixel = rgbe(scene(1, 2))[0, 0].tobytes()
    body = pixel + b"\1\1\1\x2b" + b"\1\1\1\x01"  # 43 + (1 << 8) more
    codes, _ = assemble(read(head + body))
    assert (codes == (255, 188, 137)).all()  # 2 is white
    with pytest.raises(FormatError, match="does not fit"):
        read(head + pixel + b"\1\1\1\x01" + b"\1\1\1\xff" + b"\1\1\1\xff")


def test_hdr_divides_by_the_exposure_of_its_header(assemble):
    data = hdr(scene() * 4, more="EXPOSURE=2\nEXPOSURE=2\n")
    assert sides(assemble, data, exposure=-2) == (LEFT, RIGHT)


def test_hdr_of_xyz_is_converted(assemble):
    white = np.full((4, 8, 3), (0.95047, 1.0, 1.08883), np.float32)  # D65, CSS Color Module Level 4
    codes, _ = assemble(read(hdr(white, form="32-bit_rle_xyze")))
    assert codes.min() >= 252  # 8 bits of a mantissa


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (hdr(scene(), form="64-bit"), "format '64-bit', which is not supported"),
        (hdr(scene(), size="-Y 10"), "broken: its size is '-Y 10'"),
        (hdr(scene(), size="-Y 10 +X 25"), "broken: row 0 has another width"),
    ],
)
def test_hdr_names_what_is_wrong(data, words):
    with pytest.raises(FormatError, match=words):
        read(data)
    with pytest.raises(EmptyError):
        read(hdr(scene(), size="-Y 0 +X 24"))


# OpenEXR


def attribute(name, form, value):
    return name + b"\0" + form + b"\0" + struct.pack("<l", len(value)) + value


def test_exr_with_other_primaries_is_converted(assemble):
    p3 = struct.pack("<8f", 0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329)
    data = exr(scene(), more=attribute(b"chromaticities", b"chromaticities", p3))
    left, right = sides(assemble, data)
    # coloraide 8: color(display-p3-linear 0.5 0.25 0.125) in sRGB
    assert np.abs(np.subtract(left, (196.7, 134.3, 92.3))).max() < 0.6
    assert right == RIGHT


def test_exr_has_its_alpha_multiplied_into_the_light(assemble):
    light = np.concatenate([scene() / 2, np.full((10, 24, 1), 0.5, np.float32)], axis=2)
    codes, alpha = assemble(read(exr(light, names="RGBA")))
    assert tuple(codes[0, 0]) == LEFT
    assert alpha.min() == alpha.max() == 128


def test_exr_of_gray_is_read(assemble):
    assert sides(assemble, exr(scene()[..., :1], names="Y")) == ((188,) * 3, RIGHT)


def test_exr_without_color_says_what_it_has():
    with pytest.raises(FormatError, match="no channels R, G, B or Y; its channels are Z"):
        read(exr(scene()[..., :1], names="Z"))


def test_exr_that_needs_the_library_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "OpenEXR", None)
    data = bytearray(exr(scene()))
    data[data.index(b"compression\0compression\0") + 28] = 4  # PIZ
    with pytest.raises(FormatError, match=r'needs OpenEXR, which is not installed: pip install "pochade\[formats\]"'):
        read(bytes(data))


@pytest.mark.skipif(find_spec("OpenEXR") is None, reason="OpenEXR is not installed")
@pytest.mark.parametrize("compression", ["NO", "RLE", "ZIPS", "ZIP", "PIZ", "DWAA"])
def test_exr_of_the_library_is_read(assemble, tmp_path, compression):
    import OpenEXR

    header = {"compression": getattr(OpenEXR, f"{compression}_COMPRESSION"), "type": OpenEXR.scanlineimage}
    with OpenEXR.File(header, {"RGB": scene(40, 50)}) as file:
        file.write(str(tmp_path / "a.exr"))
    left, right = sides(assemble, tmp_path / "a.exr")
    assert np.abs(np.subtract(left, LEFT)).max() <= 1
    assert right == RIGHT
    with pytest.raises(FormatError, match="end"):
        read((tmp_path / "a.exr").read_bytes()[:-60])


@pytest.mark.skipif(find_spec("OpenEXR") is None, reason="OpenEXR is not installed")
def test_exr_in_tiles_and_parts_is_read(assemble, tmp_path):
    import OpenEXR

    gray = np.ascontiguousarray(scene()[..., 0])
    with OpenEXR.File({"type": OpenEXR.tiledimage, "tiles": OpenEXR.TileDescription()}, {"RGB": scene()}) as file:
        file.write(str(tmp_path / "a.exr"))
    assert sides(assemble, tmp_path / "a.exr") == (LEFT, RIGHT)
    first = OpenEXR.Part({"type": OpenEXR.scanlineimage}, {"RGB": scene()}, "first")
    second = OpenEXR.Part({"type": OpenEXR.scanlineimage}, {"Y": gray}, "second")
    with OpenEXR.File([first, second]) as file:
        file.write(str(tmp_path / "b.exr"))
    assert sides(assemble, tmp_path / "b.exr") == (LEFT, RIGHT)
    assert sides(assemble, tmp_path / "b.exr", frame=1) == ((188,) * 3, RIGHT)


# Floating-point TIFF

RED = (200, 60, 40)


def flat(dtype="f4", scale=1.0):
    return (np.tile(np.array(RED) / 255, (16, 24, 1)) * scale).astype(dtype)


@pytest.mark.parametrize(
    ("values", "options"),
    [
        (flat("f2"), {}),
        (flat(), {}),
        (flat("f8"), {}),
        (flat(">f4"), {"byteorder": ">"}),
        (flat(), {"bigtiff": True}),
        (flat(), {"compression": "zlib"}),
        (flat(), {"tile": (16, 16)}),
        (np.moveaxis(flat(), -1, 0), {"planarconfig": "separate"}),
        (flat(scale=255), {}),
        (np.rint(flat(scale=65535)), {}),
        (np.dstack([flat(), np.full((16, 24), 0.5, "f4")]), {"extrasamples": ["unassalpha"]}),
        (np.dstack([flat() / 2, np.full((16, 24), 0.5, "f4")]), {"extrasamples": ["assocalpha"]}),
    ],
)
def test_tiff_of_numbers_to_1_or_whole_numbers_stores_codes(assemble, values, options):
    codes, alpha = assemble(read(tiff(values, **options)))
    assert (codes == RED).all()
    assert set(np.unique(alpha)) == ({128} if "extrasamples" in options else {255})


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_tiff_of_gray_takes_the_smallest_range(assemble, dtype):
    for scale in (1, 255):
        data = tiff(np.full((8, 8), 0.5 * scale, dtype), photometric="minisblack")
        assert assemble(read(data))[0].max() in (127, 128)
    assert assemble(read(data, exposure=-7))[0].max() == 255  # light, if an exposure is given


@pytest.mark.parametrize("compression", ["lzw", "deflate"])
def test_tiff_compressed_with_the_predictor_of_floats_is_read(assemble, compression):
    vips = pytest.importorskip("pyvips")
    pytest.importorskip("tifffile")
    data = vips.Image.new_from_array(flat()).tiffsave_buffer(compression=compression, predictor="float")
    assert (assemble(read(data))[0] == RED).all()


def test_a_profile_that_floating_point_tiff_cannot_use_is_named_in_a_note():
    assert read(tiff(np.full((4, 4, 3), 0.5, np.float32))).notes == ()
    (note,) = read(tiff(np.full((4, 4, 3), 0.5, np.float32), iccprofile=b"no profile" * 20)).notes
    assert note == "the color tag ICC profile is ignored: it is broken; its colors are read as sRGB."


def test_tiff_with_a_linear_profile_stores_light(assemble):
    cms = pytest.importorskip("PIL.ImageCms")
    profile = bytearray(cms.ImageCmsProfile(cms.createProfile("sRGB")).tobytes())
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        entry = profile.index(name, 128)
        start = struct.unpack_from(">L", profile, entry + 4)[0]
        profile[start : start + 16] = struct.pack(">4sLHHL", b"para", 0, 0, 0, 65536)  # an exponent of 1
    assert np.abs(linear_matrix(bytes(profile)) - np.eye(3)).max() < 0.002
    data = tiff(scene() / 4, iccprofile=bytes(profile))
    left, right = sides(assemble, data)
    assert np.abs(np.subtract(left, LEFT)).max() <= 1
    assert right == RIGHT


def test_tiff_with_several_pages_counts_the_chosen_one(assemble):
    data = tiff(np.stack([flat(), scene(16)]))
    assert sides(assemble, data) == (RED, RED)
    assert sides(assemble, data, frame=1) == (LEFT, RIGHT)
    with pytest.raises(OptionError, match="2 pages"):
        read(data, frame=2)


def test_tiff_names_what_is_missing_or_not_supported(monkeypatch):
    data, gray = tiff(flat()), tiff(np.zeros((4, 4), "f4"), photometric="minisblack")
    odd = tiff(np.zeros((4, 4, 7), "f2"), photometric="minisblack", planarconfig="contig")
    with pytest.raises(FormatError, match=r"7 channels.*not supported"):
        read(odd)
    monkeypatch.setitem(sys.modules, "tifffile", None)
    with pytest.raises(FormatError, match=r'needs tifffile, which is not installed: pip install "pochade\[formats\]"'):
        read(data)
    assert read(gray).width == 4  # by Pillow


def test_tiff_of_whole_numbers_is_not_taken_for_floats():
    assert not is_float_tiff(from_bytes(tiff(np.zeros((4, 4, 3), np.uint8))))
    assert not is_float_tiff(from_bytes(tiff(np.zeros((4, 4, 3), np.uint16))))
    for length in (4, 8, 9, 30):
        assert not is_float_tiff(from_bytes(tiff(flat())[:length]))


def test_a_tiff_that_no_library_knows_is_not_called_broken():
    with pytest.raises(FormatError, match="does not support: unknown pixel mode"):
        read(tiff(np.zeros((4, 4, 3), np.uint32)))
