"""Which color of one palette becomes which of another: optimal transport."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array

UNITS = 1 << 20
"""Weights are dealt in so many equal parts, so that nothing is left over by rounding."""


def transport(supplies: Array, demands: Array, costs: Array) -> Array:
    """The cheapest way to bring what one palette has to where another wants it: float64 (m, n), sum 1.

    Successive shortest paths, exact; for palettes, of some dozens of colors at most.

    supplies : float64 (m,), sum 1. demands : float64 (n,), sum 1. costs : float64 (m, n), not negative.
    References: Hitchcock 1941, "The distribution of a product from several sources to numerous localities";
    Rubner, Tomasi and Guibas 2000, "The Earth Mover's Distance as a metric for image retrieval".

    Examples
    --------
    >>> transport(np.array([0.5, 0.5]), np.array([0.25, 0.75]), np.array([[0.0, 1.0], [1.0, 0.0]])).tolist()
    [[0.25, 0.25], [0.0, 0.5]]
    """
    left, wanted = _dealt(supplies), _dealt(demands)
    flow: NDArray[np.int64] = np.zeros(costs.shape, np.int64)
    while left.any():
        path = _cheapest(left, wanted, costs, flow)
        much = min(
            left[path[0]], wanted[path[-1]], *(flow[i, j] for j, i in zip(path[1:-1:2], path[2:-1:2], strict=True))
        )
        for at, (i, j) in enumerate(pairwise(path)):
            if at % 2:
                flow[j, i] -= much
            else:
                flow[i, j] += much
        left[path[0]] -= much
        wanted[path[-1]] -= much
    return flow / UNITS


def _dealt(weights: Array) -> NDArray[np.int64]:
    """The weights in whole parts that sum to UNITS."""
    edges = np.rint(np.cumsum(weights) / weights.sum() * UNITS).astype(np.int64)
    parts: NDArray[np.int64] = np.diff(edges, prepend=0)
    return parts


def _cheapest(left: NDArray[np.int64], wanted: NDArray[np.int64], costs: Array, flow: NDArray[np.int64]) -> list[int]:
    """The cheapest path from a color that has some left to one that wants some: by turns one of either palette.

    Bellman and Ford's way: on from the first palette for the cost, back from the second, where something flows, for a
    refund.
    """
    m, n = costs.shape
    here = np.where(left > 0, 0.0, np.inf)
    there = np.full(n, np.inf)
    came, back = np.full(n, -1), np.full(m, -1)
    for _ in range(m + n):
        onward = here[:, None] + costs
        best = onward.min(0)
        better = best < there - 1e-12
        came[better], there[better] = onward.argmin(0)[better], best[better]
        refunds = np.where(flow > 0, there[None] - costs, np.inf)
        least = refunds.min(1)
        better_here = least < here - 1e-12
        if not (better.any() or better_here.any()):
            break
        back[better_here], here[better_here] = refunds.argmin(1)[better_here], least[better_here]
    at = int(np.where(wanted > 0, there, np.inf).argmin())
    path = [at]
    while True:
        i = int(came[path[0]])
        path.insert(0, i)
        if back[i] < 0:
            return path
        path.insert(0, int(back[i]))
