"""The reasons for colors: the figures are correct, and the words agree with them."""

import numpy as np
import pytest

import pochade
from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.explain import Reason


def reason(palette: pochade.Palette, color: str) -> Reason:
    return palette.explain()[palette.hex.index(color)]


def painted(*boxes: tuple[tuple[int, int, int], slice, slice]) -> np.ndarray:
    """Boxes of color on gray, uint8 (100, 100, 3)."""
    picture = np.full((100, 100, 3), 128, np.uint8)
    for color, rows, columns in boxes:
        picture[rows, columns] = color
    return picture


@pytest.mark.parametrize("method", methods.names)
def test_the_figures_of_reasons_match_the_palette(photo, method):
    palette = pochade.extract(photo, 6, method=method)
    reasons = palette.explain()
    assert [r.hex for r in reasons] == palette.hex
    assert [r.name for r in reasons] == palette.names
    np.testing.assert_allclose([r.share for r in reasons], palette.weights)
    prominence = [r.prominence for r in reasons]
    assert sum(prominence) == pytest.approx(1)
    assert palette.weights.tolist() == sorted(palette.weights.tolist(), reverse=True)
    for r in reasons:
        assert np.prod([part for _, part in r.parts]) == pytest.approx(r.prominence)
        assert r.parts[0] == ("share", pytest.approx(r.share))
        assert r.nearest is not None
        assert r.nearest.hex in set(palette.hex) - {r.hex}
    linear = decode(palette.srgb)
    away = differences["ciede2000"].of_linear(linear[:, None], linear[None])
    np.fill_diagonal(away, np.inf)
    np.testing.assert_allclose([r.nearest.difference for r in reasons if r.nearest], away.min(1))


def test_a_small_accent_stands_out_and_the_text_says_why(photo):
    palette = pochade.extract(photo, 6)
    red = palette.explain()[int(palette.oklab[:, 1].argmax())]
    text = str(red)
    assert red.stands_out
    assert "chromatic" in red.marks
    assert text.startswith(f"{red.hex} ({red.name}) covers 0.2")
    for clause in ("in one", "at the top left", "It stands out: it is the most chromatic", "(CIEDE2000)", "its share"):
        assert clause in text
    parts = dict(red.parts)
    assert set(parts) == {"share", "diminishing", "chroma"}
    assert parts["diminishing"] > 1
    assert parts["chroma"] > 1
    assert red.short.startswith("Most chromatic; prominence ")


def test_the_text_of_kmeans_names_only_the_share(photo):
    for r in pochade.extract(photo, 4, method="kmeans").explain():
        assert [name for name, _ in r.parts] == ["share"]
        assert not r.stands_out
        assert str(r).endswith("The method kmeans goes by the share alone.")
        assert "prominence" not in r.short


def test_a_single_color_is_called_the_only_one():
    (only,) = pochade.extract(np.full((4, 5, 3), (1, 2, 3), np.uint8)).explain()
    assert only.nearest is None
    assert only.marks == ()
    assert "covers 100 % of the picture, everywhere. It is the only color." in str(only)


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        (slice(48, 52), slice(48, 52), "in one spot in the middle"),
        (slice(5, 25), slice(5, 25), "in one place at the top left"),
        (slice(40, 60), slice(80, 99), "in one place on the right"),
        (slice(42, 58), slice(32, 48), "in one place left of the middle"),
        (slice(56, 70), slice(45, 55), "in one place below the middle"),
        (slice(90, 100), slice(0, 100), "from left to right, at the bottom"),
        (slice(0, 100), slice(0, 12), "from top to bottom, on the left"),
        (slice(10, 55), slice(20, 70), "mostly above the middle"),
    ],
)
def test_the_place_of_a_color_is_described_in_plain_words(rows, columns, words):
    palette = pochade.extract(painted(((200, 30, 30), rows, columns)), 2)
    found = reason(palette, "#c81e1e").place
    assert words in found.words
    left, _, _, bottom = found.extent
    assert left == pytest.approx(columns.start / 100, abs=0.06)
    assert bottom == pytest.approx(rows.stop / 100, abs=0.06)
    assert found.filled == 1


def test_a_frame_lies_around_the_border_and_a_field_does_not():
    picture = painted(((20, 60, 200), slice(0, 100), slice(0, 100)))
    picture[6:94, 6:94] = 128
    palette = pochade.extract(picture, 2)
    frame, field = (reason(palette, color).place for color in ("#143cc8", "#808080"))
    assert frame.words == "around the border"
    assert frame.border > 0.7 > field.border
    assert field.words == "everywhere"


def test_scattered_specks_are_not_one_place():
    picture = painted()
    rng = np.random.default_rng(0)
    picture[rng.integers(20, 45, 40), rng.integers(50, 75, 40)] = 200, 30, 30
    assert "a few places" in reason(pochade.extract(picture, 2), "#c81e1e").place.words


def test_a_speck_that_the_sketch_misses_lies_at_its_position():
    picture = np.full((1200, 900, 3), 90, np.uint8)
    picture[1100, 120] = 255, 0, 0
    found = reason(pochade.extract(picture, 2), "#ff0000")
    assert found.place.words == "in one spot at the bottom left"
    assert found.place.extent is None
    assert "less than 0.01 % of the picture" in str(found)


def test_only_visible_leads_get_a_superlative():
    stripes = np.repeat(np.array([[[100] * 3, [150] * 3, [158] * 3]], np.uint8), 30, 1).repeat(30, 0)
    marks = {r.hex: r.marks for r in pochade.extract(stripes, 3, method="kmeans").explain()}
    assert marks == {"#646464": ("dark",), "#969696": (), "#9e9e9e": ()}
