"""A picture is refused by what its header says, before memory is taken for it."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import GifImagePlugin, Image, ImageFile, TiffImagePlugin

from pochade.errors import EmptyError, OptionError, SourceError, TooLargeError
from pochade.source import read
from pochade.source.animation import gif_frames

COLORS = ("red", "lime", "blue", "white", "black")


def saved(kind, image=None, **options):
    file = io.BytesIO()
    (image or Image.new("RGB", (40, 30), "red")).save(file, kind, **options)
    return file.getvalue()


def animated(kind, frames=5, **options):
    first, *more = [Image.new("RGB", (10, 6), COLORS[i % 5]) for i in range(frames)]
    return saved(kind, first, save_all=True, append_images=more, **options)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def animated_png(claimed):
    """A PNG of one pixel whose acTL claims so many frames, and which has one."""
    pixel = zlib.compress(bytes(4))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*part)
        for part in [
            (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
            (b"acTL", struct.pack(">II", claimed, 0)),
            (b"fcTL", struct.pack(">IIIIIHHBB", 0, 1, 1, 0, 0, 1, 10, 0, 0)),
            (b"IDAT", pixel),
            (b"IEND", b""),
        ]
    )


def tiny_gif(frames, comment=b""):
    """A GIF of one pixel: a table of two colors, a comment, and frames."""
    frame = b"," + struct.pack("<4HB", 0, 0, 1, 1, 0) + b"\2\2\x44\1\0"
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + comment + frame * frames + b";"


@pytest.mark.parametrize("claimed", [10_001, 1_000_000, 2**31 - 1])
def test_the_frames_that_an_animation_claims_are_limited_before_a_list_of_them_is_made(claimed):
    with pytest.raises(
        TooLargeError, match=rf"bytes: {claimed:,} frames are more than the 10,000 allowed; .*max_frames"
    ):
        read(animated_png(claimed))
    assert read(animated_png(claimed), frame=0).frames == 1


def test_a_claim_of_frames_within_the_limit_is_refused_where_the_file_ends():
    with pytest.raises(SourceError):
        list(read(animated_png(9_999)).strips())


@pytest.mark.parametrize(("kind", "options"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True}), ("AVIF", {})])
def test_the_limit_on_frames_is_an_option_and_a_chosen_frame_is_not_counted(kind, options):
    data = animated(kind, **options)
    assert read(data, max_frames=5).frames == 5
    with pytest.raises(
        TooLargeError, match="5 frames are more than the 4 allowed; choose one frame or raise max_frames"
    ):
        read(data, max_frames=4)
    assert read(data, max_frames=1, frame=3).frames == 1
    with pytest.raises(TooLargeError, match="5 frames"):
        read(Image.open(io.BytesIO(data)), max_frames=4)


def test_a_gif_with_more_frames_than_allowed_is_refused_before_all_are_counted(monkeypatch):
    monkeypatch.setattr(GifImagePlugin, "GifImageFile", None)  # Pillow does not even open it
    with pytest.raises(TooLargeError, match="10,001 frames"):
        read(tiny_gif(50_000))


@pytest.mark.parametrize(
    "data",
    [
        animated("GIF"),
        animated("GIF", comment="long " * 200, loop=3, duration=50),
        saved("GIF"),
        tiny_gif(7),
        tiny_gif(3, b"!\xfe\3a,;\0"),
        tiny_gif(3, b"garbage"),
    ],
)
def test_the_count_of_frames_equals_pillows(data):
    image = Image.open(io.BytesIO(data))
    assert gif_frames(io.BytesIO(data), 100) == image.n_frames
    assert gif_frames(io.BytesIO(data), 1) == min(image.n_frames, 2)


def test_pages_are_not_counted_unless_the_chosen_one_is_missing(monkeypatch):
    data = animated("TIFF")
    known = property(lambda image: image._n_frames or 1 / 0)  # without a search
    monkeypatch.setattr(TiffImagePlugin.TiffImageFile, "n_frames", known)
    assert tuple(next(read(data).strips()).codes[0, 0]) == (255, 0, 0)
    assert tuple(next(read(data, frame=2).strips()).codes[0, 0]) == (0, 0, 255)
    with pytest.raises(OptionError, match="frame=5 does not exist; there are 5 pages"):
        read(data, frame=5)
    with pytest.raises(TooLargeError, match="max_frames"):
        read(data, frame=10**9)


def test_a_frame_that_extends_the_canvas_is_held_to_the_limit():
    large = b"," + struct.pack("<4HB", 0, 0, 4000, 4000, 0) + b"\2\2\x44\1\0"
    data = tiny_gif(1)[:-1] + large + b";"
    with pytest.raises(TooLargeError, match="4000 x 4000"):
        list(read(data, max_pixels=1_000_000).strips())


def jpeg2000(width, height):
    """A small flat picture whose headers claim another size."""
    data = bytearray(saved("JPEG2000", Image.new("L", (16, 16), 90)))
    box, size = data.index(b"ihdr") + 4, data.index(b"\xff\x51") + 6
    data[box : box + 8] = struct.pack(">II", height, width)
    data[size : size + 8] = data[size + 16 : size + 24] = struct.pack(">II", width, height)
    return bytes(data)


@pytest.mark.parametrize("isolate", [True, False])
def test_the_bound_on_pixels_is_set_by_what_the_format_costs(isolate):
    with pytest.raises(TooLargeError, match=r"31000 x 31000 pixels takes about 6,727 MB, more than the 4,295 MB"):
        read(jpeg2000(31_000, 31_000), isolate=isolate)
    with pytest.raises(TooLargeError, match="max_memory"):
        read(jpeg2000(3_100, 3_100), isolate=isolate, max_memory=60_000_000)


def test_an_indexed_picture_is_refused_by_its_header_too(monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("the picture is decoded"))
    data = bytearray(saved("BMP", Image.new("P", (40, 30), 1)))
    data[22:26] = struct.pack("<I", 500_000_000)  # its height
    with pytest.raises(TooLargeError, match="raise max_pixels"):
        read(bytes(data))


def test_a_floating_point_tiff_without_pixels_is_empty():
    tifffile = pytest.importorskip("tifffile")
    file = io.BytesIO()
    tifffile.imwrite(file, np.ones((4, 5, 3), np.float32), photometric="rgb")
    data = bytearray(file.getvalue())
    with tifffile.TiffFile(io.BytesIO(data)) as tiff:
        at = tiff.pages[0].tags["ImageLength"].valueoffset
    data[at : at + 2] = bytes(2)
    with pytest.raises(EmptyError, match="5 x 0 holds no pixel"):
        read(bytes(data))


WIDE = chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 16, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(30 * 241)))
PICTURES = {
    "JPEG": (saved("JPEG"), 4),
    "gray JPEG": (saved("JPEG", Image.new("L", (40, 30))), 4),
    "CMYK JPEG": (saved("JPEG", Image.new("CMYK", (40, 30))), 6),
    "PNG": (saved("PNG"), 6),
    "16-bit PNG": (b"\x89PNG\r\n\x1a\n" + WIDE + chunk(b"IEND", b""), 12),
    "TIFF": (saved("TIFF"), 6),
    "WebP": (saved("WEBP"), 17),
    "AVIF": (saved("AVIF"), 12),
    "JPEG 2000": (saved("JPEG2000"), 21),
    "PFM": (b"PF\n40 30\n-1\n" + bytes(40 * 30 * 12), 25),
    "Radiance HDR": (b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 30 +X 40\n" + bytes([128]) * 40 * 30 * 4, 37),
    "animated GIF": (animated("GIF").replace(struct.pack("<HH", 10, 6), struct.pack("<HH", 40, 30), 1), 17),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_the_memory_for_decoding_is_limited_in_every_format(kind):
    data, pixel_bytes = PICTURES[kind]
    assert read(data, max_memory=1200 * pixel_bytes).width == 40
    with pytest.raises(TooLargeError, match=r"decoding 40 x 30 pixels takes about .* allowed; raise max_memory"):
        read(data, max_memory=1200 * pixel_bytes - 1)


@pytest.mark.parametrize("option", ["max_frames", "max_memory"])
@pytest.mark.parametrize("value", [0, -1, 1.5, True, "9"])
def test_a_limit_must_be_a_positive_integer(option, value):
    with pytest.raises(OptionError, match=rf"{option}=.*positive integer"):
        read(np.zeros((2, 2, 3), np.uint8), **{option: value})


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), True, "9"])
def test_a_timeout_must_be_a_positive_number(value):
    with pytest.raises(OptionError, match="timeout="):
        read(np.zeros((2, 2, 3), np.uint8), timeout=value)
