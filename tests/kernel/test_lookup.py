"""The loops over the colors of many pictures: both kernels agree, and the bound is one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade.collection.slices import DIRECTIONS, INTERVALS, bounds, slices
from pochade.kernel import lookup
from pochade.similarity import earth_mover

compiled = pytest.importorskip("pochade.kernel._lookup", reason="no compiled kernel on this machine")

SEEDS = st.integers(0, 2**32)


def palettes(seed, n, most=8):
    """Random palettes: int16 points, their ends, and float64 points and weights."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(0, most + 1, n)
    ends = lengths.cumsum()
    points = rng.uniform([0, -0.3, -0.3], [1, 0.3, 0.3], (int(lengths.sum()), 3))
    return np.rint(points * lookup.UNIT).astype(np.int16), ends, points, rng.uniform(0.01, 1, len(points))


@settings(max_examples=40)
@given(SEEDS, st.integers(1, 40))
def test_both_kernels_find_the_nearest_color_of_each_picture(seed, n):
    points, ends, _, _ = palettes(seed, n)
    wish = np.array([9000, 500, -700], np.int16)
    np.testing.assert_array_equal(lookup.closest(points, ends, wish), compiled.closest(points, ends, wish))


@settings(max_examples=40)
@given(SEEDS, st.integers(0, 300), st.integers(0, 20_000))
def test_both_kernels_gather_the_cells_near_a_color(seed, m, radius):
    rng = np.random.default_rng(seed)
    points = rng.integers(-9000, 16384, (m, 3), dtype=np.int16)
    points[m // 2 :] = points[: m - m // 2]  # equal distances
    shares, rows = rng.integers(1, 9999, m, dtype=np.uint16), rng.integers(0, 12, m, dtype=np.uint32)
    spans = np.array([[0, m // 3], [m // 3, m // 2], [m // 2, m]])
    results = []
    for kernel in (lookup, compiled):
        far, mass, at = np.full(12, lookup.NOTHING, np.int32), np.zeros(12, np.uint32), np.full(12, -1, np.int64)
        wish = np.array([8000, 100, 0], np.int16)
        kernel.gather_near(points, shares, rows, spans, wish, radius**2, far, mass, at)
        results.append((far, mass, at))
    for one, other in zip(*results, strict=True):
        np.testing.assert_array_equal(one, other)


@settings(max_examples=20)
@given(SEEDS)
def test_both_kernels_agree_on_the_sliced_bound(seed):
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 65536, (50, DIRECTIONS, INTERVALS), dtype=np.uint16)
    np.testing.assert_array_equal(lookup.sliced(table, table[7]), compiled.sliced(table, table[7]))
    limit = int(np.median(lookup.sliced(table, table[7])))
    np.testing.assert_array_equal(lookup.sliced(table, table[7], limit), compiled.sliced(table, table[7], limit))
    assert lookup.sliced(table, table[7], limit)[7] == 0


@settings(max_examples=60)
@given(SEEDS)
def test_the_sliced_bound_never_exceeds_the_earth_movers_distance(seed):
    _, ends, points, weights = palettes(seed, 12)
    table = slices(points, weights, ends)
    parts = [slice(int(end) - int(n), int(end)) for end, n in zip(ends, np.diff(ends, prepend=0), strict=True) if n]
    tables = table[np.diff(ends, prepend=0) > 0]
    if not parts:
        return
    least = bounds(lookup.sliced(tables, tables[0]))
    exact = [earth_mover(points[parts[0]], weights[parts[0]], points[part], weights[part]) for part in parts]
    assert (least <= np.array(exact)).all()
    assert least[0] == 0


@pytest.mark.parametrize("kernel", [lookup, compiled], ids=["reference", "compiled"])
def test_the_bound_of_two_flat_pictures_is_close_to_their_distance(kernel):
    points = np.array([[0.2, 0.1, 0.0], [0.7, -0.1, 0.1]])
    table = slices(points, np.ones(2), np.array([1, 2]))
    (least,) = bounds(kernel.sliced(table[:1], table[1]))
    exact = float(np.linalg.norm(points[0] - points[1]))
    assert 0.9 * exact < least <= exact


def test_wrong_shapes_are_refused():
    three, ends = np.zeros((2, 3), np.int16), np.array([2])
    with pytest.raises(ValueError, match="points must be"):
        compiled.closest(three, np.array([3]), three[0])
    with pytest.raises(ValueError, match="query must be"):
        compiled.sliced(np.zeros((1, 2, 3), np.uint16), np.zeros((2, 2), np.uint16))
    one, far, at = np.zeros(2, np.uint32), np.zeros(1, np.int32), np.zeros(1, np.int64)
    with pytest.raises(ValueError, match="span"):
        compiled.gather_near(three, one.astype(np.uint16), one, np.array([[0, 3]]), three[0], 1, far, one[:1], at)
    assert len(compiled.closest(three, ends, three[0])) == 1
