"""Seeds: the points that k-means and its kin start from."""

from __future__ import annotations  # numpy.random is a tenth of the start-up: the annotation must not import it

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Points, Weights

Init = Literal["farthest", "k-means++", "random"]
"""How to start. "farthest" takes the heaviest point, then always the one of largest weight x squared distance, and
needs no chance; "k-means++" draws by weight x squared distance, "random" by weight."""


def start(
    points: Points, weights: Weights, k: int, init: Init, rng: np.random.Generator, fixed: Points | None = None
) -> Points:
    """The centers to start from, at most k: the fixed ones, and seeds.

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
    """Which points to start from. near : squared distances to centers that there are already."""
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
