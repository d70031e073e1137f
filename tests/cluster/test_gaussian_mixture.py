"""The mixture of Gaussians beside scikit-learn's, which takes no weights."""

import importlib

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from pochade import kernel

MIXTURE = importlib.import_module("pochade.cluster.gaussian_mixture")  # by name: a function in it is called the same


def drawn(seed):
    """Three long groups that overlap: points (600, 3)."""
    rng = np.random.default_rng(seed)
    askew = rng.normal(size=(3, 3, 3)) * [0.5, 0.2, 0.1]
    return np.vstack([rng.normal(size=(200, 3)) @ askew[j] + [j, j % 2, 0] for j in range(3)])


@pytest.mark.parametrize("covariance", ["full", "diag"])
@pytest.mark.parametrize("seed", range(3))
def test_it_is_that_of_scikit_learn_where_weights_are_equal(run, monkeypatch, covariance, seed):
    monkeypatch.setattr(MIXTURE, "SETTLED", 1e-10)
    monkeypatch.setattr(MIXTURE, "STEPS", 3000)
    points, weights = drawn(seed), np.full(600, 1 / 600)
    ours = run("gaussian-mixture", points, weights, 3, covariance=covariance)

    _, labels = kernel.lloyd(points, weights, points[kernel.farthest(points, weights, 3)], MIXTURE.ROUNDS)
    spread = np.sqrt(((points - points.mean(0)) ** 2).sum(1).mean())
    least = (MIXTURE.FLOOR * spread) ** 2
    scatter = [np.cov(points[labels == j].T, bias=True) + least * np.eye(3) for j in range(3)]
    theirs = GaussianMixture(
        3,
        covariance_type=covariance,
        tol=1e-10,
        max_iter=3000,
        reg_covar=least,
        weights_init=np.bincount(labels) / 600,
        means_init=[points[labels == j].mean(0) for j in range(3)],
        precisions_init=[np.linalg.inv(s) if covariance == "full" else 1 / np.diag(s) for s in scatter],
    ).fit(points)
    assert ours.centers == pytest.approx(theirs.means_, abs=1e-4)
    assert ours.labels.tolist() == theirs.predict(points).tolist()


def test_a_point_of_weight_n_counts_like_n_points(run):
    points, counts = drawn(5), np.random.default_rng(5).integers(1, 6, 600)
    belongs = np.random.default_rng(6).dirichlet(np.ones(3), 600).T
    once = MIXTURE._maximized(belongs, MIXTURE._products(points.T) * counts)
    repeated = MIXTURE._maximized(belongs.repeat(counts, 1), MIXTURE._products(points.repeat(counts, 0).T))
    for ours, theirs in zip(once, repeated, strict=True):
        assert ours == pytest.approx(theirs)


def test_a_narrow_group_within_a_wide_one_is_one_cluster(run):
    rng = np.random.default_rng(0)
    points = np.vstack([rng.normal(0, 1, (500, 3)), rng.normal([0.8, 0, 0], 0.05, (200, 3))])
    narrow = np.arange(700) >= 500

    def apart(method):
        labels = run(method, points, np.full(700, 1 / 700), 2).labels
        return max(np.mean((labels == j) == narrow) for j in (0, 1))

    assert apart("gaussian-mixture") > 0.97
    assert apart("kmeans") < 0.9
