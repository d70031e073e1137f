"""prominent on artwork, large areas and accents."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

import pochade
from pochade.histograms.flat import flat_colors

PAPER, PINK, BLUE, INK = (255, 255, 255), (250, 200, 215), (190, 220, 245), (17, 17, 17)


def logo(colors=(PAPER, PINK, BLUE, INK), over: int = 4) -> np.ndarray:
    """Two pale disks and a hairline with antialiased edges, uint8 (240, 400, 3)."""
    paper, first, second, ink = colors
    image = Image.new("RGB", (400 * over, 240 * over), paper)
    draw = ImageDraw.Draw(image)
    for x, color in ((120, first), (280, second)):
        draw.ellipse([(x - 70) * over, 50 * over, (x + 70) * over, 190 * over], fill=color)
    draw.line([(20 * over, 215 * over), (380 * over, 222 * over)], fill=ink, width=int(1.5 * over))
    return np.asarray(image.resize((400, 240), Image.Resampling.BOX))


def test_pale_areas_of_a_logo_come_before_the_steps_of_its_edges():
    assert set(pochade.extract(logo(), 3).hex) == {"#ffffff", "#fac8d7", "#bedcf5"}


@pytest.mark.parametrize("k", [1, 2, 3, 4, 6, 9])
def test_colors_of_artwork_are_never_blends(k):
    drawn = np.array([PAPER, PINK, BLUE, INK], int)
    for codes in pochade.extract(logo(), k).srgb.astype(int):
        assert np.abs(drawn - codes).max(1).min() <= 12, codes


def test_auto_gives_the_number_of_flat_colors():
    grays = [(255, 255, 255), (205, 205, 205), (160, 160, 160), (115, 115, 115), (70, 70, 70), (30, 30, 30)]
    picture = np.repeat(np.array(grays, np.uint8)[None].repeat(60, 0), 20, 1)
    assert sorted(pochade.extract(picture, "auto").srgb.tolist()) == sorted(map(list, grays))


@pytest.mark.parametrize("k", [2, 3])
def test_fewer_colors_than_the_artwork_has_are_a_subset_of_them(k):
    colors = [(200, 30, 40), (40, 160, 60), (30, 60, 190), (240, 220, 40)]
    picture = np.zeros((80, 80, 3), np.uint8)
    for i, color in enumerate(colors):
        picture[40 * (i // 2) : 40 * (i // 2) + 40, 40 * (i % 2) : 40 * (i % 2) + 40] = color
    assert {tuple(codes) for codes in pochade.extract(picture, k).srgb.tolist()} < set(colors)


def test_text_without_a_solid_pixel_keeps_the_color_of_its_strokes():
    lines = np.full((120, 200, 3), 250, np.uint8)
    lines[10:110:6, 10:190] = 20, 30, 90
    assert "#141e5a" in pochade.extract(lines, 4).hex


def test_photos_are_no_artwork(photo):
    assert flat_colors(pochade.histogram(pochade.read(photo))) is None


def test_a_gradient_is_no_artwork():
    x = np.linspace(0, 1, 300)
    sky = np.stack([120 + 80 * x, 160 + 60 * x, 210 + 30 * x], 1)[None].repeat(200, 0)
    noise = np.random.default_rng(3).normal(0, 1, sky.shape)
    assert flat_colors(pochade.histogram(pochade.read((sky + noise).round().astype(np.uint8)))) is None


def test_kept_colors_stand_first_in_artwork():
    palette = pochade.extract(logo(), 4, keep="#ff0000")
    assert "#ff0000" in palette.hex
    assert {"#ffffff", "#fac8d7", "#bedcf5"} <= set(palette.hex)


def test_a_histogram_of_tiles_has_the_colors_of_the_artwork():
    picture = logo()
    left, right = (pochade.histogram(pochade.read(np.ascontiguousarray(part))) for part in np.split(picture, 2, 1))
    assert set(pochade.extract(left + right, 3).hex) == {"#ffffff", "#fac8d7", "#bedcf5"}


def spots(colors, share: float, seed: int = 0) -> np.ndarray:
    """A textured gray wall with a round spot of each color, `share` of the picture each, uint8 (180, 240, 3)."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:180, :240]
    picture = 150.0 + 12 * np.sin(x / 17)[..., None] + rng.normal(0, 6, (180, 240, 3))
    radius = np.sqrt(share * x.size / np.pi)
    for i, color in enumerate(colors):
        disk = np.hypot(x - 240 * (i + 0.5) / len(colors), y - 90) < radius
        picture[disk] = color + rng.normal(0, 5, (int(disk.sum()), 3))
    return np.clip(picture, 0, 255).round().astype(np.uint8)


@pytest.mark.parametrize("colors", [((206, 44, 48), (240, 132, 46)), ((225, 200, 40), (110, 170, 60))])
def test_a_cluster_of_two_hues_shows_one_of_them_and_no_mixture(colors):
    palette = pochade.extract(spots(colors, 0.09), 2)
    vivid = palette.srgb[np.hypot(*palette.oklab[:, 1:].T).argmax()].astype(int)
    assert np.abs(np.array(colors) - vivid).max(1).min() < 12, vivid
