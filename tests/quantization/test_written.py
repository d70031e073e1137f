"""Files hold the picture in the fewest bits."""

import io

import numpy as np
import pytest
from PIL import Image, ImageSequence

import pochade
from pochade.errors import OptionError
from pochade.quantization import formats


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("format", formats.names)
def test_files_decode_to_the_same_pixels(picture, format):
    few = pochade.quantize(picture, 16, dither="floyd-steinberg")
    np.testing.assert_array_equal(np.asarray(opened(few.encode(format)).convert("RGB")), few.srgb)


@pytest.mark.parametrize(("k", "bits"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 4), (16, 4), (17, 8), (256, 8)])
def test_png_uses_the_fewest_bits(picture, k, bits):
    content = pochade.quantize(picture, k).encode("png")
    assert content[24:26] == bytes([bits, 3])  # IHDR: depth, and the color type for a palette (RFC 2083)


@pytest.mark.parametrize("dither", ["none", "floyd-steinberg", "bayer"])
@pytest.mark.parametrize("k", [2, 16, 256])
def test_png_is_smaller_than_the_same_picture_in_true_color(picture, k, dither):
    few = pochade.quantize(picture, k, dither=dither)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", optimize=True)
    assert len(few.encode("png")) < len(few.encode("rgb"))
    assert len(few.encode("png")) < len(file.getvalue())


def test_a_tiny_picture_is_written_without_a_palette():
    few = pochade.quantize(np.zeros((1, 1, 3), np.uint8))
    assert len(few.encode("png")) <= len(few.encode("rgb"))


def test_every_level_of_alpha_that_fits_is_kept(soft):
    few = pochade.quantize(soft, 2)
    read = np.asarray(opened(few.encode("png")).convert("RGBA"))
    np.testing.assert_array_equal(read[..., 3], soft[..., 3])
    shown = soft[..., 3] > 0
    np.testing.assert_array_equal(read[..., :3][shown], few.srgb[shown])


def test_too_many_alpha_levels_are_reduced_and_reported(soft):
    few = pochade.quantize(soft, 64)
    read = np.asarray(opened(few.encode("png")).convert("RGBA"))[..., 3]
    levels = few.report("png").alpha_levels
    assert 2 <= levels == len(np.unique(read)) < len(np.unique(soft[..., 3]))
    for end in (0, 255):
        assert (read[soft[..., 3] == end] == end).all()
    np.testing.assert_array_equal(np.asarray(opened(few.encode("webp")))[..., 3], soft[..., 3])


@pytest.mark.parametrize("format", ["gif", "rgb"])
def test_formats_without_alpha_refuse_it_unless_a_background_is_set(soft, format):
    with pytest.raises(OptionError, match="give a background"):
        pochade.quantize(soft, 8).encode(format)
    few = pochade.quantize(soft, 8, background="white")
    assert few.alpha is None
    assert opened(few.encode(format)).convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_gif_keeps_fully_transparent_pixels(soft):
    soft[..., 3] = np.where(soft[..., 3] > 128, 255, 0)
    few = pochade.quantize(soft, 8)
    read = np.asarray(opened(few.encode("gif")).convert("RGBA"))
    np.testing.assert_array_equal(read[..., 3], soft[..., 3])


def test_256_colors_and_transparency_are_too_many_entries():
    colors = np.zeros((1, 257, 4), np.uint8)
    colors[0, :256, 0], colors[0, :256, 3] = np.arange(256), 255
    few = pochade.quantize(colors, palette=colors[0, :256, :3].tolist())
    with pytest.raises(OptionError, match="give k=255"):
        few.encode("png")
    assert few.encode("webp")


@pytest.mark.parametrize("format", ["gif", "webp"])
@pytest.mark.parametrize("dither", ["none", "blue-noise"])
def test_an_animation_has_one_palette_and_its_durations(moving, format, dither):
    few = pochade.quantize(moving, 8, dither=dither)
    content = few.encode(format)
    durations = []
    for i, frame in enumerate(ImageSequence.Iterator(opened(content))):
        np.testing.assert_array_equal(np.asarray(frame.convert("RGB")), few.codes[few.frames.indexes[i]])
        durations.append(frame.info["duration"])
    assert durations == [50, 120, 70]


def test_no_frame_of_a_gif_has_a_local_palette(moving):
    few = pochade.quantize(moving, 8)
    assert few.encode("gif").count(few.codes.tobytes()) == 1


def test_the_suffix_decides_the_format(picture, tmp_path):
    few = pochade.quantize(picture, 4)
    for suffix in (".png", ".gif", ".webp"):
        few.save(tmp_path / f"small{suffix}")
        assert opened((tmp_path / f"small{suffix}").read_bytes()).format == suffix[1:].upper()
    with pytest.raises(OptionError, match=r"\.gif, \.png, \.webp"):
        few.save(tmp_path / "small.tiff")


def test_a_fully_transparent_picture_is_refused():
    with pytest.raises(pochade.EmptyError):
        pochade.quantize(np.zeros((4, 4, 4), np.uint8))
