"""Methods that draw by the seed: mini-batch k-means and the ensemble."""

import numpy as np
import pytest

import pochade


def error(points, weights, centers):
    return (weights * ((points[:, None] - centers) ** 2).sum(2).min(1)).sum()


@pytest.mark.parametrize("method", ["minibatch-kmeans", "ensemble"])
def test_the_error_is_near_that_of_kmeans(cloud, run, method):
    points, counts = cloud
    weights = counts / counts.sum()
    best = error(points, weights, run("kmeans", points, weights, 8).centers)
    for seed in range(3):
        assert error(points, weights, run(method, points, weights, 8, seed).centers) < 1.15 * best


@pytest.mark.parametrize("method", ["minibatch-kmeans", "ensemble"])
def test_a_seed_gives_one_palette_and_others_give_others(photo, method):
    palettes = [pochade.extract(photo, 7, method=method, seed=seed) for seed in (1, 1, 2, 3)]
    assert palettes[0] == palettes[1]
    assert len({tuple(palette.hex) for palette in palettes}) > 1


def test_more_runs_drift_less_from_seed_to_seed(cloud, run):
    points, counts = cloud

    def drift(runs):
        found = [run("ensemble", points, counts / counts.sum(), 4, seed, runs=runs).centers for seed in range(6)]
        return np.mean([np.sqrt(((a[:, None] - b) ** 2).sum(2).min(1)).mean() for a in found for b in found])

    assert drift(6) < 0.9 * drift(1)


def test_a_larger_batch_follows_the_picture_more_closely(cloud, run):
    points, counts = cloud
    weights = counts / counts.sum()

    def found(size):
        drawn = (run("minibatch-kmeans", points, weights, 8, seed, batch_size=size) for seed in range(8))
        return np.mean([error(points, weights, clusters.centers) for clusters in drawn])

    assert found(1024) < found(8)
