"""Colors in CSS, read back by coloraide, an independent implementation."""

import numpy as np
import pytest
from coloraide import Color as Oracle
from hypothesis import example, given
from hypothesis import strategies as st

from pochade import Color, UnknownNameError
from pochade.color.css import NOTATIONS

codes = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.mark.parametrize("space", NOTATIONS)
@given(srgb=codes)
@example(srgb=(0, 0, 0))
@example(srgb=(255, 255, 255))
@example(srgb=(128, 128, 128))
@example(srgb=(1, 0, 0))
@example(srgb=(4, 2, 6))
@example(srgb=(0, 0, 255))
def test_every_notation_restores_the_same_codes(space: str, srgb: tuple[int, int, int]) -> None:
    back = Oracle(Color(srgb).css(space)).convert("srgb").coords(nans=False)
    np.testing.assert_allclose(np.array(back) * 255, srgb, atol=0.49)


def test_notations_of_green_equal_those_of_the_specification():
    # CSS Color Module Level 4: `green`, #008000, in the examples of its sections on hwb() and on the predefined
    # spaces, and in the Web Platform Tests, css-color/{lab,oklab,xyz,display-p3}-001
    green = Color((0, 128, 0))
    assert green.css("hwb") == "hwb(120 0% 49.8%)"
    assert green.css("hsl") == "hsl(120 100% 25.1%)"
    assert green.css("lab") == "lab(46.28 -47.55 48.59)"
    assert green.css("xyz") == "color(xyz 0.07719 0.15438 0.02573)"
    assert green.css("display-p3") == "color(display-p3 0.21604 0.49418 0.13151)"


@pytest.mark.parametrize("level", [0, 1, 128, 254, 255])
def test_a_gray_has_no_hue_and_no_chroma(level: int) -> None:
    gray = Color((level,) * 3)
    assert gray.css("hsl").startswith("hsl(0 0% ")
    assert gray.css("oklch").endswith("% 0 0)")
    assert gray.css("lch").endswith(" 0 0)")
    assert "-0" not in "".join(gray.css(space) for space in NOTATIONS)


def test_a_format_specification_names_a_space_or_aligns_the_hex():
    color = Color((142, 26, 36))
    assert f"{color:oklab}" == color.css("oklab")
    assert f"{color:>10}|{color}" == "   #8e1a24|#8e1a24"
    with pytest.raises(UnknownNameError, match="Did you mean 'oklch'"):
        color.css("oklhc")


def test_rgb_is_the_default_notation():
    assert Color((142, 26, 36)).css() == "rgb(142 26 36)"
