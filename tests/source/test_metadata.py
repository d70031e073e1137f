"""What a file states beside its pixels."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.source.resolution import exif_dpi, jpeg_dpi, psd_dpi


def file_of(image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def exif(**tags):
    """An Exif block."""
    block = Image.Exif()
    for name, value in tags.items():
        block[{"across": 282, "down": 283, "unit": 296, "turn": 274}[name]] = value
    return block.tobytes()


PICTURE = Image.new("RGB", (12, 8), "#c81e28")


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_resolution_is_read_from_the_own_field_of_a_format(format):
    assert pochade.read(file_of(PICTURE, format, dpi=(300, 150))).metadata.dpi == pytest.approx((300, 150), abs=0.02)
    if format in ("PNG", "JPEG"):
        assert pochade.read(file_of(PICTURE, format)).metadata.dpi is None


@pytest.mark.parametrize("format", ["JPEG", "WEBP"])
def test_a_resolution_is_read_from_exif(format):
    content = file_of(PICTURE, format, exif=exif(across=118.0, down=59.0, unit=3))
    assert pochade.read(content).metadata.dpi == pytest.approx((118 * 2.54, 59 * 2.54))


def test_a_turned_picture_has_a_turned_resolution():
    content = file_of(PICTURE, "JPEG", exif=exif(across=300.0, down=150.0, unit=2, turn=6))
    pixels = pochade.read(content)
    assert (pixels.width, pixels.height, pixels.metadata.dpi) == (8, 12, (150, 300))


@pytest.mark.parametrize(
    ("unit", "density", "dpi"), [(1, 300, (300, 300)), (2, 100, (254, 254)), (0, 1, None), (1, 0, None)]
)
def test_jfif_states_a_resolution_by_inch_or_centimeter_or_only_proportions(unit, density, dpi):
    segment = b"JFIF\0\1\1" + struct.pack(">BHHBB", unit, density, density, 0, 0)
    assert jpeg_dpi(segment, None) == dpi


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        exif(across=300.0)[:36],
        exif(unit=2),
        exif(across=0.0, unit=2),
        exif(across=300.0, down=300.0, unit=1),
    ],
)
def test_a_broken_or_empty_block_states_no_resolution(block):
    assert exif_dpi(block) is None


def test_a_png_with_proportions_only_has_no_resolution():
    content = file_of(PICTURE, "PNG", dpi=(300, 300))
    start = content.index(b"pHYs")
    chunk = content[start : start + 12] + b"\0"
    content = content[:start] + chunk + struct.pack(">L", zlib.crc32(chunk)) + content[start + 17 :]
    assert pochade.read(content).metadata.dpi is None


def test_strips_state_the_duration_of_their_frame_as_the_file_does():
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "lime", "blue")]
    content = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[0, 20, 90_000])
    strips = [*pochade.read(content).strips()]
    assert [strip.duration for strip in strips] == [0, 20, 90_000]
    assert [strip.weight for strip in strips] == [100, 20, 60_000]
    assert [strip.duration for strip in pochade.read(np.zeros((2, 2, 3), np.uint8)).strips()] == [None]


def test_the_color_table_has_the_alpha_of_its_entries():
    image = Image.fromarray(np.array([[0, 1, 2]], np.uint8), "P")
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    table = pochade.read(file_of(image, "PNG", transparency=b"\xff\x80")).metadata.table
    assert table.tolist() == [[255, 0, 0, 255], [0, 255, 0, 128], [0, 0, 255, 255]]
    assert pochade.read(file_of(PICTURE, "PNG")).metadata.table is None


def psd(*resources, depth=8):
    """A PSD of one red pixel, with image resources."""
    body = b"".join(
        b"8BIM" + struct.pack(">H", number) + b"\0\0" + struct.pack(">L", len(data)) + data
        for number, data in resources
    )
    head = b"8BPS" + struct.pack(">H6xHLLHH", 1, 3, 1, 1, depth, 3)
    pixels = b"".join(int(level).to_bytes(1, "big") * (depth // 8) for level in (200, 30, 40))
    return head + struct.pack(">L", 0) + struct.pack(">L", len(body)) + body + struct.pack(">LH", 0, 0) + pixels


RESOLUTION = struct.pack(">LHHLHH", 300 << 16, 2, 2, 150 << 16, 2, 2)


@pytest.mark.parametrize("depth", [8, 16])
def test_a_psd_states_its_resolution_by_inch(depth):
    pytest.importorskip("psd_tools")
    assert pochade.read(psd((1005, RESOLUTION), depth=depth)).metadata.dpi == (300, 150)
    assert pochade.read(psd(depth=depth)).metadata.dpi is None
    assert psd_dpi(RESOLUTION[:8]) is None


@pytest.mark.parametrize(("unit", "dpi"), [(2, (300, 150)), (3, (762, 381)), (1, None)])
def test_a_floating_point_tiff_states_a_resolution(unit, dpi):
    tifffile = pytest.importorskip("tifffile")
    file = io.BytesIO()
    values = np.full((4, 4, 3), 0.5, np.float32)
    tifffile.imwrite(file, values, photometric="rgb", resolution=(300, 150), resolutionunit=unit)
    assert pochade.read(file.getvalue()).metadata.dpi == (dpi if dpi is None else pytest.approx(dpi))


def test_every_tag_that_gives_codes_another_meaning_states_colors():
    jpeg = file_of(PICTURE, "JPEG", exif=adobe_rgb())
    assert pochade.read(jpeg).metadata.tagged
    assert not pochade.read(file_of(PICTURE, "JPEG")).metadata.tagged
    heif = pytest.importorskip("pillow_heif").from_pillow(PICTURE)
    file = io.BytesIO()
    heif.save(file, color_primaries=12, transfer_characteristics=13)  # Display P3
    assert pochade.read(file.getvalue()).metadata.tagged
    assert pochade.read(file.getvalue(), isolate=False).metadata.tagged


def adobe_rgb():
    """An Exif block of a picture in Adobe RGB."""
    block = Image.Exif()
    block.get_ifd(0x8769)[0xA001] = 2
    return block.tobytes()
