"""What a file states beside its pixels."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.source.resolution import exif_dpi, jpeg_dpi


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
