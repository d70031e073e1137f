"""Encodings by numbers, against LittleCMS with profiles of the same primaries, and against colour-science for HDR."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from pochade.color.gamut import into_gamut
from pochade.color.srgb import to_codes
from pochade.source.curves import CURVES, reduced_pq_signal
from pochade.source.encoding import Encoding, Primaries, primaries_problem
from pochade.source.matrix_profile import hdr_code_points
from pochade.source.profile import Profile, is_srgb, rgb_profile, to_srgb
from pochade.source.tags.code_points import CURVES as CODED_CURVES
from pochade.source.tags.code_points import PRIMARIES
from pochade.source.tags.exif import ADOBE_RGB

with np.printoptions():  # colour changes them for the whole process
    import colour

RNG = np.random.default_rng(0)
CODES = np.concatenate([RNG.integers(0, 256, (4000, 3)), np.repeat(np.arange(256)[:, None], 3, 1)]).astype(np.uint8)


def fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">l", round(value * 65536)) for value in values)


def parametric(kind: int, *numbers: float) -> bytes:
    """ICC.1:2022, 10.18."""
    return b"para\0\0\0\0" + struct.pack(">Hxx", kind) + fixed(*numbers)


def littlecms_profile(primaries: Primaries, curve: bytes) -> bytes:
    """A profile of a matrix, adapted to D50 by colour-science, and of a parametric curve."""
    rgb = np.array([primaries.red, primaries.green, primaries.blue])
    matrix = colour.normalised_primary_matrix(rgb, primaries.white)
    white = colour.xy_to_XYZ(primaries.white)
    adapt = colour.adaptation.matrix_chromatic_adaptation_VonKries(white, [0.9642, 1.0, 0.8249], "Bradford")
    columns = (adapt @ matrix).T
    tags = {b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1.0, 0.8249)}
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True):
        tags[name] = b"XYZ \0\0\0\0" + fixed(*column)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve + bytes(-len(curve) % 4))
    table, body = b"", b""
    for name, content in tags.items():
        table += struct.pack(">4sLL", name, 132 + 12 * len(tags) + len(body), len(content))
        body += content
    size = 132 + len(table) + len(body)
    head = struct.pack(">L4xL4s4s4s12x4s28x", size, 0x04000000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return head + fixed(0.9642, 1.0, 0.8249) + bytes(48) + struct.pack(">L", len(tags)) + table + body


def by_littlecms(codes: np.ndarray, profile: bytes) -> np.ndarray:
    picture = Image.frombytes("RGB", (len(codes), 1), codes.tobytes())
    source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(source, srgb, "RGB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    return np.asarray(ImageCms.applyTransform(picture, transform))[0].astype(int)


def profile_of(encoding: Encoding) -> Profile:
    profile = rgb_profile(encoding)
    assert profile is not None
    return profile


# BT.709 as ITU-R BT.709-6, item 1.2, inverted, states it: a, b of the power and the slope of the straight part.
_A = 1.099296826809442
PARAMETRIC = {
    "sRGB": parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
    "linear": parametric(0, 1.0),
    "BT.709": parametric(3, 1 / 0.45, 1 / _A, (_A - 1) / _A, 1 / 4.5, 4.5 * 0.018053968510807),
    "gamma 2.2": parametric(0, 2.2),
    "gamma 2.8": parametric(0, 2.8),
}


@pytest.mark.parametrize("curve", PARAMETRIC)
@pytest.mark.parametrize("primaries", [code for code in PRIMARIES if code not in (2, 10)])
def test_code_points_convert_like_littlecms(primaries, curve):
    encoding = Encoding(PRIMARIES[primaries], curve)
    if encoding == Encoding():
        assert rgb_profile(encoding) is None
        return
    expected = by_littlecms(CODES, littlecms_profile(encoding.primaries, PARAMETRIC[curve]))
    got = CODES if (profile := rgb_profile(encoding)) is None else to_srgb(CODES, profile)
    assert np.abs(got.astype(int) - expected).max() <= 1


def test_adobe_rgb_converts_like_littlecms():
    # Adobe RGB (1998), 4.3.4.2: the exponent is 2.19921875.
    expected = by_littlecms(CODES, littlecms_profile(ADOBE_RGB.primaries, parametric(0, 2.19921875)))
    assert np.abs(to_srgb(CODES, profile_of(ADOBE_RGB)).astype(int) - expected).max() <= 1


def test_another_white_is_adapted_like_littlecms():
    romm = Primaries((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), (0.3457, 0.3585))
    expected = by_littlecms(CODES, littlecms_profile(romm, parametric(0, 1.8)))
    assert np.abs(to_srgb(CODES, profile_of(Encoding(romm, (1.8, 1.8, 1.8)))).astype(int) - expected).max() <= 1


@pytest.mark.parametrize("encoding", [Encoding(PRIMARIES[code], "sRGB") for code in (4, 9, 11, 12)])
def test_gray_stays_gray_whatever_the_white(encoding):
    gray = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, 1)
    assert np.abs(to_srgb(gray, profile_of(encoding)).astype(int) - gray).max() <= 1


@pytest.mark.parametrize(
    ("curve", "published"),
    [
        ("BT.709", colour.models.oetf_inverse_BT709),
        ("SMPTE 240M", colour.models.eotf_SMPTE240M),
        ("PQ", lambda signal: colour.models.eotf_ST2084(signal) / 203),
        ("HLG", colour.models.oetf_inverse_BT2100_HLG),
    ],
)
def test_curves_are_those_of_colour_science(curve, published):
    signal = np.linspace(0, 1, 1001)
    assert np.allclose(CURVES[curve](signal), published(signal), rtol=2e-3, atol=1e-4)


def test_every_coded_curve_rises_from_black():
    for curve in set(CODED_CURVES.values()):
        light = CURVES[curve](np.linspace(0, 1, 256))
        assert (np.diff(light) >= 0).all(), curve
        assert 0 <= light[0] <= 0.01, curve
        assert light[-1] > 0.9, curve


def expected_of_hdr(codes: np.ndarray, curve: str) -> np.ndarray:
    """Linear-light sRGB by colour-science: BT.2100 to cd/m2, and 203 of them are white."""
    decode = {"PQ": colour.models.eotf_BT2100_PQ, "HLG": colour.models.eotf_BT2100_HLG}[curve]
    nits = decode(codes / 255)
    wide, srgb = colour.RGB_COLOURSPACES["ITU-R BT.2020"], colour.RGB_COLOURSPACES["sRGB"]
    return nits / 203 @ colour.matrix_RGB_to_RGB(wide, srgb, None).T


@pytest.mark.parametrize(("curve", "white"), [("PQ", 148), ("HLG", 191)])
def test_hdr_up_to_white_converts_like_colour_science(curve, white):
    codes = RNG.integers(0, white, (20_000, 3)).astype(np.uint8)
    linear = expected_of_hdr(codes, curve)
    inside = ((linear >= 0) & (linear <= 1)).all(-1)
    assert inside.sum() > 1000
    expected = np.rint(colour.cctf_encoding(linear[inside]) * 255)
    got = to_srgb(codes[inside], Encoding(PRIMARIES[9], curve))
    assert np.abs(got.astype(int) - expected).max() <= 1


def test_hdr_outside_srgb_loses_chroma_as_in_the_gamut_module():
    codes = np.array([[0, 140, 0], [120, 0, 0], [0, 0, 130], [140, 0, 120]], np.uint8)
    linear = expected_of_hdr(codes, "PQ")
    assert (linear.min(-1) < -0.02).all()
    expected = to_codes(into_gamut(linear))
    assert np.abs(to_srgb(codes, Encoding(PRIMARIES[9], "PQ")).astype(int) - expected).max() <= 1


def test_a_pure_red_of_srgb_in_8_bits_of_pq_stays_red():
    # Rounding puts it 0.3 % of light outside sRGB.
    wide, srgb = colour.RGB_COLOURSPACES["ITU-R BT.2020"], colour.RGB_COLOURSPACES["sRGB"]
    linear = colour.matrix_RGB_to_RGB(srgb, wide, None) @ [1, 0, 0]
    codes = np.rint(colour.models.eotf_inverse_ST2084(linear * 203) * 255).astype(np.uint8)
    red, green, blue = to_srgb(codes[None], Encoding(PRIMARIES[9], "PQ"))[0]
    assert red >= 252
    assert max(green, blue) <= 16


def test_a_written_profile_is_read_as_srgb_if_it_is():
    assert is_srgb(Encoding().icc())
    assert not is_srgb(Encoding(curve="gamma 2.2").icc())


def test_16_bit_codes_become_8_bits_of_the_srgb_curve():
    encoding, table = Encoding(PRIMARIES[12], "linear").deep()
    assert encoding == Encoding(PRIMARIES[12])
    levels = np.array([0, 1, 100, 32768, 65535])
    assert table[levels].tolist() == np.rint(colour.cctf_encoding(levels / 65535) * 255).tolist()
    _, narrow = Encoding(PRIMARIES[12], "sRGB", full=False).deep()
    assert narrow[[0, 16 * 256, 235 * 256, 65535]].tolist() == [0, 0, 255, 255]


def test_16_bits_of_pq_convert_more_finely_than_8():
    wide, srgb = colour.RGB_COLOURSPACES["ITU-R BT.2020"], colour.RGB_COLOURSPACES["sRGB"]
    expected = RNG.integers(0, 256, (5000, 3))
    linear = colour.cctf_decoding(expected / 255) @ colour.matrix_RGB_to_RGB(srgb, wide, None).T
    signal = colour.models.eotf_inverse_ST2084(linear * 203)
    encoding, table = Encoding(PRIMARIES[9], "PQ").deep()
    deep = encoding.to_srgb(table[np.rint(signal * 65535).astype(np.uint16)]).astype(int)
    shallow = Encoding(PRIMARIES[9], "PQ").to_srgb(np.rint(signal * 255).astype(np.uint8)).astype(int)
    errors = [np.abs(got - expected) for got in (deep, shallow)]
    assert errors[0].mean() < 0.8 * errors[1].mean()
    assert np.percentile(errors[0], 99) < np.percentile(errors[1], 99)


def test_the_curve_for_16_bits_of_pq_has_an_inverse():
    light = np.concatenate([np.linspace(0, 1, 500), np.geomspace(1, 10_000 / 203, 500)])
    assert np.allclose(CURVES["reduced PQ"](reduced_pq_signal(light)), light)


@pytest.mark.parametrize(
    "primaries",
    [
        Primaries((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
        Primaries((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)),
        Primaries((0.64, 0.33), (0.3, 0.6), (0.15, 0.06), (0.64, 0.33)),
        Primaries((0.64, 0.33), (0.3, 0.6), (0.15, 0.06), (0.7, 0.2)),
    ],
)
def test_primaries_that_cannot_mix_their_white_are_a_problem(primaries):
    assert primaries_problem(primaries) is not None


def test_the_known_primaries_are_no_problem():
    assert [code for code, primaries in PRIMARIES.items() if primaries_problem(primaries)] == []


def test_a_profile_states_hdr_by_its_tag_cicp():
    profile = littlecms_profile(PRIMARIES[9], parametric(0, 2.2))
    (count,) = struct.unpack_from(">L", profile, 128)
    end = 132 + 12 * count
    content = b"cicp\0\0\0\0" + bytes((9, 16, 0, 1))
    moved = b"".join(
        struct.pack(">4sLL", name, start + 12, length)
        for name, start, length in struct.iter_unpack(">4sLL", profile[132:end])
    )
    entry = struct.pack(">4sLL", b"cicp", len(profile) + 12, len(content))
    tagged = profile[:128] + struct.pack(">L", count + 1) + moved + entry + profile[end:] + content
    assert hdr_code_points(tagged) == (9, 16)
    assert hdr_code_points(profile) is None
    for length in range(len(tagged)):
        hdr_code_points(tagged[:length])  # a broken profile is no error
