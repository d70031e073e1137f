import tracemalloc
from types import ModuleType

import numpy as np
import pytest
from coloraide.everything import ColorAll
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from pochade.color.difference import Difference, differences
from pochade.color.difference.ciede2000 import ciede2000
from pochade.color.spaces import spaces

Array = NDArray[np.float64]

NAMES = ["cam16-ucs", "cie76", "cie94", "ciede2000", "cmc", "hyab", "oklab"]


def difference(name: str) -> Difference:
    return differences[name]


def colors(n: int) -> st.SearchStrategy[Array]:
    return arrays(np.float64, (n, 3), elements=st.floats(0, 1))


def cielab(n: int) -> st.SearchStrategy[Array]:
    channel = st.floats(-128, 128) | st.integers(-128, 128).map(float)
    return arrays(np.float64, (n, 3), elements=channel)


def test_all_differences_are_registered_with_a_summary_and_a_space() -> None:
    assert differences.names == NAMES
    for entry in differences.entries:
        assert entry.summary
        assert entry.name == entry.value.name
        assert entry.value.space in spaces


# Gaurav Sharma, Wencheng Wu and Edul N. Dalal, 2005: "The CIEDE2000 color-difference formula: implementation
# notes, supplementary test data, and mathematical observations", table 1: two CIELAB colors and their difference
# to four decimals.
SHARMA = """
50.0000   2.6772 -79.7751  50.0000   0.0000 -82.7485   2.0425
50.0000   3.1571 -77.2803  50.0000   0.0000 -82.7485   2.8615
50.0000   2.8361 -74.0200  50.0000   0.0000 -82.7485   3.4412
50.0000  -1.3802 -84.2814  50.0000   0.0000 -82.7485   1.0000
50.0000  -1.1848 -84.8006  50.0000   0.0000 -82.7485   1.0000
50.0000  -0.9009 -85.5211  50.0000   0.0000 -82.7485   1.0000
50.0000   0.0000   0.0000  50.0000  -1.0000   2.0000   2.3669
50.0000  -1.0000   2.0000  50.0000   0.0000   0.0000   2.3669
50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0009   7.1792
50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0010   7.1792
50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0011   7.2195
50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0012   7.2195
50.0000  -0.0010   2.4900  50.0000   0.0009  -2.4900   4.8045
50.0000  -0.0010   2.4900  50.0000   0.0010  -2.4900   4.8045
50.0000  -0.0010   2.4900  50.0000   0.0011  -2.4900   4.7461
50.0000   2.5000   0.0000  50.0000   0.0000  -2.5000   4.3065
50.0000   2.5000   0.0000  73.0000  25.0000 -18.0000  27.1492
50.0000   2.5000   0.0000  61.0000  -5.0000  29.0000  22.8977
50.0000   2.5000   0.0000  56.0000 -27.0000  -3.0000  31.9030
50.0000   2.5000   0.0000  58.0000  24.0000  15.0000  19.4535
50.0000   2.5000   0.0000  50.0000   3.1736   0.5854   1.0000
50.0000   2.5000   0.0000  50.0000   3.2972   0.0000   1.0000
50.0000   2.5000   0.0000  50.0000   1.8634   0.5757   1.0000
50.0000   2.5000   0.0000  50.0000   3.2592   0.3350   1.0000
60.2574 -34.0099  36.2677  60.4626 -34.1751  39.4387   1.2644
63.0109 -31.0961  -5.8663  62.8187 -29.7946  -4.0864   1.2630
61.2901   3.7196  -5.3901  61.4292   2.2480  -4.9620   1.8731
35.0831 -44.1164   3.7933  35.0232 -40.0716   1.5901   1.8645
22.7233  20.0904 -46.6940  23.0331  14.9730 -42.5619   2.0373
36.4612  47.8580  18.3852  36.2715  50.5065  21.2231   1.4146
90.8027  -2.0831   1.4410  91.1528  -1.6435   0.0447   1.4441
90.9257  -0.5406  -0.9208  88.6381  -0.8985  -0.7239   1.5381
 6.7747  -0.2908  -2.4247   5.8714  -0.0985  -2.2286   0.6377
 2.0776   0.0795  -1.1350   0.9033  -0.0636  -0.5514   0.9082
"""


