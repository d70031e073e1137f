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
        clusters = methods["kmeans"](
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


def test_it_is_that_of_scikit_learn_from_the_same_start(blobs):
    from sklearn.cluster import KMeans

    points, weights, _ = blobs
    start = points[kernel.farthest(points, weights, 5)]
    theirs = KMeans(5, init=start, n_init=1, tol=0, max_iter=1000).fit(points, sample_weight=weights)
    ours = methods["kmeans"](points, weights, 5, rng=None, coarse=(points, weights))
    assert ours.centers == pytest.approx(theirs.cluster_centers_, abs=1e-6)
    assert ours.labels.tolist() == theirs.labels_.tolist()


def test_plain_steps_are_those_of_scikit_learn_where_there_are_no_groups_too(cloud):
    from sklearn.cluster import KMeans

    points, counts = cloud
    points = points.astype(np.float32).astype(np.float64)  # the kernel compares in it
    weights = counts / counts.sum()
    for seed in range(12):
        start = np.random.default_rng(seed).choice(points, 6, replace=False)
        centers, labels = kernel.lloyd(points, weights, start, 1000, step=1)
        theirs = KMeans(6, init=start, n_init=1, tol=0, max_iter=1000).fit(points, sample_weight=weights)
        assert labels.tolist() == theirs.labels_.tolist()
        assert centers == pytest.approx(theirs.cluster_centers_, abs=1e-6)


def test_where_there_are_no_groups_scikit_learn_cannot_go_on_from_where_it_ends(cloud):
    """Steps beyond the mean end in another local optimum than plain ones, on average one of less error."""
    from sklearn.cluster import KMeans

    points, counts = cloud
    weights = counts / counts.sum()
    ours, theirs = [], []
    for seed in range(12):
        start = np.random.default_rng(seed).choice(points, 6, replace=False)
        centers, labels = kernel.lloyd(points, weights, start, 1000)
        again = KMeans(6, init=centers, n_init=1, tol=0, max_iter=1000).fit(points, sample_weight=weights)
        assert again.labels_.tolist() == labels.tolist()
        ours.append(again.inertia_)
        theirs.append(KMeans(6, init=start, n_init=1, tol=0, max_iter=1000).fit(points, sample_weight=weights).inertia_)
    assert np.mean(ours) <= 1.002 * np.mean(theirs)
