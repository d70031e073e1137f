"""The compiled kernel of pairwise methods and its NumPy twin give the same bits."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade import kernel
from pochade.kernel import linkage, pairs

compiled_linkage = pytest.importorskip("pochade.kernel._linkage", reason="no compiled kernel on this machine")
compiled_pairs = pytest.importorskip("pochade.kernel._pairs", reason="no compiled kernel on this machine")


def assert_same(a, b):
    for x, y in zip(a, b, strict=True):
        np.testing.assert_array_equal(x, y)


def distances(points):
    return np.sqrt(((points[:, None] - points) ** 2).sum(2)).astype(np.float32)


@st.composite
def weighted_points(draw, most=150):
    """Points of the unit cube, sometimes on a coarse lattice with many equal distances; and weights."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    points = rng.random((draw(st.integers(1, most)), 3))
    if draw(st.booleans()):
        points = np.unique(np.round(4 * points) / 4, axis=0)
    weights = rng.random(len(points)) ** 4 + 1e-6
    return points, weights / weights.sum()


@settings(max_examples=60)
@given(weighted_points())
def test_both_kernels_grow_the_same_trees(case):
    points, weights = case
    assert_same(linkage.ward(points, weights), compiled_linkage.ward(points, weights))
    assert_same(linkage.spanning(points), compiled_linkage.spanning(points))
    for rule in ("average", "complete", "single"):
        far = distances(points)
        assert_same(linkage.linked(far.copy(), weights, rule), compiled_linkage.linked(far, weights, rule))


@settings(max_examples=60)
@given(weighted_points(), st.sampled_from([0.01, 0.1, 0.25, 0.5]), st.floats(0.001, 0.5))
def test_both_kernels_find_the_same_dense_points(case, radius, enough):
    points, weights = case
    mass = pairs.within(points, weights, radius)
    np.testing.assert_array_equal(mass, compiled_pairs.within(points, weights, radius))
    core = mass >= enough
    np.testing.assert_array_equal(pairs.spread(points, core, radius), compiled_pairs.spread(points, core, radius))


@settings(max_examples=60)
@given(weighted_points(60), st.integers(1, 9), st.integers(0, 3))
def test_both_kernels_choose_the_same_medoids(case, k, fixed):
    points, weights = case
    fixed = min(fixed, k, len(points))
    far = distances(points)
    chosen = pairs.medoids(far, weights, k, fixed)
    np.testing.assert_array_equal(chosen, compiled_pairs.medoids(far, weights, k, fixed))
    assert chosen[:fixed].tolist() == list(range(fixed))
    assert len(set(chosen.tolist())) == len(chosen) <= k


def test_the_memory_of_ward_is_linear_in_the_points():
    rng = np.random.default_rng(0)
    points, weights = rng.random((3000, 3)), np.full(3000, 1 / 3000)
    tracemalloc.start()
    kernel.ward(points, weights)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 500 * len(points)  # a matrix takes 12,000 bytes a point


def test_a_tree_joins_all_points():
    rng = np.random.default_rng(1)
    points, weights = rng.random((400, 3)), np.full(400, 1 / 400)
    for tree, heights in (
        kernel.ward(points, weights),
        kernel.spanning(points),
        kernel.linked(distances(points), weights, "average"),
    ):
        group = np.arange(400)
        for a, b in tree.tolist():
            assert group[a] != group[b]
            group[group == group[b]] = group[a]
        assert (group == group[0]).all()
        assert (heights >= 0).all()
