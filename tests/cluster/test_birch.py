"""BIRCH: its tree and its global step beside scikit-learn's."""

import importlib

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering, Birch

BIRCH = importlib.import_module("pochade.cluster.birch")  # by name: a function in it is called the same


@pytest.mark.parametrize(("radius", "most"), [(0.1, 50), (0.15, 5), (0.3, 3), (0.02, 8)])
def test_the_small_clusters_are_those_of_scikit_learn(cloud, monkeypatch, radius, most):
    monkeypatch.setattr(BIRCH, "REACH", np.inf)  # the paper's own rule
    points, _ = cloud
    theirs = Birch(threshold=radius, branching_factor=most, n_clusters=None).fit(points).subcluster_centers_
    ours, held = BIRCH.gather(points, np.ones(len(points)), radius, most)
    assert np.array(sorted(ours.tolist())) == pytest.approx(np.array(sorted(theirs.tolist())), abs=1e-9)
    assert held.sum() == len(points)


def test_a_heavy_color_does_not_swallow_a_far_one():
    points, weights = np.array([[0.0, 0, 0], [1, 0, 0], [0, 0.01, 0]]), np.array([1e6, 1, 1e6])
    ours, held = BIRCH.gather(points, weights, 0.1, 50)
    assert ours.tolist() == [[0, 0.005, 0], [1, 0, 0]]
    assert held.tolist() == [2e6, 1]


@pytest.mark.parametrize("k", [1, 2, 6, 25])
def test_merging_points_of_weight_n_is_wards_method_on_n_points(k):
    rng = np.random.default_rng(k)
    points, counts = rng.random((80, 3)), rng.integers(1, 6, 80)
    ours = BIRCH.ward(points, counts.astype(float), k)
    theirs = AgglomerativeClustering(k, linkage="ward").fit(points.repeat(counts, 0)).labels_
    pairs = set(zip(ours.repeat(counts).tolist(), theirs.tolist(), strict=True))
    assert len(pairs) == k == len(set(theirs.tolist()))


def test_a_large_threshold_still_gives_k_clusters(cloud, run):
    points, counts = cloud
    assert len(run("birch", points, counts / counts.sum(), 12, threshold=5.0).centers) == 12
