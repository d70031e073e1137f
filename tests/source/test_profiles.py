"""ICC profiles: their comparison with sRGB, and the conversion to it."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from pochade.source import profile as profiles
from pochade.source import read
from pochade.source.matrix_profile import is_srgb_matrix


def fixed(*values):
    return b"".join(struct.pack(">l", round(value * 65536)) for value in values)


def icc(space, tags):
    """The bytes of a version 2 profile with these tags (ICC.1:2001-04, clause 6)."""
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += struct.pack(">4sLL", name, start + len(body), len(content))
        body += content
    white = fixed(0.9642, 1.0, 0.8249)
    header = struct.pack(">L4sL4s4s4s12x4s28x", 0, b"lcms", 0x02400000, b"mntr", space, b"XYZ ", b"acsp")
    header = struct.pack(">L", start + len(body)) + header[4:68] + white + bytes(48)
    return header[:128] + struct.pack(">L", len(tags)) + table + body


def gamma(value):
    return b"curv\0\0\0\0" + struct.pack(">LH", 1, round(value * 256))


def rgb_profile(red, green, blue, curve):
    named = {b"rXYZ": red, b"gXYZ": green, b"bXYZ": blue}
    tags = {name: b"XYZ \0\0\0\0" + fixed(*value) for name, value in named.items()}
    tags[b"wtpt"] = b"XYZ \0\0\0\0" + fixed(0.9642, 1.0, 0.8249)
    return icc(b"RGB ", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# Primaries adapted to D50: Adobe RGB (1998) by its specification, Display P3 by Apple's profile.
ADOBE = rgb_profile(
    (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), gamma(2.19921875)
)
SRGB_CURVE = b"para\0\0\0\0\0\3\0\0" + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
P3 = rgb_profile((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407), SRGB_CURVE)
GRAY = icc(b"GRAY", {b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1.0, 0.8249), b"kTRC": gamma(1.0)})


def test_littlecms_own_srgb_is_srgb():
    assert profiles.is_srgb(SRGB)
    assert is_srgb_matrix(SRGB)  # from its numbers, without LittleCMS


def test_wider_spaces_are_not_srgb():
    assert not profiles.is_srgb(ADOBE)
    assert not profiles.is_srgb(P3)


def test_srgb_primaries_with_another_curve_are_not_srgb():
    primaries = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    assert profiles.is_srgb(rgb_profile(*primaries, SRGB_CURVE))
    assert not profiles.is_srgb(rgb_profile(*primaries, gamma(1.8)))


@pytest.mark.parametrize("broken", [b"", b"not a profile", SRGB[:200], SRGB[:128] + b"\xff" * 400])
def test_a_broken_profile_counts_as_srgb_and_changes_nothing(broken):
    codes = np.array([[200, 30, 40]], np.uint8)
    assert profiles.is_srgb(broken)
    assert np.array_equal(profiles.to_srgb(codes, broken), codes)


def test_adobe_rgb_is_converted_as_its_specification_states():
    codes = np.array([[255, 255, 255], [0, 0, 0], [128, 128, 128], [219, 0, 0]], np.uint8)
    white, black, gray, red = profiles.to_srgb(codes, ADOBE).astype(int)
    assert np.abs(white - 255).max() <= 1
    assert black.max() == 0
    linear = (128 / 255) ** 2.19921875  # the exponent of the specification
    expected = (1.055 * linear ** (1 / 2.4) - 0.055) * 255
    assert np.abs(gray - expected).max() <= 1
    # Red: Adobe's and sRGB's red primaries share a chromaticity (0.64, 0.33); linear 1.398 times as strong.
    assert abs(red[0] - 255) <= 2
    assert red[1:].max() <= 2


def test_display_p3_is_converted_as_in_css():
    mild = profiles.to_srgb(np.array([[200, 100, 100]], np.uint8), P3)[0].astype(int)
    # ColorAide 8: color(display-p3 0.7843 0.3922 0.3922) is #d75d61.
    assert np.abs(mild - (0xD7, 0x5D, 0x61)).max() <= 1


def test_the_pixels_of_an_rgb_picture_keep_its_profile_and_codes(assemble, saved):
    image = Image.new("RGB", (9, 9), (200, 100, 100))
    for name in ("a.jpg", "a.png", "a.tiff", "a.webp"):
        options = {"lossless": True} if name == "a.webp" else {"quality": 100} if name == "a.jpg" else {}
        pixels = read(saved(image, name, icc_profile=P3, **options))
        assert pixels.profile == P3, name
        assert np.abs(assemble(pixels)[0][0, 0].astype(int) - (200, 100, 100)).max() <= 1


def test_an_srgb_profile_is_dropped(saved):
    image = Image.new("RGB", (9, 9), (200, 100, 100))
    assert read(saved(image, "a.jpg", icc_profile=SRGB)).profile is None
    assert read(saved(image, "a.png", icc_profile=SRGB)).profile is None


def test_a_gray_picture_keeps_an_rgb_profile(saved):
    assert read(saved(Image.new("L", (9, 9), 99), "a.jpg", icc_profile=ADOBE)).profile == ADOBE


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tiff"])
def test_a_gray_profile_is_applied(assemble, saved, name):
    # The curve is linear light: level 55 of 255 is 0.2157, in sRGB 0.5018, code 128.
    pixels = read(saved(Image.new("L", (9, 9), 55), name, icc_profile=GRAY))
    assert pixels.profile is None
    assert np.abs(assemble(pixels)[0].astype(int) - 128).max() <= 1


def test_a_gray_profile_is_applied_to_gray_with_alpha_and_to_16_bits(assemble):
    light = Image.new("LA", (4, 4), (55, 9))
    light.info["icc_profile"] = GRAY
    codes, alpha = assemble(read(light))
    assert abs(int(codes[0, 0, 0]) - 128) <= 1
    assert (alpha == 9).all()
    deep = Image.new("I;16", (4, 4), 55 * 257)
    deep.info["icc_profile"] = GRAY
    assert abs(int(assemble(read(deep))[0][0, 0, 0]) - 128) <= 1


def test_a_profile_for_another_mode_than_the_picture_is_ignored(assemble, saved):
    path = saved(Image.new("RGB", (9, 9), (200, 100, 100)), "a.png", icc_profile=GRAY)
    assert read(path).profile is None
    cmyk = Image.new("CMYK", (9, 9), (0, 255, 255, 0))
    cmyk.info["icc_profile"] = P3
    assert tuple(assemble(read(cmyk))[0][0, 0]) == (255, 0, 0)


def cmyk_profile():
    """A press with only black ink visible: 16 corners to CIELAB of L* = 100 (1 - k), as an `mft1` table."""
    grid = b"".join(
        bytes((0 if corner & 1 else 255, 128, 128))
        for corner in range(16)  # the last channel, K, varies fastest
    )
    curve = bytes(range(256))
    matrix = fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + curve * 4 + grid + curve * 3
    profile = bytearray(icc(b"CMYK", {b"A2B0": table, b"A2B1": table}))
    profile[12:16], profile[20:24] = b"prtr", b"Lab "
    return bytes(profile)


@pytest.mark.parametrize("name", ["a.jpg", "a.tiff"])
def test_a_cmyk_profile_is_applied(assemble, saved, name):
    # Full cyan is white on this press; the plain formula gives (0, 255, 255).
    image = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    options = {"quality": 100} if name == "a.jpg" else {}
    codes, _ = assemble(read(saved(image, name, icc_profile=cmyk_profile(), **options)))
    assert codes.min() >= 252


def test_a_profile_is_tested_once_for_many_reads(saved):
    profiles._is_srgb.cache_clear()
    path = saved(Image.new("RGB", (9, 9)), "a.jpg", icc_profile=P3)
    for _ in range(3):
        read(io.BytesIO(path.read_bytes()))
    assert profiles._is_srgb.cache_info().misses == 1
