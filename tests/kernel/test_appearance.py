"""The compiled functions of appearance and their NumPy twins give the same results."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.kernel import appearance as reference

compiled = pytest.importorskip("pochade.kernel._appearance", reason="no compiled kernel on this machine")
KERNELS = [compiled, reference]

seeds = st.integers(0, 2**32 - 1)


def counted(seed, n):
    """The counts and sums of n bins: grays, dark colors and black among them, with fractional means."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 1000, n).astype(np.uint64)
    codes = rng.integers(0, 256, (n, 3))
    codes[::3] //= 16
    codes[::4] = codes[::4, :1]
    codes[:1] = 0
    sums = codes * counts[:, None].astype(np.int64) + rng.integers(0, 2, (n, 3)) * (codes < 255)
    return counts, sums.astype(np.uint64)


def colors(seed, n, m):
    """Points in DIN99o with many of equal weight, a cluster for each, and the color of each cluster."""
    rng = np.random.default_rng(seed)
    places = reference.din99o(*counted(seed, n))
    weights = rng.integers(1, 4, n) / (4 * n)
    labels = rng.integers(0, m, n).astype(np.int32)
    return places, weights, labels, places[rng.integers(0, n, m)] + 1


@settings(max_examples=20)
@given(seeds, st.integers(1, 300))
def test_both_kernels_convert_to_din99o_the_same(seed, n):
    counts, sums = counted(seed, n)
    a, b = (module.din99o(counts, sums) for module in KERNELS)
    np.testing.assert_allclose(a, b, atol=1e-11)
    exact = spaces["din99o"].from_linear(decode(sums / counts[:, None].astype(np.float64)))
    np.testing.assert_allclose(b, exact, atol=1e-11)


@pytest.mark.parametrize("module", KERNELS)
def test_din99o_of_black_is_0_and_of_white_100(module):
    codes = np.array([[0, 0, 0], [255, 255, 255]], np.uint64)
    np.testing.assert_allclose(module.din99o(np.ones(2, np.uint64), codes), [[0, 0, 0], [100, 0, 0]], atol=1e-10)


@settings(max_examples=20)
@given(seeds, st.integers(1, 30))
def test_both_kernels_compute_the_ciede2000_of_the_registered_difference(seed, n):
    cielab = np.ascontiguousarray(
        spaces["cielab"].from_linear(decode(np.random.default_rng(seed).random((n, 3)) * 255))
    )
    cielab[::5, 1:] = 0
    exact = differences["ciede2000"](cielab[:, None], cielab[None, ::-1])
    for module in KERNELS:
        np.testing.assert_allclose(module.ciede2000(cielab, cielab[::-1].copy()), exact, atol=1e-8)


@pytest.mark.parametrize("module", KERNELS)
def test_ciede2000_has_the_values_that_sharma_wu_and_dalal_publish(module):
    pairs = [  # pairs 1, 7, 10, 15, 17 and 25 of their table 1
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0010), 7.1792),
        ((50.0, -0.0010, 2.4900), (50.0, 0.0011, -2.4900), 4.7461),
        ((50.0, 2.5000, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, two, difference in pairs:
        got = module.ciede2000(np.array([one]), np.array([two]))
        np.testing.assert_allclose(got, [[difference]], atol=5e-5)


@settings(max_examples=20)
@given(seeds, st.integers(1, 300), st.integers(1, 9))
def test_both_kernels_find_the_same_means_and_purity(seed, n, m):
    places, weights, labels, shown = colors(seed, n, m)
    emphasis = places[:, 0] + 1
    for name, more in (("means", (emphasis, m)), ("purity", (shown, 20.0, 12.0))):
        a, b = (getattr(module, name)(places, labels, weights, *more) for module in KERNELS)
        for one, other in zip(a, b, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("module", KERNELS)
def test_the_mean_of_an_empty_cluster_is_0(module):
    one = np.ones((1, 3))
    shares, plain, vivid = module.means(one, np.array([1], np.int32), np.ones(1), np.zeros(1), 2)
    assert shares.tolist() == [0, 1]
    assert plain.tolist() == [[0, 0, 0], [1, 1, 1]]
    assert vivid.tolist() == [[0, 0, 0], [0, 0, 0]]


@settings(max_examples=40)
@given(seeds, st.integers(1, 300), st.integers(1, 9))
def test_both_kernels_find_the_same_hues_and_areas(seed, n, m):
    places, weights, labels, shown = colors(seed, n, m)
    members = np.flatnonzero(labels == labels[0])
    a, b = (module.hues(places, weights, members, 48, 9.0, 12.0, 8.0, 0.4) for module in KERNELS)
    np.testing.assert_array_equal(a[0], b[0])
    assert a[1] == pytest.approx(b[1])
    a, b = (module.unlike(places, weights, shown, 16, 15.0, 12.0) for module in KERNELS)
    np.testing.assert_array_equal(a[0], b[0])
    assert a[1:] == pytest.approx(b[1:])


@pytest.mark.parametrize("module", KERNELS)
def test_a_cluster_of_two_hues_has_the_heavier_one_and_the_weight_of_the_other(module):
    green, yellow = [60.0, -25.0, 5.0], [75.0, 0.0, 30.0]
    places = np.array([green, yellow, green, yellow, green]) + np.arange(5)[:, None] / 10
    weights, members = np.array([0.1, 0.2, 0.1, 0.3, 0.25]), np.array([0, 1, 2, 3])
    points, other = module.hues(places, weights, members, 48, 6.0, 12.0, 12.0, 0.4)
    assert points.tolist() == [1, 3]
    assert other == pytest.approx(0.2)
    points, other = module.hues(places, weights, np.array([1, 3]), 48, 6.0, 12.0, 12.0, 0.4)
    assert (len(points), other) == (0, 0)


@pytest.mark.parametrize("module", KERNELS)
def test_of_areas_of_equal_weight_the_first_is_the_largest(module):
    places = np.repeat(np.array([[10.0, 0, 0], [50.0, 20, 0], [90.0, 0, 0]]), 10, 0)
    members, area, missed = module.unlike(places, np.full(30, 0.1 / 3), np.array([[12.0, 0, 0]]), 16, 15.0, 12.0)
    assert members.tolist() == list(range(10, 20))
    assert (area, missed) == pytest.approx((1 / 3, 2 / 3))
    members, area, missed = module.unlike(places, np.full(30, 0.1 / 3), places[::10].copy(), 16, 15.0, 12.0)
    assert (len(members), area, missed) == (0, 0, 0)
