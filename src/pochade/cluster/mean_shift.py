"""mean-shift: the peaks of the density of colors."""

from typing import Annotated

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.spread import centered
from pochade.option import Within

STEPS = 300
"""The most steps of a climb, as in scikit-learn. Most climbs take 10 to 40."""

SETTLED = 1e-3
"""A climb ends at a step below this share of the bandwidth, as in scikit-learn."""


@methods.register("mean-shift", fewer="the density of its colors has no more peaks. A smaller bandwidth may find more.")
def mean_shift(
    points: Points, weights: Weights, k: int, *, bandwidth: Annotated[float, Within(0.001, 1000)] = 0.3
) -> Clusters:
    """Mean shift: the k heaviest peaks of the density of colors.

    A ball starts in each occupied cell as wide as the bandwidth, and moves to the weighted mean of the points in it
    until it stays. Of peaks nearer to each other than the bandwidth, the heaviest counts. The picture determines the
    number of peaks: it can be below k, and if it is above, those with the most weight around them count.

    Parameters
    ----------
    bandwidth : the radius of the ball, in units of the spread of the picture's colors (the root of their mean squared
        distance to their mean), so the same value serves in every space.

    References
    ----------
    Comaniciu and Meer 2002, "Mean shift: a robust approach toward feature space analysis" (here with a flat kernel).
    """
    about, middle, spread = centered(points, weights)
    if not spread:
        return Clusters(points.copy(), np.zeros(1, np.int32))
    peaks = _peaks(about, weights, bandwidth * spread)
    labels, _ = kernel.assign(about, peaks)
    if len(peaks) > k:
        held = np.bincount(labels, weights, len(peaks))
        peaks = peaks[np.sort(np.argsort(-held, kind="stable")[:k])]
        labels, _ = kernel.assign(about, peaks)
    return Clusters(*compact(peaks + middle, labels))


def _peaks(points: Points, weights: Weights, reach: float) -> Points:
    """The ends of the climbs, heaviest first, none within `reach` of a heavier one: float64 (m, 3)."""
    order = np.argsort(points[:, 0], kind="stable")  # a ball then needs only a slice of the points
    rows, mass = points[order].T.copy(), weights[order]
    seeds = np.unique(np.round(points / reach), axis=0) * reach
    ends = [_climbed(rows, mass, seed, reach) for seed in seeds]
    tops = sorted((end for end in ends if end is not None), reverse=True)
    peaks: list[tuple[float, ...]] = []
    for _, *at in tops:
        if all(sum((p - q) ** 2 for p, q in zip(at, peak, strict=True)) > reach * reach for peak in peaks):
            peaks.append(tuple(at))
    return np.array(peaks)


def _climbed(rows: Points, mass: Weights, at: Points, reach: float) -> tuple[float, ...] | None:
    """The weight in the final ball, and its center; None if no point is in it. rows : (3, n), sorted."""
    held = 0.0
    for _ in range(STEPS):
        first, last = np.searchsorted(rows[0], (at[0] - reach, at[0] + reach))
        x, y, z = rows[:, first:last]
        u, v, w = x - at[0], y - at[1], z - at[2]
        inside = mass[first:last] * (u * u + v * v + w * w <= reach * reach)
        held = float(inside.sum())
        if not held:
            return None
        step = np.array([(inside * far).sum() for far in (u, v, w)]) / held
        at = at + step
        if (step * step).sum() <= (SETTLED * reach) ** 2:
            break
    return held, *at.tolist()
