"""Gradients, compared with the interpolation of coloraide."""

import itertools

import numpy as np
import pytest
from coloraide import Color as Oracle
from hypothesis import given
from hypothesis import strategies as st

from pochade import OptionError, Palette, UnknownNameError
from pochade.color.spaces import spaces

RED_BLUE = Palette.from_dict({"colors": ["#8e1a24", "#204a87"]})
hexes = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize("space", ["oklab", "oklch", "rgb"])
def test_interpolated_colors_equal_those_of_coloraide(space: str) -> None:
    oracle = {"rgb": "srgb"}.get(space, space)
    expected = Oracle.steps(["#8e1a24", "#204a87"], steps=7, space=oracle, out_space="srgb")
    given = np.array([color.coords() for color in expected]) * 255
    assert np.abs(RED_BLUE.gradient(7, space).srgb - given).max() <= 1  # oklch leaves sRGB a little on this way


def test_hues_take_the_shorter_arc():
    around = Palette.from_dict({"colors": ["#ff0040", "#ff8000"]})  # 16 and 55 degrees or so, past no blue
    hues = [color.to("oklch")[2] for color in around.gradient(9, "oklch")]
    assert all(0 < hue < 65 for hue in hues)


def test_a_gray_end_has_the_hue_of_its_neighbor():
    found = Palette.from_dict({"colors": ["#808080", "#0000ff"]}).gradient(5, "oklch")
    assert all(abs(color.to("oklch")[2] - 264) < 6 for color in found[1:])


@given(st.lists(hexes, min_size=2, max_size=6), st.integers(2, 40), st.sampled_from(spaces.names))
def test_a_gradient_passes_through_all_colors_of_the_palette(colors: list[str], n: int, space: str) -> None:
    palette = Palette.from_dict({"colors": colors})
    found = palette.gradient(n, space)
    assert len(found) == n
    assert (found[0].hex, found[-1].hex) == (colors[0], colors[-1])
    assert found.weights.sum() == pytest.approx(1)
    through = palette.gradient((len(colors) - 1) * 3 + 1, space)
    assert through.hex[::3] == colors


def test_steps_between_two_colors_are_even_in_their_space():
    points = Palette.from_dict({"colors": ["#000000", "#ffffff"]}).gradient(11).oklab
    steps = [np.linalg.norm(b - a) for a, b in itertools.pairwise(points)]
    assert np.ptp(steps) < 0.012  # rounding moves the ends of a step by half a code, 0.006 near black


@pytest.mark.parametrize("n", [1, 0, -3, 2.5, True, "4"])
def test_an_invalid_number_of_colors_is_refused(n: object) -> None:
    with pytest.raises(OptionError, match="whole number, 2 or more"):
        RED_BLUE.gradient(n)  # type: ignore[arg-type]


def test_a_gradient_of_one_color_and_unknown_spaces_are_refused():
    with pytest.raises(OptionError, match="needs two colors, and the palette has 1"):
        Palette.from_dict({"colors": ["#8e1a24"]}).gradient(3)
    with pytest.raises(UnknownNameError, match="oklab"):
        RED_BLUE.gradient(3, "okla")
