"""The look of one picture."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade import Color, Palette
from pochade.similarity.harmony import harmony
from pochade.similarity.look import colorfulness, warmth


def of_hues(*hues, chroma=0.12, weights=None):
    """The harmony of colors of these hues, in degrees of Oklch."""
    angles = np.radians(hues)
    points = np.stack([np.full(len(hues), 0.6), chroma * np.cos(angles), chroma * np.sin(angles)], 1)
    return harmony(points, np.array(weights or [1 / len(hues)] * len(hues)))


def test_colorfulness_of_a_photo_nearly_equals_that_of_its_pixels(photo):
    """Expected: the formula of the paper, over all pixels."""
    red, green, blue = photo.reshape(-1, 3).astype(float).T
    a, b = red - green, (red + green) / 2 - blue
    expected = np.hypot(a.std(), b.std()) + 0.3 * np.hypot(a.mean(), b.mean())
    assert pochade.look(photo).colorfulness == pytest.approx(expected, abs=0.15)


def test_colorfulness_of_flat_colors_is_exact(flag):
    red, green, blue = flag.reshape(-1, 3).astype(float).T
    a, b = red - green, (red + green) / 2 - blue
    expected = np.hypot(a.std(), b.std()) + 0.3 * np.hypot(a.mean(), b.mean())
    assert pochade.look(flag).colorfulness == pytest.approx(expected, rel=1e-12)


@settings(max_examples=50)
@given(st.lists(st.integers(0, 255), min_size=1, max_size=9))
def test_grays_have_no_colorfulness_and_neutral_warmth(levels):
    grays = Palette(tuple(Color((v, v, v), 1 / len(levels)) for v in levels))
    found = pochade.look(grays)
    assert found.colorfulness == 0
    assert found.warmth == pytest.approx(-0.5, abs=1e-3)
    assert found.words["warmth"] == "neither warm nor cool"
    assert found.words["colorfulness"] == "not colorful"
    assert found.harmony.name == "hardly any hue"


def test_warmth_is_highest_at_50_degrees_and_lowest_opposite():
    hues = np.radians(np.arange(0, 360, 10))
    felt = warmth(np.stack([np.full(36, 50.0), 40 * np.cos(hues), 40 * np.sin(hues)], 1))
    assert felt.argmax() * 10 == 50
    assert felt.argmin() * 10 == 230
    assert felt[5] == pytest.approx(-0.5 + 0.02 * 40**1.07)


def test_half_black_and_half_white_has_the_largest_contrast():
    found = pochade.look(Palette.from_dict({"colors": ["#000", "#fff"]}))
    assert found.brightness == pytest.approx(0.5, abs=1e-6)
    assert found.contrast == pytest.approx(0.5, abs=1e-6)


def test_a_lighter_copy_is_lighter_and_a_yellow_one_warmer(photo):
    base = pochade.look(photo)
    lighter = pochade.look((255 - (255 - photo.astype(int)) * 2 // 3).astype(np.uint8))
    yellow = photo.copy()
    yellow[..., 2] //= 2
    assert lighter.brightness > base.brightness
    assert pochade.look(yellow).warmth > base.warmth
    sentence = pochade.compare(photo, yellow).beside()
    assert sentence.startswith("The second is ")
    assert "warmer (" in sentence


@pytest.mark.parametrize(
    ("hues", "name"),
    [
        ((20, 30, 40), "one hue"),
        ((355, 5), "one hue"),
        ((20, 60, 100), "neighboring hues"),
        ((30, 50, 210, 230), "opposite hues"),
        ((10, 130, 250), "three hues evenly apart"),
        ((0, 72, 144, 216, 288), "many hues"),
        ((0, 90), "neighboring hues"),
        ((0, 100), "many hues"),
    ],
)
def test_each_arrangement_of_hues_has_its_name(hues, name):
    assert of_hues(*hues).name == name


@settings(max_examples=60)
@given(st.lists(st.integers(0, 71), min_size=1, max_size=6), st.integers(0, 71))
def test_rotating_all_hues_keeps_the_arrangement(hues, turn):
    found = of_hues(*[5 * hue for hue in hues])
    rotated = of_hues(*[5 * (hue + turn) for hue in hues])
    assert rotated.name == found.name
    assert rotated.held == pytest.approx(found.held)


def test_a_trace_of_the_opposite_hue_does_not_count():
    assert of_hues(30, 210, weights=[0.95, 0.05]).name == "one hue"
    assert of_hues(30, 210, weights=[0.85, 0.15]).name == "opposite hues"


def test_an_extracted_palette_has_the_look_of_its_whole_picture(photo):
    palette = pochade.extract(photo, 3)
    assert pochade.look(palette) == pochade.look(photo) == pochade.look(pochade.histogram(pochade.read(photo)))
    assert pochade.look(Palette.from_dict(palette.to_dict())) != pochade.look(photo)
    assert pochade.look(photo, region=(0, 0, 40, 40)) != pochade.look(photo)


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=8))
def test_every_palette_has_a_word_for_each_property(codes):
    found = pochade.look(Palette(tuple(Color(c, 1 / len(codes)) for c in codes)))
    assert all(found.words.values())
    assert found.to_dict()["words"] == found.words
    assert colorfulness(np.array(codes, float), np.full(len(codes), 1 / len(codes))) == pytest.approx(
        found.colorfulness
    )
