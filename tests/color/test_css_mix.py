"""color-mix(), compared with coloraide, an independent implementation of CSS Color Module Level 5."""

import coloraide
import numpy as np
import pytest

from pochade.color.css_mix import css_mix
from pochade.errors import OptionError

RGB = ("srgb", "srgb-linear", "display-p3", "xyz-d65")


@pytest.mark.parametrize("space", ["oklab", "oklch", "lab", "lch", *RGB])
@pytest.mark.parametrize(("first", "second"), [("#ff0000", "#0000ff"), ("#1b6f8a", "#b5402e"), ("#ffffff", "#1b6f8a")])
def test_a_mixture_has_the_codes_of_css(space, first, second):
    mixed = coloraide.Color(first).mix(second, 0.75, space=space, powerless=True).convert("srgb")
    if not mixed.in_gamut(tolerance=0):
        mixed.fit("srgb", method="oklch-chroma")
    codes = css_mix(f"in {space}, {first} 25%, {second}")
    assert np.abs(np.array(codes[:3]) - np.array(mixed[:3]) * 255).max() <= 0.51
    assert codes[3] == 1


@pytest.mark.parametrize("way", ["shorter", "longer", "increasing", "decreasing"])
def test_hues_go_the_way_that_is_asked_for(way):
    mixed = coloraide.Color("#8e1a24").mix("#1b6f8a", 0.3, space="oklch", hue=way).convert("srgb")
    if not mixed.in_gamut(tolerance=0):
        mixed.fit("srgb", method="oklch-chroma")
    codes = css_mix(f"in oklch {way} hue, #8e1a24 70%, #1b6f8a")
    assert np.abs(np.array(codes[:3]) - np.array(mixed[:3]) * 255).max() <= 0.51


def test_shares_and_alpha_are_those_of_css():
    assert css_mix("in srgb, red 10%, red 20%") == (255, 0, 0, pytest.approx(0.3))
    assert css_mix("in srgb, #ff000080, blue") == (85, 0, 170, pytest.approx(0.751, abs=1e-3))
    assert css_mix("red, red") == css_mix("in oklab, red, red") == (255, 0, 0, 1)
    assert css_mix("in srgb, transparent, transparent")[3] == 0


@pytest.mark.parametrize(
    "inside", ["", "in srgb, red", "in hsl, red, blue", "in srgb, red 0%, blue 0%", "in srgb, 4px, red", "in, a, b"]
)
def test_another_text_is_refused(inside):
    with pytest.raises(OptionError, match="color"):
        css_mix(inside)
