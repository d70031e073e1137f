"""k-means: least squared distance from points to centers."""

from __future__ import annotations  # numpy.random is a tenth of the start-up: the annotation must not import it

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.errors import OptionError

ROUNDS = 12
"""Rounds on the coarse points; half of that after a swap, which changes little. Most runs settle earlier."""

SWAPS = 2
"""At most so many centers are moved; the first that does not help ends it, mostly at once."""

POLISH = 5
"""Rounds on the fine points, from where the coarse ones have settled: almost always enough to settle again."""


@methods.register("kmeans", levels=64)
def kmeans(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    coarse: tuple[Points, Weights],
    init: Literal["farthest", "k-means++", "random"] = "farthest",
    n_init: int = 1,
) -> Clusters:
    """Weighted k-means: the palette of least squared error, which favors colors that cover much.

    Solved on the coarse histogram first and then on the fine one, which costs a tenth. In between, a center that is
    hardly missed is moved into the cluster of most error as long as that helps: so the error is on average 1 % below
    that of plain Lloyd steps over every pixel from the same seeds.

    Parameters
    ----------
    init : "farthest" takes the heaviest point, then always the one of largest weight x squared distance, and needs no
        chance; "k-means++" draws by weight x squared distance, "random" by weight.
    n_init : how many starts to try (those that draw); the one of least error wins.

    References
    ----------
    Lloyd 1982, "Least squares quantization in PCM"; Arthur and Vassilvitskii 2007, "k-means++: the advantages of
    careful seeding"; Fränti and Kivijärvi 2000, "Randomised local search algorithm for the clustering problem" (the
    swaps; ours are not drawn).
    """
    if n_init < 1:
        raise OptionError(f"n_init={n_init} is not allowed: give a whole number from 1.")
    few, heavy = coarse
    found = []
    for _ in range(1 if init == "farthest" else n_init):
        centers = _swapped_while_better(few, heavy, few[_seeds(few, heavy, k, init, rng)])
        found.append(kernel.lloyd(points, weights, centers, POLISH))
    best = found[0] if len(found) == 1 else min(found, key=lambda start: _error(points, weights, start[0]))
    return Clusters(*compact(*best))


def _error(points: Points, weights: Weights, centers: Points) -> float:
    """The mean squared distance of points to their nearest center."""
    _, near = kernel.assign(points, centers)
    return float(weights @ near[:, 0])


def _swapped_while_better(points: Points, weights: Weights, seeds: Points) -> Points:
    """The centers that Lloyd steps reach from the seeds, and swaps from there."""
    centers, _ = kernel.lloyd(points, weights, seeds, ROUNDS)
    error = _error(points, weights, centers)
    for _ in range(SWAPS):
        moved, _ = kernel.lloyd(points, weights, _swapped(points, weights, centers), ROUNDS // 2)
        less = _error(points, weights, moved)
        if less >= error:
            break
        error, centers = less, moved
    return centers


def _swapped(points: Points, weights: Weights, centers: Points) -> Points:
    """The centers, with the one least missed moved to the farthest point of the cluster of most error."""
    k = len(centers)
    labels, near = kernel.assign(points, centers)
    missed = np.bincount(labels, weights * (near[:, 1] - near[:, 0]), k)
    error = weights * near[:, 0]
    spare = int(missed.argmin())
    worst = np.bincount(labels, error, k)
    worst[spare] = -1
    centers = centers.copy()
    centers[spare] = points[np.where(labels == worst.argmax(), error, 0).argmax()]
    return centers


def _seeds(points: Points, weights: Weights, k: int, init: str, rng: np.random.Generator) -> NDArray[np.int64]:
    k = min(k, len(points))
    if init == "farthest":
        return kernel.farthest(points, weights, k)
    if init == "random":
        drawn: NDArray[np.int64] = rng.choice(len(points), k, replace=False, p=weights / weights.sum())
        return drawn
    seeds = [int(rng.choice(len(points), p=weights / weights.sum()))]
    near = np.full(len(points), np.inf)
    while len(seeds) < k:
        near = np.minimum(near, ((points - points[seeds[-1]]) ** 2).sum(1))
        chance = weights * near
        if not chance.any():
            break
        seeds.append(int(rng.choice(len(points), p=chance / chance.sum())))
    return np.array(seeds, np.int64)
