"""What pairwise differences tell: the NumPy twin of _pairs.pyx, and its specification."""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.bins import Labels
from pochade.kernel.count import Floats

LANES = 16
"""So many sums run side by side, the points dealt out in turn."""


def within(points: Floats, weights: Floats, radius: float) -> Floats:
    """The weight of all points within a radius of each, itself included: float64 (n,).

    points : float64 (n, 3). weights : float64 (n,).
    """
    n = len(points)
    held = np.empty(n)
    dealt = np.zeros(-(-n // LANES) * LANES)
    for i, one in enumerate(points):
        dealt[:n] = np.where(_near(points, one, radius), weights, 0)
        held[i] = np.cumsum(dealt.reshape(-1, LANES).cumsum(0)[-1])[-1]  # a cumsum adds one by one, in order
    return held


def _near(points: Floats, one: Floats, radius: float) -> NDArray[np.bool_]:
    u, v, w = (points - one).T
    near: NDArray[np.bool_] = u * u + v * v + w * w <= radius * radius
    return near


def spread(points: Floats, core: NDArray[np.bool_], radius: float) -> Labels:
    """What belongs together where core points reach all within a radius: labels int32 (n,), -1 for what none reaches.

    Clusters are numbered by their first core point; a point that is not core itself goes to the first that reaches it.
    Reference: Ester, Kriegel, Sander and Xu 1996, "A density-based algorithm for discovering clusters in large spatial
    databases with noise".
    """
    labels = np.full(len(points), -1, np.int32)
    found = 0
    for seed in np.flatnonzero(core).tolist():
        if labels[seed] >= 0:
            continue
        labels[seed] = found
        stack = [seed]
        while stack:
            near = np.flatnonzero(_near(points, points[stack.pop()], radius) & (labels < 0))
            labels[near] = found
            stack += near[core[near]].tolist()
        found += 1
    return labels


def medoids(matrix: NDArray[np.float32], weights: Floats, k: int, fixed: int = 0) -> NDArray[np.int64]:
    """The candidates of least weighted sum of differences from each point to the nearest of them: int64 (m,), m <= k.

    matrix : float32 (c, n), the difference of each of c candidates to each of n points. weights : float64 (n,).
    The first `fixed` candidates come first, and stay. Fewer than k where more would gain nothing.
    Built one by one, each where it gains most, then exchanged one by one as long as that helps.
    References: Kaufman and Rousseeuw 1990, "Finding Groups in Data" (BUILD); Schubert and Rousseeuw 2021, "Fast and
    eager k-medoids clustering: O(k) runtime improvement of the PAM, CLARA, and CLARANS algorithms" (FasterPAM).
    """
    chosen = list(range(fixed))
    while len(chosen) < min(k, len(matrix)):
        if chosen:
            near = matrix[chosen].min(0)
            gains = np.array([_sum(weights * np.maximum(near - row, 0)) for row in matrix])
        else:
            gains = -np.array([_sum(weights * row) for row in matrix])
        best = int(gains.argmax())
        if chosen and gains[best] <= 0:
            break
        chosen.append(best)
    if len(chosen) > 1 and fixed < len(chosen):
        _exchange(matrix, weights, chosen, fixed)
    return np.array(chosen, np.int64)


EASED = 1e-6
"""An exchange must save this part of the sum of differences: so rounding cannot make it go on for ever."""


def _exchange(matrix: NDArray[np.float32], weights: Floats, chosen: list[int], fixed: int) -> None:
    k, c = len(chosen), len(matrix)
    last, j = 0, 0
    nearest, near, second = _two_nearest(matrix, chosen)
    loss, least = _losses(weights, nearest, near, second, k)
    while True:
        if j not in chosen:
            row = matrix[j]
            closer, between = row < near, (row >= near) & (row < second)
            change = np.where(closer, near - second, np.where(between, row - second, 0))
            change = loss + np.bincount(nearest, weights * change, k)
            gain = _sum(np.where(closer, weights * (near - row), 0))
            change[:fixed] = np.inf
            worst = int(change.argmin())
            if change[worst] - gain < -EASED * least:
                chosen[worst], last = j, j
                nearest, near, second = _two_nearest(matrix, chosen)
                loss, least = _losses(weights, nearest, near, second, k)
        j = (j + 1) % c
        if j == last:
            break


def _two_nearest(
    matrix: NDArray[np.float32], chosen: list[int]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Of each point the nearest medoid's place among the chosen, and the differences to it and to the next."""
    far = matrix[chosen]
    nearest = far.argmin(0)
    near = far.min(0)
    np.put_along_axis(far, nearest[None], np.inf, 0)
    return nearest, near, far.min(0)


def _losses(
    weights: Floats, nearest: NDArray[np.int64], near: NDArray[np.float32], second: NDArray[np.float32], k: int
) -> tuple[Floats, float]:
    """What the loss of each medoid would add, and the sum of differences."""
    losses: Floats = np.bincount(nearest, weights * (second - near), k).astype(np.float64)
    return losses, _sum(weights * near)


def _sum(values: Floats) -> float:
    """The sum, added one by one in order, as the compiled loop does."""
    return float(np.cumsum(values)[-1])
