"""k-means: least squared distance from points to centers."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods

POLISH = 100
"""Steps on the fine points: almost always a handful, as the coarse ones end next to the same optimum."""


@methods.register("kmeans", levels=64)
def kmeans(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    parents: NDArray[np.int32],
    init: Literal["farthest", "k-means++", "random"] = "farthest",
    n_init: int = 1,
) -> Clusters:
    """Weighted k-means (Lloyd): the palette of least squared error, which favors colors that cover much.

    Solved on the coarse histogram first and then on the fine one, which costs a tenth and ends in the same place.

    Parameters
    ----------
    init : "farthest" takes the heaviest point, then always the one of largest weight x squared distance, and needs no
        chance; "k-means++" draws by weight x squared distance, "random" by weight.
    n_init : how many starts to try (those that draw); the one of least error wins.

    References
    ----------
    Lloyd 1982, "Least squares quantization in PCM"; Arthur and Vassilvitskii 2007, "k-means++: the advantages of
    careful seeding".
    """
    groups = int(parents.max()) + 1
    heavy = np.bincount(parents, weights, groups)
    coarse = np.stack([np.bincount(parents, weights * p, groups) for p in points.T], 1) / heavy[:, None]
    best, least = None, np.inf
    for _ in range(1 if init == "farthest" else max(1, n_init)):
        centers, labels = kernel.lloyd(coarse, heavy, coarse[_seeds(coarse, heavy, k, init, rng)])
        error = float(heavy @ ((coarse - centers[labels]) ** 2).sum(1))
        if error < least:
            best, least = centers, error
    assert best is not None
    return Clusters(*compact(*kernel.lloyd(points, weights, best, POLISH)))


def _seeds(
    points: Points, weights: Weights, k: int, init: str, rng: np.random.Generator
) -> NDArray[np.int64]:
    k = min(k, len(points))
    if init == "farthest":
        return kernel.farthest(points, weights, k)
    if init == "random":
        return rng.choice(len(points), k, replace=False, p=weights / weights.sum())
    seeds = [int(rng.choice(len(points), p=weights / weights.sum()))]
    near = np.full(len(points), np.inf)
    while len(seeds) < k:
        near = np.minimum(near, ((points - points[seeds[-1]]) ** 2).sum(1))
        chance = weights * near
        if not chance.any():
            break
        seeds.append(int(rng.choice(len(points), p=chance / chance.sum())))
    return np.array(seeds, np.int64)
