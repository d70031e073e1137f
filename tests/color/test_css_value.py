"""Colors of style sheets, compared with coloraide, an independent implementation of CSS Color Module Level 4."""

import coloraide
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.color.css_value import css_value
from pochade.errors import OptionError


def expected(text: str) -> list[float]:
    """coloraide's unrounded sRGB codes, mapped into the gamut as the specification says."""
    color = coloraide.Color(text).convert("srgb")
    if not color.in_gamut("srgb", tolerance=0):
        color.fit("srgb", method="oklch-chroma")
    return [channel * 255 for channel in color[:3]]


@pytest.mark.parametrize(
    "text",
    [
        "#8e1a24",
        "#8E1",
        "#8e1f",
        "#8e1a24ff",
        "rgb(142 26 36)",
        "rgba(142, 26, 36, 1)",
        "rgb(55.7% 10.2% 14.1% / 100%)",
        "hsl(355deg 69% 33%)",
        "hsla(355, 69%, 33%, 1)",
        "hsl(0.9turn 69 33)",
        "hsl(-5 69% 33%)",
        "hsl(none 0% 50%)",
        "oklch(40.6% 0.145 22.4)",
        "oklch(0.406 36.25% 22.4deg)",
        "oklab(40% 0.1 -0.05)",
        "oklab(0.4 25% -12.5%)",
        "RebeccaPurple",
    ],
)
def test_a_color_has_the_codes_of_css(text):
    assert np.abs(np.array(css_value(text)) - expected(text)).max() <= 0.51


# Tailwind CSS 4: theme.css, and the same colors in hex on its page "Colors".
@pytest.mark.parametrize(
    ("text", "hex"),
    [
        ("oklch(57.7% 0.245 27.325)", "#e7000b"),
        ("oklch(63.7% 0.237 25.331)", "#fb2c36"),
        ("oklch(70.5% 0.213 47.604)", "#ff6900"),
        ("oklch(72.3% 0.219 149.579)", "#00c950"),
        ("oklch(54.6% 0.245 262.881)", "#155dfc"),
    ],
)
def test_oklch_colors_of_tailwind_equal_its_hex_colors(text, hex):
    assert css_value(text) == css_value(hex)


@given(st.floats(0.001, 0.999), st.floats(0, 0.4), st.floats(0, 360))
def test_a_color_outside_srgb_is_mapped_as_css_says(lightness, chroma, hue):
    text = f"oklch({lightness:.6f} {chroma:.6f} {hue:.6f})"
    assert np.abs(np.array(css_value(text)) - expected(text)).max() <= 0.51


def test_lightness_1_is_white_and_lightness_0_is_black_at_any_chroma():
    for hue in range(0, 360, 30):
        assert css_value(f"oklch(1 0.25 {hue})") == (255, 255, 255)
        assert css_value(f"oklch(0% 0.25 {hue})") == (0, 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        *("4px", "bold", "var(--red)", "#0008", "#00000080", "rgb(0 0 0 / 50%)", "rgba(0, 0, 0, .5)", "inherit", ""),
        *(
            "hsl(var(--hue) 50% 50%)",
            "rgb(from red r g b)",
            "calc(1px + 2px)",
            "url(a.png)",
            "color-mix(in lab, red, blue)",
        ),
    ],
)
def test_a_value_that_is_not_an_opaque_color_is_none(text):
    assert css_value(text) is None


@pytest.mark.parametrize(
    "text", ["#12345", "#ggg", "rgb(1 2)", "rgb(1 2 3", "hsl(1 2 3 4)", "oklch(1e999 0 0)", "rgb(a b c)", "rgb()"]
)
def test_an_invalid_color_is_refused(text):
    with pytest.raises(OptionError, match="is no color"):
        css_value(text)
