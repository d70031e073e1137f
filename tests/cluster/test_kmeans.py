import numpy as np
import pytest

import pochade
from pochade import kernel
from pochade.cluster import methods


def full_pixel_lloyd(points, centers):
    """Textbook Lloyd over every pixel in float64: the squared error it ends with."""
    for _ in range(300):
        d = ((points[:, None] - centers[None]) ** 2).sum(2)
        labels = d.argmin(1)
        new = np.stack([points[labels == j].mean(0) if (labels == j).any() else c for j, c in enumerate(centers)])
        if np.allclose(new, centers, atol=1e-12):
            break
        centers = new
    return error(points, centers)


def error(points, centers):
    return ((points[:, None] - centers[None]) ** 2).sum(2).min(1).sum()


def test_squared_error_is_that_of_full_pixel_lloyd_from_the_same_seeds(photos):
    for photo in photos:
        counted = pochade.histogram(pochade.read(photo))
        points = kernel.oklab(np.ones(photo[..., 0].size, np.uint64), photo.reshape(-1, 3).astype(np.uint64))
        coarse = counted.coarse
        weights = coarse.counts / coarse.counts.sum()
        seeds = coarse.oklab[kernel.farthest(coarse.oklab, weights, 8)]
        clusters = methods["kmeans"].value(
            counted.oklab, counted.counts / counted.counts.sum(), 8, rng=None, coarse=(coarse.oklab, weights)
        )
        assert error(points, clusters.centers) <= 1.005 * full_pixel_lloyd(points, seeds)


@pytest.mark.parametrize("init", ["farthest", "k-means++", "random"])
def test_every_start_gives_k_clusters_of_all_points(photo, init):
    palette = pochade.extract(photo, 9, method="kmeans", init=init, seed=2)
    assert len(palette) == 9
    assert palette.weights.sum() == pytest.approx(1)


def test_more_starts_find_less_error(photo):
    points = kernel.oklab(np.ones(photo[..., 0].size, np.uint64), photo.reshape(-1, 3).astype(np.uint64))

    def found(n):
        palettes = (pochade.extract(photo, 6, method="kmeans", init="random", n_init=n, seed=seed) for seed in range(8))
        return np.mean([error(points, palette.oklab) for palette in palettes])

    assert found(12) < found(1)
