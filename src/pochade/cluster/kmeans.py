"""k-means: least squared distance from points to centers."""

from __future__ import annotations  # keeps numpy.random, a tenth of the start, out of the import

from typing import Annotated

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.pick import pick
from pochade.cluster.seeds import Init, start
from pochade.option import Within

ROUNDS = 12
"""Rounds on the coarse points; half of that after a swap, which changes little. Most runs settle earlier."""

SWAPS = 2
"""At most so many centers are moved; the first that does not help ends it, mostly at once."""

POLISH = 5
"""Rounds on the fine points, from where the coarse ones have settled: almost always enough to settle again."""


MAX_RUNS = 1000
"""Starts, or runs: seconds, of which the last ones win nothing."""


@methods.register("kmeans", levels=64)
def kmeans(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    coarse: tuple[Points, Weights],
    fixed: Points | None = None,
    among: Points | None = None,
    init: Init = "farthest",
    n_init: Annotated[int, Within(1, MAX_RUNS)] = 1,
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
    few, heavy = coarse
    still = 0 if fixed is None else len(fixed)
    if among is not None:
        centers, _ = pick(few, heavy, among, k, fixed=fixed)
        return Clusters(*compact(centers, kernel.assign(points, centers)[0], still))
    found = []
    for _ in range(1 if init == "farthest" else n_init):
        centers = _swapped_while_better(few, heavy, start(few, heavy, k, init, rng, fixed), still)
        found.append(kernel.lloyd(points, weights, centers, POLISH, still))
    best = found[0] if len(found) == 1 else min(found, key=lambda one: _error(points, weights, one[0]))
    return Clusters(*compact(*best, still))


def _error(points: Points, weights: Weights, centers: Points) -> float:
    """The mean squared distance of points to their nearest center."""
    _, near = kernel.assign(points, centers)
    return float((weights * near[:, 0]).sum())


def _swapped_while_better(points: Points, weights: Weights, seeds: Points, still: int) -> Points:
    """The centers that Lloyd steps reach from the seeds, and swaps from there; the first `still` do not move."""
    centers, _ = kernel.lloyd(points, weights, seeds, ROUNDS, still)
    error = _error(points, weights, centers)
    for _ in range(SWAPS if len(centers) > still else 0):
        moved, _ = kernel.lloyd(points, weights, _swapped(points, weights, centers, still), ROUNDS // 2, still)
        less = _error(points, weights, moved)
        if less >= error:
            break
        error, centers = less, moved
    return centers


def _swapped(points: Points, weights: Weights, centers: Points, still: int) -> Points:
    """The centers, with the one least missed moved to the farthest point of the cluster of most error.

    The first `still` stay.
    """
    k = len(centers)
    labels, near = kernel.assign(points, centers)
    missed = np.bincount(labels, weights * (near[:, 1] - near[:, 0]), k)
    missed[:still] = np.inf
    error = weights * near[:, 0]
    spare = int(missed.argmin())
    worst = np.bincount(labels, error, k)
    worst[spare] = -1
    centers = centers.copy()
    centers[spare] = points[np.where(labels == worst.argmax(), error, 0).argmax()]
    return centers
