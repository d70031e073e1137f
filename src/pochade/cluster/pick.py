"""Choose centers from a set of candidates, for the parameter `among` of a method."""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Points, Weights, compact

SQUARES = 1e6
"""A prior so large that the gain of `kernel.grow` is the squared error it saves, as in k-means."""

TURNS = 3
"""The most times that each center is reconsidered; usually nothing changes after the first."""


def pick(
    points: Points, weights: Weights, among: Points, k: int, *, prior: float = SQUARES, fixed: Points | None = None
) -> tuple[Points, NDArray[np.int32]]:
    """At most k centers, all from `among` (s, 3) except the `fixed` ones, and a label for each point.

    `kernel.grow` adds them by gain, with `among` as candidates. They do not move, so the best center alone can be the
    worst among others: each is removed once more and replaced by the best candidate.
    """
    there, none = np.vstack([points, among]), np.zeros(len(among))
    mass, candidates = np.concatenate([weights, none]), np.arange(len(points), len(there))

    def grow(start: Points) -> Points:
        return kernel.grow(there, mass, candidates, k, prior, 0.0, 0, start)

    still = 0 if fixed is None else len(fixed)
    centers = grow(_best_alone(points, weights, among) if fixed is None else fixed)
    unchanged = 0
    for _ in range(TURNS * k if len(centers) > 1 else 0):
        if unchanged >= len(centers) - still:
            break
        before = centers[still]
        centers = grow(np.delete(centers, still, 0))  # its replacement comes last
        unchanged = unchanged + 1 if (centers[-1] == before).all() else 0
    labels, _ = kernel.assign(points, centers)
    return compact(centers, labels, still)


def _best_alone(points: Points, weights: Weights, among: Points) -> Points:
    """The candidate of least squared error: the nearest to the mean."""
    mean = weights @ points / weights.sum()
    return among[[int(((among - mean) ** 2).sum(1).argmin())]]
