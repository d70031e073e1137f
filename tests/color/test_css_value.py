"""Colors of style sheets, compared with coloraide, an independent implementation of CSS Color Module Level 4."""

import coloraide
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.color.css import NOTATIONS, css
from pochade.color.css_value import css_rgba, css_value
from pochade.color.srgb import decode
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
        "hwb(193 11% 46%)",
        "hwb(193deg 70% 60%)",
        "hwb(none 0 50 / 1)",
        "lab(50% 40 30)",
        "lab(29.2345% 39.3825 20.0664)",
        "lab(50 -32% 16%)",
        "lch(52.2345% 72.2 56.2)",
        "lch(50 20% 0.3turn)",
        "color(srgb 0.5 0.25 10%)",
        "color(srgb-linear 0.2 0.3 0.2)",
        "color(display-p3 0.9 0.2 0.1)",
        "COLOR(display-p3 50% 40% 30% / 1)",
        "color(display-p3-linear 0.2 0.3 0.2)",
        "color(a98-rgb 0.5 0.3 0.2)",
        "color(prophoto-rgb 0.5 0.3 0.2)",
        "color(prophoto-rgb 0.01 0.02 0.03)",
        "color(rec2020 0.5 0.3 0.2)",
        "color(xyz 0.2 0.3 0.2)",
        "color(xyz-d50 0.2 0.3 0.2)",
        "color(xyz-d65 20% 30% none)",
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
    "text",
    [
        *("#12345", "#ggg", "rgb(1 2)", "rgb(1 2 3", "hsl(1 2 3 4)", "oklch(1e999 0 0)", "rgb(a b c)", "rgb()"),
        *("color(display-p4 1 1 1)", "color()", "color(srgb 1 1)", "lab(50% 40deg 30)", "hwb(50% 1 1)", "rgb(1 2 3 /)"),
    ],
)
def test_an_invalid_color_is_refused(text):
    with pytest.raises(OptionError, match="is no color"):
        css_value(text)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("rgb(200 30 40 / 30%)", (200, 30, 40, 0.3)),
        ("rgba(200, 30, 40, .3)", (200, 30, 40, 0.3)),
        ("#c81e2833", (200, 30, 40, 0.2)),
        ("transparent", (0, 0, 0, 0.0)),
        ("rgb(1 2 3 / 4)", (1, 2, 3, 1.0)),
        ("color(srgb 0 1 0 / none)", (0, 255, 0, 0.0)),
    ],
)
def test_a_translucent_color_has_its_alpha(text, color):
    assert css_rgba(text) == pytest.approx(color)


@given(st.tuples(*[st.integers(0, 255)] * 3), st.sampled_from(sorted(NOTATIONS)))
def test_each_notation_that_is_written_is_read_back(codes, space):
    assert css_value(css(decode(np.array(codes, np.uint8)), space)) == codes
