"""Alpha is part of the quality of a picture in few colors."""

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.files import Metadata, encode_animation
from pochade.quantization import fitted, table

from .conftest import drawn


def rgba(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))


def over(picture, background):
    """A picture on a gray of that code, float64."""
    share = picture[..., 3:] / 255
    return picture[..., :3] * share + background * (1 - share)


def error(before, after):
    """The root of the mean squared difference over black and over white."""
    return np.sqrt(np.mean([(over(before, gray) - over(after, gray)) ** 2 for gray in (0, 255)]))


def shadow():
    """A picture with a soft shadow under it."""
    y, x = np.mgrid[:120, :120]
    picture = np.zeros((120, 120, 4), np.uint8)
    picture[..., 3] = 150 * np.exp(-((x - 66) ** 2 + (y - 70) ** 2) / 900)
    picture[25:75, 25:75] = np.dstack([drawn(1, 50, 50), np.full((50, 50), 255, np.uint8)])
    return picture


def vignette():
    """A picture that fades out, colors and all."""
    y, x = np.mgrid[:90, :90] - 44.5
    return np.dstack([drawn(2, 90, 90), (255 - 6 * np.hypot(x, y)).clip(0, 255).astype(np.uint8)])


def veil():
    """A picture without an opaque pixel."""
    return np.dstack([drawn(3, 80, 80), np.tile(np.linspace(10, 240, 80).astype(np.uint8), (80, 1))])


def glow():
    """One color at every level of alpha."""
    picture = np.full((16, 16, 4), (255, 180, 40, 0), np.uint8)
    picture[..., 3] = np.arange(256).reshape(16, 16)
    return picture


SOFT = pytest.mark.parametrize("draw", [shadow, vignette, veil])


@SOFT
@pytest.mark.parametrize("k", [2, 16, 64, 256])
def test_a_fade_keeps_its_steps_at_any_number_of_colors(draw, k):
    picture = draw()
    read = rgba(pochade.quantize(picture, k).encode("png"))
    assert len(np.unique(read[..., 3])) >= min(len(np.unique(picture[..., 3])), 32)
    assert np.abs(read[..., 3].astype(int) - picture[..., 3]).max() <= 40
    for end in (0, 255):
        assert (read[picture[..., 3] == end, 3] == end).all()


@SOFT
def test_more_colors_never_give_a_worse_picture(draw):
    picture = draw()
    errors = [error(picture, rgba(pochade.quantize(picture, k).encode("png"))) for k in (2, 8, 16, 64, 256)]
    assert all(after <= before * 1.001 for before, after in pairwise(errors))
    assert errors[-1] < errors[0] / 2


@SOFT
def test_the_report_of_more_colors_is_never_worse(draw):
    reports = table(draw())
    assert [one.k for one in reports] == [2, 4, 8, 16, 32, 64, 128, 256]
    far = [one.difference for one in reports]
    assert all(after <= before * 1.01 for before, after in pairwise(far))


@SOFT
@pytest.mark.parametrize("format", ["png", "webp"])
def test_the_report_measures_the_file_over_black_and_over_white(draw, format):
    picture = draw()
    few = pochade.quantize(picture, 48)
    read = rgba(few.encode(format))
    shown = (picture[..., 3] > 0) | (read[..., 3] > 0)
    pairs = [(over(picture, gray)[shown], over(read, gray)[shown]) for gray in (0, 255)]
    far = np.mean([differences["ciede2000"].of_linear(decode(a), decode(b)).mean() for a, b in pairs])
    report = few.report(format)
    assert report.difference == pytest.approx(far, rel=1e-9)
    squared = np.mean([((a - b) ** 2).mean() for a, b in pairs])
    assert report.psnr == pytest.approx(10 * np.log10(255**2 / squared), rel=1e-9)
    assert report.alpha_levels == len(np.unique(read[..., 3]))
    assert report.colors == len(np.unique(read[read[..., 3] > 0, :3], axis=0)) <= 48


def test_the_error_of_alpha_alone_is_reported():
    picture = np.full((8, 16, 4), (200, 40, 40, 128), np.uint8)
    few = pochade.quantize(picture, palette="#c82828")
    assert few.report("png").psnr == np.inf
    noise = np.random.default_rng(0).integers(1, 255, (64, 64), np.uint8)
    many = np.dstack([np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8), noise])
    few = pochade.quantize(many, 256)
    assert few.report("png").difference > few.report("webp").difference > 0
    assert few.report("png").ssim < 1


def test_a_picture_without_opaque_pixels_gets_as_many_colors_as_asked_for():
    picture = np.dstack([drawn(5, 70, 70), np.full((70, 70), 100, np.uint8)])
    few = pochade.quantize(picture, 200)
    assert few.report("png").colors == len(few)
    assert error(picture, rgba(few.encode("png"))) == error(picture, rgba(few.encode("webp")))


def test_one_color_keeps_every_level_of_alpha_without_error():
    for k in (1, 16, 256):
        few = pochade.quantize(glow(), k)
        read = rgba(few.encode("png"))
        np.testing.assert_array_equal(read[..., 3], glow()[..., 3])
        assert few.report("png").difference == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("dither", ["floyd-steinberg", "blue-noise"])
def test_a_dither_keeps_the_fade_too(dither):
    read = rgba(pochade.quantize(shadow(), 32, dither=dither).encode("png"))
    assert len(np.unique(read[..., 3])) > 30


def test_a_limit_of_the_difference_counts_alpha():
    few = fitted(vignette(), max_difference=2)
    assert few.report("png").difference <= 2 < pochade.quantize(vignette(), few.k - 1).report("png").difference
    assert fitted(vignette(), max_difference=2, format="webp").k <= few.k


def test_a_given_palette_keeps_its_places_under_soft_edges():
    few = pochade.quantize(shadow(), palette="white, red, navy, black")
    image = Image.open(io.BytesIO(few.encode("png")))
    assert image.getpalette()[:12] == [255, 255, 255, 255, 0, 0, 0, 0, 128, 0, 0, 0]
    assert len(np.unique(rgba(few.encode("png"))[..., 3])) > 60


def test_a_full_palette_leaves_entries_for_a_fade():
    colors = [(i, 255 - i, i // 2) for i in range(256)]
    read = rgba(pochade.quantize(shadow(), palette=colors).encode("png"))
    assert len(np.unique(read[..., 3])) > 30
    assert {tuple(one) for one in read[read[..., 3] > 0, :3].tolist()} <= set(colors)


def test_every_frame_of_a_soft_animation_fades():
    frames = [np.roll(shadow(), 9 * i, 1) for i in range(3)]
    content = encode_animation(frames, [40, 80, 120], "a.png", ".png", Metadata(plays=2))
    for format in ("png", "webp"):
        image = Image.open(io.BytesIO(pochade.quantize(content, 32).encode(format)))
        assert (image.n_frames, image.info["loop"]) == (3, 2)
        for i in range(3):
            image.seek(i)
            assert len(np.unique(np.asarray(image.convert("RGBA"))[..., 3])) > 30


def test_half_transparent_colors_weigh_half():
    picture = np.zeros((2, 2, 4), np.uint8)
    picture[0] = (255, 0, 0, 255)
    picture[1] = (0, 0, 255, 85)
    few = pochade.quantize(picture, 2)
    assert [(one.hex, round(one.weight, 2)) for one in few.palette] == [("#ff0000", 0.75), ("#0000ff", 0.25)]
