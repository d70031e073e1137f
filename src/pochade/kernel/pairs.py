"""Loops over pairs of points: the NumPy twin of _pairs.pyx, and its specification."""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.bins import Labels
from pochade.kernel.count import Floats

LANES = 16
"""The number of parallel sums; consecutive points go to different sums."""


def within(points: Floats, weights: Floats, radius: float) -> Floats:
    """The weight of all points within a radius of each point, itself included: float64 (n,).

    points : float64 (n, 3). weights : float64 (n,).
    """
    return np.array([weight_near(points, weights, one, radius) for one in points])


def weight_near(points: Floats, weights: Floats, one: Floats, radius: float) -> float:
    """The weight of all points within a radius of one; the sum has the order of the compiled one."""
    padded = np.zeros(-(-len(points) // LANES) * LANES)
    padded[: len(points)] = np.where(_near(points, one, radius), weights, 0)
    return float(np.cumsum(padded.reshape(-1, LANES).cumsum(0)[-1])[-1])  # a cumsum adds one by one, in order


def _near(points: Floats, one: Floats, radius: float) -> NDArray[np.bool_]:
    u, v, w = (points - one).T
    near: NDArray[np.bool_] = u * u + v * v + w * w <= radius * radius
    return near


def spread(points: Floats, core: NDArray[np.bool_], radius: float) -> Labels:
    """The clusters of DBSCAN: labels int32 (n,), -1 for points with no core point within the radius.

    Clusters are in the order of their first core points. A point that is not core joins the first cluster near it.
    Reference: Ester, Kriegel, Sander and Xu 1996, "A density-based algorithm for discovering clusters in large spatial
    databases with noise".
    """
    labels = np.full(len(points), -1, np.int32)
    cluster = 0
    for seed in np.flatnonzero(core).tolist():
        if labels[seed] >= 0:
            continue
        labels[seed] = cluster
        stack = [seed]
        while stack:
            near = np.flatnonzero(_near(points, points[stack.pop()], radius) & (labels < 0))
            labels[near] = cluster
            stack += near[core[near]].tolist()
        cluster += 1
    return labels


def medoids(matrix: NDArray[np.float32], weights: Floats, k: int, fixed: int = 0) -> NDArray[np.int64]:
    """The candidates with the least weighted sum of differences from points to the nearest one: int64 (m,), m <= k.

    They are added one by one, each with the largest gain, then exchanged one by one while the sum decreases. If more
    would gain nothing, fewer than k are returned. The first `fixed` candidates come first, and stay.
    matrix : float32 (c, n), the differences between c candidates and n points. weights : float64 (n,).
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
"""The least share of the sum of differences that an exchange must save, so that rounding cannot prolong it forever."""


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
    """For each point the index of its nearest medoid in `chosen`, and the differences to the nearest and the second."""
    far = matrix[chosen]
    nearest = far.argmin(0)
    near = far.min(0)
    np.put_along_axis(far, nearest[None], np.inf, 0)
    return nearest, near, far.min(0)


def _losses(
    weights: Floats, nearest: NDArray[np.int64], near: NDArray[np.float32], second: NDArray[np.float32], k: int
) -> tuple[Floats, float]:
    """The increase of the sum of differences if each medoid is removed, and the sum."""
    losses: Floats = np.bincount(nearest, weights * (second - near), k).astype(np.float64)
    return losses, _sum(weights * near)


def _sum(values: Floats) -> float:
    """The sum in the order of the compiled loop."""
    return float(np.cumsum(values)[-1])
