"""Each pixel format that a file can have is converted to the right colors."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from pochade.errors import FormatError
from pochade.source import read

RED = (200, 30, 40)


def first(assemble, source, **options):
    """The color and the alpha of the top left pixel."""
    codes, alpha = assemble(read(source, **options))
    return tuple(codes[0, 0].tolist()), int(alpha[0, 0])


def png(width, height, bits, kind, rows, *, chunks=b""):
    """The bytes of a PNG, written here because Pillow cannot write 16-bit color."""

    def chunk(name, body):
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    header = struct.pack(">LLBBBBB", width, height, bits, kind, 0, 0, 0)
    data = b"".join(b"\0" + row for row in rows)
    parts = chunk(b"IHDR", header) + chunks + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def tiff(order, width, height, channels, data, *, compression=1, bits=16, alpha=False):
    """The bytes of a TIFF of one strip, for the same reason. (TIFF 6.0; compression 8 is Deflate.)"""
    photometric = 2 if channels > 2 else 1
    entries = [(256, 3, 1, width), (257, 3, 1, height), (259, 3, 1, compression), (262, 3, 1, photometric)]
    entries += [(277, 3, 1, channels), (278, 3, 1, height), (279, 4, 1, len(data))]
    count = len(entries) + 2 + alpha
    after = 8 + 2 + 12 * count + 4
    entries += [(273, 4, 1, after + 8), (258, 3, channels, after if channels > 2 else bits)]
    entries += [(338, 3, 1, 2)] if alpha else []
    out = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "LH", 8, count)
    for tag, kind, number, value in sorted(entries):
        pad = order + ("HHLHxx" if kind == 3 and number == 1 else "HHLL")
        out += struct.pack(pad, tag, kind, number, value)
    return out + struct.pack(order + "L", 0) + struct.pack(order + "4H", *[bits] * 4) + data


@pytest.mark.parametrize("suffix", ["png", "webp", "tiff", "bmp", "jp2", "ppm", "gif", "avif"])
def test_each_format_of_the_base_install_keeps_a_flat_color(assemble, saved, suffix):
    options = {"webp": {"lossless": True}, "avif": {"quality": 100, "subsampling": "4:4:4"}}.get(suffix, {})
    path = saved(Image.new("RGB", (20, 12), RED), f"a.{suffix}", **options)
    color, alpha = first(assemble, path)
    assert np.abs(np.subtract(color, RED)).max() <= (1 if suffix == "avif" else 0)
    assert alpha == 255


def test_the_format_is_recognized_by_content_and_not_by_name(assemble, tmp_path):
    path = tmp_path / "a.jpg"
    Image.new("RGB", (4, 4), RED).save(path, "PNG")
    assert first(assemble, path) == (RED, 255)


@pytest.mark.parametrize(
    ("mode", "color", "expected", "alpha"),
    [
        ("1", 1, (255, 255, 255), 255),
        ("L", 77, (77, 77, 77), 255),
        ("LA", (77, 128), (77, 77, 77), 128),
        ("RGB", RED, RED, 255),
        ("RGBA", (*RED, 3), RED, 3),
        ("RGBX", (*RED, 9), RED, 255),
        ("CMYK", (0, 255, 255, 0), (255, 0, 0), 255),
        ("CMYK", (0, 0, 0, 255), (0, 0, 0), 255),
        ("I;16", 257 * 77, (77, 77, 77), 255),
        ("I", 65535, (255, 255, 255), 255),
        ("F", 0.5, (128, 128, 128), 255),  # 0.5 x 255 = 127.5, rounded up
        ("HSV", (0, 255, 255), (255, 0, 0), 255),
    ],
)
def test_each_mode_of_a_pil_image_has_the_right_color(assemble, mode, color, expected, alpha):
    assert first(assemble, Image.new(mode, (5, 3), color)) == (expected, alpha)


def test_ycbcr_has_the_right_color(assemble):
    # ITU-T T.871: R = Y + 1.402 (Cr - 128).
    image = Image.new("YCbCr", (5, 3), (100, 128, 178))
    assert first(assemble, image)[0][0] == 170


def test_cielab_has_the_right_color(assemble):
    # (200, 30, 40) is L* 44.10, a* 63.91, b* 41.73 under D50 (ColorAide 8); stored are L* x 2.55, a* + 128.
    image = Image.new("LAB", (5, 3), (112, 128 + 64, 128 + 42))
    assert np.abs(np.subtract(first(assemble, image)[0], RED)).max() <= 2


def test_premultiplied_color_is_divided_by_its_alpha(assemble):
    color, alpha = first(assemble, Image.new("RGBa", (5, 3), (100, 15, 20, 128)))
    assert alpha == 128
    assert np.abs(np.subtract(color, (199, 30, 40))).max() <= 1  # 100 x 255 / 128 = 199.2


def test_a_palette_with_transparent_entries_has_alpha(assemble, saved):
    image = Image.new("P", (4, 2))
    image.putpalette([*RED, 0, 0, 255])
    image.putpixel((1, 0), 1)
    codes, alpha = assemble(read(saved(image, "a.png", transparency=bytes([255, 64]))))
    assert tuple(codes[0, 0]) == RED
    assert tuple(codes[0, 1]) == (0, 0, 255)
    assert alpha[0].tolist() == [255, 64, 255, 255]


def test_the_transparent_color_of_an_rgb_png_does_not_count(assemble, saved):
    image = Image.new("RGB", (4, 2), RED)
    image.putpixel((1, 0), (0, 255, 0))
    _, alpha = assemble(read(saved(image, "a.png", transparency=(0, 255, 0))))
    assert alpha[0].tolist() == [255, 0, 255, 255]


LEVELS = (0x01FF, 0x80FF, 0xFFFF)
ROUNDED = (2, 128, 255)  # v * 255 / 65535 = 1.99, 128.5 - 0.008, 255; the high bytes would be 1, 128, 255


def test_16_bit_rgb_png_is_rounded(assemble):
    row = struct.pack(">3H", *LEVELS) * 4
    assert first(assemble, png(4, 2, 16, 2, [row] * 2)) == (ROUNDED, 255)


def test_16_bit_rgba_png_is_rounded(assemble):
    row = struct.pack(">4H", *LEVELS, 0x01FF) * 4
    assert first(assemble, png(4, 2, 16, 6, [row] * 2)) == (ROUNDED, 2)


def test_16_bit_gray_and_alpha_png_is_rounded(assemble):
    row = struct.pack(">2H", 0x01FF, 0x80FF) * 4
    assert first(assemble, png(4, 2, 16, 4, [row] * 2)) == ((2, 2, 2), 128)


def test_16_bit_gray_png_is_rounded(assemble):
    row = struct.pack(">H", 0x01FF) * 4
    assert first(assemble, png(4, 2, 16, 0, [row] * 2)) == ((2, 2, 2), 255)


def test_the_transparent_color_of_a_16_bit_png_is_compared_in_16_bits(assemble):
    key = struct.pack(">3H", *LEVELS)
    near = struct.pack(">3H", LEVELS[0], LEVELS[1], LEVELS[2] - 1)  # the same in 8 bits
    chunk = struct.pack(">L", 6) + b"tRNS" + key + struct.pack(">L", zlib.crc32(b"tRNS" + key))
    _, alpha = assemble(read(png(2, 1, 16, 2, [key + near], chunks=chunk)))
    assert alpha[0].tolist() == [0, 255]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("compression", [1, 8])
def test_16_bit_rgb_tiff_is_rounded(assemble, order, compression):
    data = struct.pack(order + "3H", *LEVELS) * 8
    data = zlib.compress(data) if compression == 8 else data
    assert first(assemble, tiff(order, 4, 2, 3, data, compression=compression)) == (ROUNDED, 255)


def test_16_bit_rgba_tiff_has_alpha(assemble):
    data = struct.pack("<4H", *LEVELS, 0x8080) * 8
    assert first(assemble, tiff("<", 4, 2, 4, data, alpha=True)) == (ROUNDED, 128)


def test_12_bit_gray_tiff_reaches_white(assemble):
    # Two pixels in three bytes, high bits first: 0xFFF and 0x800 are 255 and 2048 x 255 / 4095 = 127.5.
    source = tiff("<", 2, 2, 1, b"\xff\xf8\x00" * 2, bits=12)
    codes, _ = assemble(read(source))
    assert codes[0, :, 0].tolist() == [255, 128]


def test_float_images_may_use_0_to_1_or_0_to_255(assemble):
    image = Image.new("F", (2, 1), 0.0)
    image.putpixel((1, 0), 1.0)
    assert assemble(read(image))[0][0, :, 0].tolist() == [0, 255]
    image.putpixel((1, 0), 200.0)
    assert assemble(read(image))[0][0, :, 0].tolist() == [0, 200]


@pytest.mark.parametrize("level", [-1.0, float("nan"), 1e9])
def test_float_levels_outside_all_known_ranges_are_refused(level):
    image = Image.new("F", (2, 1), 0.0)
    image.putpixel((1, 0), level)
    with pytest.raises(FormatError, match="levels go from"):
        read(image)


def test_the_strips_of_a_large_picture_cover_it(assemble):
    codes = np.random.default_rng(0).integers(0, 256, (1101, 403, 3), np.uint8)
    pixels = read(Image.fromarray(codes))
    assert len(list(pixels.strips())) > 3
    assert np.array_equal(assemble(pixels)[0], codes)
    assert np.array_equal(assemble(pixels)[0], codes)  # a second pass is equal


def test_a_picture_may_have_one_pixel(assemble):
    file = io.BytesIO()
    Image.new("RGB", (1, 1), RED).save(file, "PNG")
    assert first(assemble, file.getvalue()) == (RED, 255)