def test_ciede2000_equals_the_34_pairs_of_sharma_wu_and_dalal() -> None:
    table = np.array([line.split() for line in SHARMA.strip().splitlines()], dtype=np.float64)
    assert table.shape == (34, 7)
    a, b, expected = table[:, :3], table[:, 3:6], table[:, 6]
    np.testing.assert_allclose(ciede2000(a, b), expected, rtol=0, atol=5.0001e-5)
    np.testing.assert_allclose(ciede2000(b, a), expected, rtol=0, atol=5.0001e-5)


@given(cielab(6), cielab(6))
def test_ciede2000_equals_the_equations_of_the_paper_for_any_two_colors(a: Array, b: Array) -> None:
    expected = [spelled_out(p, q) for p, q in zip(a, b, strict=True)]
    ours = ciede2000(a, b)
    clear = [abs(hue_gap(p, q) - 180) > 1e-6 for p, q in zip(a, b, strict=True)]
    np.testing.assert_allclose(ours[clear], np.array(expected)[clear], rtol=1e-6, atol=1e-6)


def hue_gap(p: Array, q: Array) -> float:
    return abs(np.rad2deg(np.arctan2(p[2], p[1]) - np.arctan2(q[2], q[1]))) if p[1:].any() and q[1:].any() else 0.0


def spelled_out(p: Array, q: Array) -> float:
    """The paper's equations 2 to 22, one by one, with angles as hues."""
    (L1, a1, b1), (L2, a2, b2) = p, q
    C7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    G = 0.5 * (1 - np.sqrt(C7 / (C7 + 25**7)))
    a1, a2 = (1 + G) * a1, (1 + G) * a2
    C1, C2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.rad2deg(np.arctan2(y, x)) % 360 for x, y in ((a1, b1), (a2, b2)))
    dh, h = h2 - h1, (h1 + h2) / 2
    if C1 * C2 == 0:
        dh, h = 0, h1 + h2
    elif abs(dh) > 180:
        dh += 360 if dh < 0 else -360
        h += 180 if h < 180 else -180
    dL, dC, dH = L2 - L1, C2 - C1, 2 * np.sqrt(C1 * C2) * np.sin(np.deg2rad(dh / 2))
    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    T = (
        1
        - 0.17 * np.cos(np.deg2rad(h - 30))
        + 0.24 * np.cos(np.deg2rad(2 * h))
        + 0.32 * np.cos(np.deg2rad(3 * h + 6))
        - 0.20 * np.cos(np.deg2rad(4 * h - 63))
    )
    R_T = -2 * np.sqrt(C**7 / (C**7 + 25**7)) * np.sin(np.deg2rad(60 * np.exp(-(((h - 275) / 25) ** 2))))
    l_term = dL / (1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2))
    c_term, h_term = dC / (1 + 0.045 * C), dH / (1 + 0.015 * C * T)
    return float(np.sqrt(l_term**2 + c_term**2 + h_term**2 + R_T * c_term * h_term))


COLORAIDE = {
    "cie76": "76",
    "cie94": "94",
    "ciede2000": "2000",
    "cmc": "cmc",
    "hyab": "hyab",
    "oklab": "ok",
    "cam16-ucs": "cam16",
}


@pytest.mark.parametrize("name", NAMES)
def test_differences_equal_those_of_coloraide(name: str) -> None:
    a, b = np.random.default_rng(5).random((2, 200, 3))
    options = {"space": "lab-d65"} if name in ("cie76", "hyab", "ciede2000", "cie94", "cmc") else {}
    expected = [
        ColorAll("srgb-linear", list(p)).delta_e(ColorAll("srgb-linear", list(q)), method=COLORAIDE[name], **options)
        for p, q in zip(a, b, strict=True)
    ]
    np.testing.assert_allclose(difference(name).of_linear(a, b), expected, rtol=0, atol=1e-6)


COLOUR = {
    "cie76": ("CIE 1976", {}),
    "cie94": ("CIE 1994", {}),
    "ciede2000": ("CIE 2000", {}),
    "cmc": ("CMC", {}),
    "hyab": ("HyAB", {}),
    "cam16-ucs": ("CAM16-UCS", {}),
}


@pytest.mark.parametrize("name", COLOUR)
def test_differences_equal_those_of_colour_science(name: str, colour: ModuleType) -> None:
    a, b = spaces[difference(name).space].from_linear(np.random.default_rng(6).random((2, 500, 3)))
    method, options = COLOUR[name]
    np.testing.assert_allclose(
        difference(name)(a, b), colour.delta_E(a, b, method=method, **options), rtol=0, atol=1e-9
    )


