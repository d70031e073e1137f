"""Seeds: the starting points of k-means and similar methods."""

from __future__ import annotations  # keeps numpy.random, a tenth of the start, out of the import

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Points, Weights

Init = Literal["farthest", "k-means++", "random"]
"""The choice of seeds. "farthest" takes the heaviest point, then each time the one of largest weight x squared
distance, without randomness; "k-means++" draws by weight x squared distance, "random" by weight."""


def start(
    points: Points, weights: Weights, k: int, init: Init, rng: np.random.Generator, fixed: Points | None = None
) -> Points:
    """The starting centers, at most k: the fixed ones, then seeds.

    References
    ----------
    Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding".
    """
    if fixed is None:
        return points[_seeds(points, weights, min(k, len(points)), init, rng, None)]
    near = kernel.assign(points, fixed)[1][:, 0].astype(np.float64)
    return np.vstack([fixed, points[_seeds(points, weights, min(k - len(fixed), len(points)), init, rng, near)]])


def _seeds(
    points: Points, weights: Weights, k: int, init: Init, rng: np.random.Generator, near: Weights | None
) -> NDArray[np.int64]:
    """The indices of the seeds. near : squared distances to the fixed centers, or None."""
    if init == "farthest" and near is None:
        return kernel.farthest(points, weights, k)
    if init == "random":
        drawn: NDArray[np.int64] = rng.choice(len(points), k, replace=False, p=weights / weights.sum())
        return drawn
    seeds: list[int] = []
    while len(seeds) < k:
        chance = weights if near is None else weights * near
        if not chance.any():
            break
        draws = init != "farthest"
        seeds.append(int(rng.choice(len(points), p=chance / chance.sum()) if draws else chance.argmax()))
        far = ((points - points[seeds[-1]]) ** 2).sum(1)
        near = far if near is None else np.minimum(near, far)
    return np.array(seeds, np.int64)
