"""The search for centers: the NumPy twin of _search.pyx, and its specification.

Labels agree exactly, because both compare distances in float32 in the same order; centers agree up to rounding.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.bins import Labels
from pochade.kernel.count import Floats

RELAXED = 1.8
"""The length of four of five steps, as a multiple of the distance to the mean. k-means converges with any length from 0
to 2; 1.8 needs 10 rounds instead of 20 to 40, and ends 0.4 % lower (14 runs on 7 photos, k = 8 and 16)."""


def assign(points: Floats, centers: Floats) -> tuple[Labels, NDArray[np.float32]]:
    """The nearest center of each point, int32 (n,), and the squared distances to it and the second, float32 (n, 2).

    Distances are compared in float32; the first of equals wins.
    """
    best = np.zeros(len(points), np.int32)
    near = np.full((len(points), 2), np.inf, np.float32)
    x, y, z = points.T.astype(np.float32)
    for j, (p, q, r) in enumerate(centers.astype(np.float32)):
        u, v, w = x - p, y - q, z - r
        d = u * u + v * v + w * w
        nearer = d < near[:, 0]
        near[:, 1] = np.where(nearer, near[:, 0], np.minimum(near[:, 1], d))
        best[nearer], near[nearer, 0] = j, d[nearer]
    return best, near


def lloyd(
    points: Floats,
    weights: Floats,
    centers: Floats,
    iterations: int = 100,
    fixed: int = 0,
    step: float = RELAXED,
) -> tuple[Floats, Labels]:
    """Weighted k-means from starting centers: the centers float64 (k, 3), and each point's label int32 (n,).

    It stops when no label changes, or after `iterations`; each center is then the mean of its points. A center without
    points stays, and so do the first `fixed` centers. Points are rounded to float32; sums are float64.
    step : the step of a center toward its mean, as a multiple of the distance; every fifth step is 1, the plain method.
    Reference: Lloyd 1982, "Least squares quantization in PCM".
    """
    centers = np.array(centers, np.float64)
    points = points.astype(np.float32).astype(np.float64)
    labels = np.full(len(points), -1, np.int32)
    k, settled = len(centers), False
    for turn in range(iterations):
        new, _ = assign(points, centers)
        reach = step if turn % 5 < 4 and turn + 1 < iterations else 1
        if (new == labels).all():
            if settled:
                break
            reach = 1
        labels, settled = new, reach == 1
        total = np.bincount(labels, weights, k)
        for channel in range(3):
            mean = np.bincount(labels, weights * points[:, channel], k) / np.where(total > 0, total, 1)
            moves = np.where(total > 0, reach * (mean - centers[:, channel]), 0)
            centers[fixed:, channel] += moves[fixed:]
    return centers, labels


def grow(
    points: Floats,
    weights: Floats,
    candidates: NDArray[np.int64],
    k: int,
    prior: float,
    apart: float,
    rounds: int,
    fixed: Floats | None = None,
) -> Floats:
    """Add centers one by one, each with the largest gain, with Lloyd's rounds after each: float64 (m, 3), m at most k.

    The first center is the mean; or the first ones are `fixed`, float64 (f, 3), f at most k, which do not move.
    The gain of a candidate is the decrease of weight x squared distance over the points nearer to it, divided by the
    square root of (their share of all weight + prior). It ends if the best candidate is within `apart` of a center.
    points : float64 (n, 3). candidates : int64 (c,), indices of points. rounds : of Lloyd, after each center.
    Reference: Likas, Vlassis and Verbeek 2003, "The global k-means clustering algorithm" (prior: infinite there).
    """
    total = float(weights.sum())
    centers: Floats = (weights @ points / total)[None] if fixed is None else fixed
    still = 0 if fixed is None else len(fixed)
    far = _squared(points, points[candidates])
    heavy = weights.astype(np.float32)
    while len(centers) < k:
        nearest = _squared(points, centers).min(0)
        nearer = nearest - far
        won = heavy * (nearer > 0)
        mass = won.sum(1, dtype=np.float64) + prior * total
        gain = (won * nearer).sum(1, dtype=np.float64) / np.sqrt(mass)
        best, most = -1, 0.0
        for j, value in enumerate(gain.tolist()):  # the first of those that are equal up to rounding
            if value > most * 1.00001:
                best, most = j, value
        if best < 0 or nearest[candidates[best]] < apart * apart:
            break
        centers, _ = lloyd(points, weights, np.vstack([centers, points[candidates[best]]]), rounds, still)
    return centers


def missed(points: Floats, weights: Floats, centers: Floats, candidates: NDArray[np.int64], prior: float) -> int:
    """The candidate, an index of a point, whose neighborhood is farthest from all centers on average.

    The gain is that of `grow`, divided by (share of weight + prior) without a root: the mean gain, not the total.
    """
    nearer = _squared(points, centers).min(0) - _squared(points, points[candidates])
    won = weights.astype(np.float32) * (nearer > 0)
    gain = (won * nearer).sum(1, dtype=np.float64) / (won.sum(1, dtype=np.float64) + prior * float(weights.sum()))
    return int(candidates[np.argmax(gain * 1.00001 >= gain.max())])


def _squared(points: Floats, centers: Floats) -> NDArray[np.float32]:
    """Squared distances in float32: (centers, points)."""
    (x, y, z), (p, q, r) = points.T.astype(np.float32), centers.T[..., None].astype(np.float32)
    u, v, w = x - p, y - q, z - r
    return np.asarray(u * u + v * v + w * w)


def near(points: Floats, counts: NDArray[np.uint64], labels: Labels, centers: Floats) -> Labels:
    """The labels of the points within the root mean squared distance of their center; -1 for the others."""
    far = ((points - centers[labels]) ** 2).sum(1)
    total = np.bincount(labels, counts, len(centers))
    mean = np.bincount(labels, far * counts, len(centers)) / np.where(total > 0, total, 1)
    return np.where(far <= mean[labels] * 1.000001, labels, -1).astype(np.int32)


def farthest(points: Floats, weights: Floats, k: int) -> NDArray[np.int64]:
    """Seeds without randomness: the heaviest point, then each time the one of largest weight x squared distance.

    Products are compared in float32; the first of equals wins. Returns the indices of at most k points, int64 (m,);
    fewer if only m points are different.
    """
    heavy = weights.astype(np.float32)
    seeds: list[int] = [int(np.argmax(heavy))]
    near = np.full(len(points), np.inf, np.float32)
    while len(seeds) < k:
        near = np.minimum(near, _squared(points, points[seeds[-1:]])[0])
        value = heavy * near
        if value.max() <= 0:
            break
        seeds.append(int(np.argmax(value)))
    return np.array(seeds, np.int64)
