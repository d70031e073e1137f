"""Drawings: tests of their pixels and texts."""

import subprocess
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

import pochade

RED = (206, 17, 38)


@pytest.fixture
def spotted() -> np.ndarray:
    picture = np.full((200, 300, 3), 120, np.uint8)
    picture[40:60, 200:230] = RED
    return picture


def tile(sheet: Image.Image, at: int) -> np.ndarray:
    """A tile of a sheet with three columns, for a picture of 300 x 200 pixels."""
    wide, tall = 506, 337
    left, top = 48 + at % 3 * (wide + 32), 48 + at // 3 * (tall + 108)
    return np.asarray(sheet.crop((left, top, left + wide, top + tall)))


def test_pixels_outside_of_a_cluster_are_dimmed(spotted):
    palette = pochade.extract(spotted, 2)
    sheet = pochade.draw.why(palette)
    original, lit = tile(sheet, 0), tile(sheet, 1 + palette.hex.index("#ce1126"))
    assert np.abs(original[84, 362].astype(int) - RED).max() < 4
    assert np.abs(lit[84, 362].astype(int) - RED).max() < 4
    assert np.ptp(lit[250, 100]) <= 1  # gray
    assert lit[250, 100].mean() > 200
    other = tile(sheet, 1 + palette.hex.index("#787878"))
    assert np.ptp(other[84, 362]) <= 1
    assert np.abs(other[250, 100].astype(int) - 120).max() < 4


def test_a_small_spot_gets_a_ring(spotted):
    spotted[40:60, 200:230] = 120
    spotted[100:103, 150:153] = RED
    palette = pochade.extract(spotted, 2)
    lit = tile(pochade.draw.why(palette), 1 + palette.hex.index("#ce1126"))
    center = 171, 255
    ring = [lit[center[0], center[1] + d].mean() for d in range(12, 40)]
    assert min(ring) < 90
    assert lit[center[0], center[1] + 60].mean() > 200


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 4), (900, 40), (67, 1900)])
def test_the_why_sheet_shows_pictures_of_any_shape(shape):
    picture = np.random.default_rng(0).integers(0, 255, (*shape, 3), np.uint8)
    sheet = pochade.draw.why(pochade.extract(picture, 4))
    assert sheet.width == 1680
    assert sheet.height < 12_000


def test_many_colors_make_more_columns():
    picture = np.random.default_rng(0).integers(0, 255, (60, 90, 3), np.uint8)
    few, many = (pochade.draw.why(pochade.extract(picture, k, method="kmeans")) for k in (5, 60))
    assert few.height < many.height < 3500


def test_transparent_parts_are_paper_on_the_why_sheet(spotted):
    alpha = np.full(spotted.shape[:2], 255, np.uint8)
    alpha[150:] = 0
    sheet = pochade.draw.why(pochade.extract(np.dstack([spotted, alpha]), 2))
    for at in range(3):
        assert tile(sheet, at)[300, 250].tolist() == [0xFB, 0xFA, 0xF8]


def test_missing_letters_of_names_are_replaced(spotted, tmp_path):
    Image.fromarray(spotted).save(tmp_path / "Größe 日本.png")
    palette = pochade.extract(tmp_path / "Größe 日本.png", 2)
    assert pochade.draw.why(palette).size == pochade.draw.why(pochade.extract(spotted, 2)).size
    assert "Größe 日本.png" not in pochade.draw.curve_svg(palette)
    assert "Grosse ??.png" in pochade.draw.curve_svg(palette)


def test_the_curve_marks_k_and_shows_every_palette(photo):
    palette = pochade.extract(photo, 5)
    root = ET.fromstring(pochade.draw.curve_svg(palette))
    space = "{http://www.w3.org/2000/svg}"
    texts = [text.text for text in root.iter(f"{space}text")]
    assert [str(k) for k in range(1, 17)] == [text for text in texts if text in map(str, range(1, 17))][-16:]
    row = palette.fidelities[4]
    assert f"{row.difference:.1f}" in texts
    fills = {rect.get("fill") for rect in root.iter(f"{space}rect")}
    assert {color for row in palette.fidelities for color in row.hex} <= fills
    image = pochade.draw.curve(palette)
    assert image.size == (1920, 1496)
    assert {tuple(color) for color in palette.srgb} <= {tuple(c) for _, c in image.getcolors(1 << 20)}


def test_a_palette_without_origin_is_refused():
    lost = pochade.Palette.from_dict({"colors": ["#8e1a24"]})
    for draw in (pochade.draw.why, pochade.draw.curve, pochade.draw.curve_svg):
        with pytest.raises(pochade.OptionError, match="extract"):
            draw(lost)


def test_draw_is_imported_on_first_use():
    code = "import sys, pochade; assert 'pochade.draw' not in sys.modules; pochade.draw.why; pochade.nothing"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.stderr.strip().endswith("AttributeError: module 'pochade' has no attribute 'nothing'")


def test_the_sight_sheet_simulates_each_deficiency(spotted):
    from pochade.color.vision import DEFICIENCIES, simulate_codes

    sheet = pochade.draw.sight(pochade.extract(spotted, 2).sort("prominence"))
    down = 337 + 56 + 188  # from one row of tiles to the next
    for at, deficiency in enumerate((None, *DEFICIENCIES)):
        x, y = 48 + at % 3 * 538 + 362, 48 + at // 3 * down + 84
        expected = RED if deficiency is None else simulate_codes(RED, deficiency)
        assert np.abs(np.array(sheet.getpixel((x, y))) - expected).max() < 4
        strip = np.array(sheet.getpixel((x - 262, 48 + at // 3 * down + 337 + 30)))  # the palette's first color
        assert np.abs(strip - expected).max() < 4


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 4), (900, 40), (67, 1900)])
@pytest.mark.parametrize("k", [1, 12, 40])
def test_the_sight_sheet_shows_pictures_of_any_shape(shape, k):
    picture = np.random.default_rng(0).integers(0, 255, (*shape, 3), np.uint8)
    sheet = pochade.draw.sight(pochade.extract(picture, k), severity=0.8)
    assert sheet.width == 1680
    assert sheet.height < 3000


def test_transparent_parts_are_paper_on_the_sight_sheet():
    picture = np.full((200, 300, 4), 255, np.uint8)
    picture[..., :3] = RED
    picture[:, 150:, 3] = 0
    sheet = pochade.draw.sight(pochade.extract(picture, 2))
    assert sheet.getpixel((48 + 400, 48 + 100)) == (0xFB, 0xFA, 0xF8)
    assert sheet.getpixel((48 + 100, 48 + 100)) == RED


def test_the_sight_sheet_refuses_a_palette_without_picture():
    with pytest.raises(pochade.OptionError, match="call extract"):
        pochade.draw.sight(pochade.Palette.from_dict({"colors": ["#8e1a24"]}))
