"""Mean shift beside scikit-learn's, which takes no weights."""

import importlib

import numpy as np
import pytest
from sklearn.cluster import MeanShift

SHIFT = importlib.import_module("pochade.cluster.mean_shift")  # by name: a function in it is called the same


@pytest.mark.parametrize("reach", [0.3, 0.5, 1.0])
def test_the_peaks_are_those_of_scikit_learn_where_weights_are_equal(cloud, blobs, reach):
    for points, *_ in (cloud, blobs):
        about = points - points.mean(0)
        theirs = MeanShift(bandwidth=reach, bin_seeding=True).fit(about).cluster_centers_
        ours = SHIFT._peaks(about, np.ones(len(about)), reach)
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_of_more_peaks_than_k_the_heaviest_stay(blobs, run):
    points, _, group = blobs
    share = np.array([0.3, 0.02, 0.35, 0.03, 0.3])
    weights = (share / np.bincount(group))[group]
    clusters = run("mean-shift", points, weights, 3)
    middles = np.array([points[group == j].mean(0) for j in (0, 2, 4)])
    assert (np.abs(clusters.centers[:, None] - middles).max(2).min(0) < 0.05).all()


def test_a_narrow_ball_finds_more_peaks_than_a_wide_one(cloud, run):
    points, counts = cloud
    m = [len(run("mean-shift", points, counts / counts.sum(), 256, bandwidth=b).centers) for b in (0.2, 0.5, 3.0)]
    assert m[0] > m[1] > m[2] == 1
