import colorsys
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from coloraide.everything import ColorAll
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from pochade.color import srgb, xyz
from pochade.color.spaces import Space, spaces

Array = NDArray[np.float64]

NAMES = [
    "cam16-ucs",
    "cielab",
    "cieluv",
    "din99o",
    "hsl",
    "hsv",
    "hsv-raw",
    "jzazbz",
    "linear-rgb",
    "oklab",
    "oklch",
    "rgb",
    "ycbcr",
]


def space(name: str) -> Space:
    return spaces[name]


def test_all_spaces_are_registered_with_a_summary() -> None:
    assert spaces.names == NAMES
    assert all(entry.summary == entry.value.summary.strip() != "" for entry in spaces.entries)
    assert all(entry.name == entry.value.name for entry in spaces.entries)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("oklch", "din99o")])  # derived from others
def test_looking_up_a_space_imports_no_other_space(name: str) -> None:
    code = f"""if True:
        import sys
        from pochade.color.spaces import spaces
        before = set(sys.modules)
        spaces[{name!r}]
        print(*(m for m in set(sys.modules) - before if m.startswith("pochade.color.spaces.")))"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) <= {"pochade.color.spaces." + name.replace("-", "_")}


def around_the_join(colors: Array) -> NDArray[np.bool_]:
    """Whether a color lies where the branches of the sRGB standard do not meet: encoded spaces are inexact there."""
    return (np.abs(colors - 0.0031308) < 1e-7).any(axis=-1)


@pytest.mark.parametrize("name", NAMES)
@given(
    colors=arrays(
        np.float64,
        array_shapes(max_dims=2, max_side=4).map(lambda shape: (*shape, 3)),
        elements=st.floats(0, 1),
    )
)
def test_colors_survive_the_round_trip(name: str, colors: Array) -> None:
    before = colors.copy()
    coordinates = space(name).from_linear(colors)
    assert coordinates.shape == colors.shape
    assert coordinates.dtype == np.float64
    kept = coordinates.copy()
    back = space(name).to_linear(coordinates)
    exact = ~around_the_join(colors)
    np.testing.assert_allclose(back[exact], colors[exact], rtol=0, atol=1e-9)
    np.testing.assert_allclose(back, colors, rtol=0, atol=1e-8)
    np.testing.assert_array_equal(colors, before)
    np.testing.assert_array_equal(coordinates, kept)


@pytest.mark.parametrize("name", NAMES)
def test_all_gray_codes_and_a_grid_of_codes_survive_the_round_trip_exactly(name: str) -> None:
    side = np.arange(0, 256, 15)
    grid = np.stack(np.meshgrid(side, side, side), axis=-1).reshape(-1, 3)
    codes = np.concatenate([np.repeat(np.arange(256), 3).reshape(-1, 3), grid]).astype(np.uint8)
    back = srgb.to_codes(space(name).to_linear(space(name).from_linear(srgb.decode(codes))))
    np.testing.assert_array_equal(back, codes)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "cam16-ucs"])  # not defined there
def test_colors_slightly_outside_the_gamut_survive_the_round_trip(name: str) -> None:
    colors = np.random.default_rng(3).uniform(-0.1, 1.2, (500, 3))
    np.testing.assert_allclose(space(name).to_linear(space(name).from_linear(colors)), colors, rtol=0, atol=1e-9)


COLORAIDE = {
    "rgb": ("srgb", 1e-12),
    "linear-rgb": ("srgb-linear", 1e-12),
    "cielab": ("lab-d65", 1e-10),
    "cieluv": ("luv", 1e-10),
    "din99o": ("din99o", 1e-10),
    "oklab": ("oklab", 1e-6),  # CSS derived the matrices again for its own white; Ottosson's have ten digits
    "cam16-ucs": ("cam16-ucs", 1e-9),
    "jzazbz": ("jzazbz", 1e-9),
}


@pytest.mark.parametrize("name", COLORAIDE)
def test_coordinates_equal_those_of_coloraide(name: str, linear: Array) -> None:
    theirs, tolerance = COLORAIDE[name]
    expected = [ColorAll("srgb-linear", list(color)).convert(theirs).coords(nans=False) for color in linear]
    np.testing.assert_allclose(space(name).from_linear(linear), expected, rtol=0, atol=tolerance)


def by_colour(colour: ModuleType) -> dict[str, Callable[[Array], Any]]:
    white = xyz.WHITE / xyz.WHITE.sum()
    return {
        "cielab": lambda c: colour.XYZ_to_Lab(xyz.from_linear(c), white[:2]),
        "cieluv": lambda c: colour.XYZ_to_Luv(xyz.from_linear(c), white[:2]),
        "oklab": lambda c: colour.XYZ_to_Oklab(xyz.from_linear(c)),
        "jzazbz": lambda c: colour.XYZ_to_Jzazbz(203 * xyz.from_linear(c)),
        "cam16-ucs": lambda c: colour.XYZ_to_CAM16UCS(xyz.from_linear(c), XYZ_w=xyz.WHITE, L_A=64 / np.pi / 5, Y_b=20),
        "ycbcr": lambda c: colour.RGB_to_YCbCr(
            srgb.encode(c) / 255, out_legal=False, K=colour.WEIGHTS_YCBCR["ITU-R BT.601"]
        ),
    }


@pytest.mark.parametrize("name", ["cielab", "cieluv", "oklab", "jzazbz", "cam16-ucs", "ycbcr"])
def test_coordinates_equal_those_of_colour_science(name: str, linear: Array, colour: ModuleType) -> None:
    lit = linear[linear.any(axis=-1)]  # colour-science divides by the brightness of black
    # It uses the post's first matrix, from XYZ; the matrix from sRGB is its product with differently rounded numbers.
    tolerance = 3e-4 if name == "oklab" else 1e-9
    np.testing.assert_allclose(space(name).from_linear(lit), by_colour(colour)[name](lit), rtol=0, atol=tolerance)


# Björn Ottosson, "A perceptual color space for image processing", its table of XYZ and Oklab pairs, with
# three decimals.
@pytest.mark.parametrize(
    ("stimulus", "oklab"),
    [
        ([0.950, 1.000, 1.089], [1.000, 0.000, 0.000]),
        ([1.000, 0.000, 0.000], [0.450, 1.236, -0.019]),
        ([0.000, 1.000, 0.000], [0.922, -0.671, 0.263]),
        ([0.000, 0.000, 1.000], [0.153, -1.415, -0.449]),
    ],
)
def test_oklab_equals_the_pairs_of_its_author(stimulus: list[float], oklab: list[float]) -> None:
    np.testing.assert_allclose(space("oklab").from_linear(xyz.to_linear(np.array(stimulus))), oklab, rtol=0, atol=1e-3)


def test_oklch_of_red_equals_that_of_css() -> None:
    # W3C, CSS Color Module Level 4: `red` is oklch(62.796% 0.25768 29.2339).
    red = space("oklch").from_linear(np.array([1.0, 0, 0]))
    np.testing.assert_allclose(red, [0.62796, 0.25768, 29.2339], rtol=2e-5)


def test_ycbcr_of_red_equals_that_of_the_jpeg_standard() -> None:
    # ITU-T T.871, section 7: Y = 0.299 R, Cb = -0.1687 R, Cr = 0.5 R.
    np.testing.assert_allclose(space("ycbcr").from_linear(np.array([1.0, 0, 0])), [0.299, -0.1687, 0.5], atol=5e-5)


def test_lightness_50_has_the_luminance_that_the_cie_defines() -> None:
    gray = np.full(3, ((50 + 16) / 116) ** 3)  # CIE 15:2004, 8.2.1.1, solved for L* = 50
    for name in ("cielab", "cieluv"):
        np.testing.assert_allclose(space(name).from_linear(gray), [50, 0, 0], rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", ["cielab", "cieluv", "hsl", "hsv", "hsv-raw", "ycbcr"])
def test_grays_are_neutral(name: str) -> None:
    grays = np.linspace(0, 1, 50)[:, None].repeat(3, axis=1)
    coordinates = space(name).from_linear(grays)
    chromatic = coordinates[:, :2] if name in ("hsl", "hsv", "hsv-raw") else coordinates[:, 1:]
    np.testing.assert_allclose(chromatic, 0, atol=1e-12)


def test_grays_of_oklab_are_neutral_to_seven_digits() -> None:
    grays = np.linspace(0, 1, 50)[:, None].repeat(3, axis=1)
    np.testing.assert_allclose(space("oklab").from_linear(grays)[:, 1:], 0, atol=1e-7)


def test_raw_hsv_equals_that_of_the_standard_library(linear: Array) -> None:
    encoded = srgb.encode(linear) / 255
    expected = [colorsys.rgb_to_hsv(*color) for color in encoded]
    np.testing.assert_allclose(space("hsv-raw").from_linear(linear), expected, rtol=0, atol=1e-12)


def test_cones_have_the_hue_chroma_and_height_of_the_standard_library(linear: Array) -> None:
    encoded = srgb.encode(linear) / 255
    hue, lightness, _ = np.array([colorsys.rgb_to_hls(*color) for color in encoded]).T
    chroma = np.ptp(encoded, axis=-1)
    circle = [chroma * np.cos(2 * np.pi * hue), chroma * np.sin(2 * np.pi * hue)]
    np.testing.assert_allclose(space("hsl").from_linear(linear).T, [*circle, lightness], rtol=0, atol=1e-12)
    np.testing.assert_allclose(space("hsv").from_linear(linear).T, [*circle, encoded.max(axis=-1)], rtol=0, atol=1e-12)


def test_two_reds_near_hue_0_are_close_in_the_cones_and_far_apart_in_raw_hsv() -> None:
    reds = srgb.decode(np.array([[255, 0, 5], [255, 5, 0]], dtype=np.uint8))
    for name, near in (("hsv", True), ("hsl", True), ("hsv-raw", False)):
        a, b = space(name).from_linear(reds)
        assert bool(np.linalg.norm(a - b) < 0.05) is near


def test_only_a_polar_space_declares_a_hue() -> None:
    assert {entry.name: entry.value.hue for entry in spaces.entries if entry.value.hue is not None} == {"oklch": 2}


def test_hues_a_full_turn_apart_are_the_same_color() -> None:
    to_linear = space("oklch").to_linear
    np.testing.assert_allclose(to_linear(np.array([0.6, 0.1, -20])), to_linear(np.array([0.6, 0.1, 340])), atol=1e-12)
