"""EXIF orientation: pixels and positions are those of the turned picture."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from pochade.source import read
from pochade.source.turn import exif_turn

TURNS = range(1, 9)


def turned(image, turn, kind, **options):
    exif = Image.Exif()
    exif[0x0112] = turn
    file = io.BytesIO()
    image.save(file, kind, exif=exif, **options)
    return file.getvalue()


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_each_orientation_equals_pillows(assemble, photo, turn, kind):
    data = turned(photo, turn, kind, **({"lossless": True} if kind == "WEBP" else {}))
    shown = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    pixels = read(data)
    assert (pixels.height, pixels.width) == shown.shape[:2] == ((44, 60) if turn < 5 else (60, 44))
    assert np.array_equal(assemble(pixels)[0], shown)


@pytest.mark.parametrize("turn", TURNS)
def test_the_strips_of_a_turned_picture_have_turned_positions(assemble, turn):
    image = Image.fromarray(np.random.default_rng(turn).integers(0, 256, (400, 401, 4), np.uint8))
    data = turned(image, turn, "PNG", compress_level=1)
    pixels = read(data)
    assert len(list(pixels.strips())) > 1
    codes, alpha = assemble(pixels)
    shown = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    assert np.array_equal(codes, shown[..., :3])
    assert np.array_equal(alpha, shown[..., 3])


@pytest.mark.parametrize("turn", TURNS)
def test_a_region_refers_to_the_turned_picture(photo, turn):
    data = turned(photo, turn, "PNG")
    shown = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    (strip,) = read(data, region=(3, 5, 20, 11)).strips()
    assert (strip.left, strip.top) == (3, 5)
    assert np.array_equal(strip.codes, shown[5:11, 3:20])


def test_turning_copies_no_pixel(photo):
    pixels = read(turned(photo, 6, "JPEG"))
    (first,), (second,) = pixels.strips(), pixels.strips()
    assert np.shares_memory(first.codes, second.codes)
    assert not first.codes.flags.c_contiguous


def test_a_pil_image_with_an_exif_orientation_is_turned(assemble, photo):
    image = Image.open(io.BytesIO(turned(photo, 6, "PNG")))
    assert np.array_equal(assemble(read(image))[0], np.rot90(np.asarray(photo), -1))


def test_the_orientation_comes_from_xmp_if_exif_has_none(photo):
    file = io.BytesIO()
    photo.save(file, "JPEG", xmp=b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>')
    assert (read(file.getvalue()).width, read(file.getvalue()).height) == (44, 60)


@pytest.mark.parametrize(
    "exif",
    [b"", b"Exif\0\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\0\xff", b"II*\0\x08\0\0\0\x01\0\x12\x01"],
)
def test_a_broken_exif_block_has_no_orientation(exif):
    assert exif_turn(exif) is None


def test_an_invalid_orientation_is_ignored(photo):
    assert read(turned(photo, 9, "JPEG")).width == 60
