"""Color models of swatch files, compared with ColorAide and the standard library."""

import colorsys

import pytest
from coloraide import Color as Oracle
from hypothesis import given
from hypothesis import strategies as st

from pochade import FormatError
from pochade.export.swatch import (
    from_cielab_d50,
    from_cmyk,
    from_gray,
    from_hsv,
    from_linear,
    from_unit,
    from_xyz_d50,
    label_of,
    plain,
)

units = st.floats(0, 1)


def oracle(space, values):
    """The codes of a color, by ColorAide, clipped channel by channel."""
    return [min(max(value, 0), 1) * 255 for value in Oracle(space, values).convert("srgb").coords()]


def near(found, expected, off=0.5001):
    return all(abs(a - b) <= off for a, b in zip(found, expected, strict=True))


@given(st.floats(0, 100), st.floats(-100, 100), st.floats(-100, 100))
def test_cielab_is_under_d50(lightness, a, b):
    assert near(from_cielab_d50((lightness, a, b), ""), oracle("lab", (lightness, a, b)), 0.51)


@given(units, units, units)
def test_xyz_is_under_d50(x, y, z):
    assert near(from_xyz_d50((x, y, z), ""), oracle("xyz-d50", (x, y, z)), 0.51)


@given(units, units, units)
def test_linear_light_is_encoded(red, green, blue):
    assert near(from_linear((red, green, blue), ""), oracle("srgb-linear", (red, green, blue)), 0.51)


@given(units, units, units)
def test_hsv_equals_the_standard_library(hue, saturation, value):
    expected = [255 * x for x in colorsys.hsv_to_rgb(hue, saturation, value)]
    assert near(from_hsv((hue, saturation, value), ""), expected)


@pytest.mark.parametrize(
    ("inks", "codes"),
    [
        ((0, 0, 0, 0), (255, 255, 255)),
        ((1, 0, 0, 0), (0, 255, 255)),
        ((0, 1, 1, 0.2), (204, 0, 0)),
        ((1, 1, 1, 1), (0, 0, 0)),
    ],
)
def test_cmyk_has_ideal_inks(inks, codes):
    assert from_cmyk(inks, "") == codes


@pytest.mark.parametrize("values", [(1.01, 0, 0), (0, -0.01, 0), (0, 0, float("nan")), (float("inf"), 0, 0)])
def test_invalid_values_are_refused_with_their_place(values):
    for convert in (from_unit, from_hsv):
        with pytest.raises(FormatError, match=r"^byte 7: .*0 to 1"):
            convert(values, "byte 7")
    with pytest.raises(FormatError, match=r"^byte 7"):
        from_cmyk((*values, 0), "byte 7")
    with pytest.raises(FormatError, match=r"^byte 7"):
        from_gray(values[0] + values[1] + values[2], "byte 7")


@pytest.mark.parametrize("convert", [from_linear, from_xyz_d50, from_cielab_d50])
def test_infinite_and_huge_numbers_are_refused(convert):
    for value in (float("nan"), float("inf"), 1e300):
        with pytest.raises(FormatError, match=r"^line 3"):
            convert((50, value, 0), "line 3")


def test_control_characters_and_placeholders_are_removed_from_names():
    assert plain("  brick\r\nred\x00 ") == "brick red"
    assert label_of("Untitled") is label_of("") is label_of(None) is label_of("\x00") is None
    assert label_of("brick red") == "brick red"