def test_textile_options_reach_the_formulas(colour: ModuleType) -> None:
    a, b = spaces["cielab"].from_linear(np.random.default_rng(6).random((2, 50, 3)))
    np.testing.assert_allclose(
        difference("cie94")(a, b, lightness=2, chroma=0.048, hue=0.014),
        colour.delta_E(a, b, method="CIE 1994", textiles=True),
    )
    np.testing.assert_allclose(
        difference("cmc")(a, b, lightness=1, chroma=1), colour.delta_E(a, b, method="CMC", l=1, c=1)
    )
    np.testing.assert_allclose(
        difference("ciede2000")(a, b, lightness=2), colour.delta_E(a, b, method="CIE 2000", textiles=True)
    )


@pytest.mark.parametrize("name", NAMES)
@given(a=colors(4))
def test_equal_colors_have_a_difference_of_0(name: str, a: Array) -> None:
    np.testing.assert_array_equal(difference(name).of_linear(a, a.copy()), 0)


@pytest.mark.parametrize("name", NAMES)
@given(a=colors(4), b=colors(4))
def test_differences_are_finite_and_never_negative(name: str, a: Array, b: Array) -> None:
    d = difference(name).of_linear(a, b)
    assert np.isfinite(d).all()
    assert (d >= 0).all()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("cie94", "cmc")])
@given(a=colors(4), b=colors(4))
def test_symmetric_differences_ignore_the_order_of_two_colors(name: str, a: Array, b: Array) -> None:
    assert difference(name).symmetric
    np.testing.assert_allclose(difference(name).of_linear(a, b), difference(name).of_linear(b, a), atol=1e-9)


@given(cielab(4), cielab(4))
def test_ciede2000_is_symmetric_also_for_opposite_hues(a: Array, b: Array) -> None:
    opposite = a * [1, -1, -1]
    np.testing.assert_allclose(ciede2000(a, opposite), ciede2000(opposite, a), atol=1e-9)
    np.testing.assert_allclose(ciede2000(a, b), ciede2000(b, a), atol=1e-9)


@pytest.mark.parametrize("name", ["cie94", "cmc"])
def test_formulas_with_a_reference_color_are_declared_asymmetric(name: str) -> None:
    vivid, gray = np.array([50.0, 60, 30]), np.array([50.0, 0, 0])
    assert not difference(name).symmetric
    assert abs(difference(name)(vivid, gray) - difference(name)(gray, vivid)) > 1


def test_only_straight_distances_are_declared_euclidean() -> None:
    a, b = np.random.default_rng(8).random((2, 100, 3))
    for entry in differences.entries:
        convert = spaces[entry.value.space].from_linear
        straight = np.linalg.norm(convert(a) - convert(b), axis=-1)
        assert np.allclose(entry.value.of_linear(a, b), straight) is entry.value.euclidean


@pytest.mark.parametrize(
    "shapes", [((3,), (3,)), ((5, 3), (3,)), ((0, 3), (3,)), ((4, 1, 3), (5, 3)), ((2, 1, 1, 3), (4, 5, 3))]
)
@pytest.mark.parametrize("name", NAMES)
def test_colors_are_broadcast(name: str, shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    rng = np.random.default_rng(9)
    a, b = (spaces[difference(name).space].from_linear(rng.random(shape)) for shape in shapes)
    d = difference(name)(a, b)
    assert d.shape == np.broadcast_shapes(*shapes)[:-1]
    wide = np.broadcast_arrays(a, b)
    np.testing.assert_allclose(d, difference(name).function(*wide), rtol=0, atol=1e-10)


@pytest.mark.parametrize(
    "shapes", [((300, 1, 3), (200, 3)), ((7, 1, 3), (9000, 3)), ((40000, 3), (3,)), ((9000, 1, 3), (7, 3))]
)
def test_computing_in_blocks_gives_the_same_differences(shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    rng = np.random.default_rng(10)
    a, b = (rng.normal(0, 40, shape) for shape in shapes)
    np.testing.assert_allclose(difference("ciede2000")(a, b), ciede2000(a, b), rtol=0, atol=1e-10)


def test_a_distance_matrix_needs_little_memory_besides_its_own() -> None:
    points = np.random.default_rng(11).normal(0, 40, (1000, 3))
    tracemalloc.start()
    matrix = difference("ciede2000")(points[:, None], points)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < matrix.nbytes + 5e6
