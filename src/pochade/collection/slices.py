"""Slices of palettes, for the bound of `kernel.sliced`: 12 directions, 8 intervals of the quantiles along each."""

import numpy as np
from numpy.typing import NDArray

DIRECTIONS, INTERVALS = 12, 8

LEAST, MOST = -0.75, 1.15
"""The range of Oklab along any direction: L in 0..1, a and b within -0.32..0.28."""

STEPS = 65535 / (MOST - LEAST)
"""The steps to 1 of a slice."""

BLOCK = 1 << 12

Floats = NDArray[np.float64]


def _directions() -> Floats:
    """Unit vectors spread evenly over half a sphere by the golden angle: float64 (12, 3).

    References
    ----------
    Álvaro González, 2010: "Measurement of areas on a sphere using Fibonacci and latitude-longitude lattices",
    Mathematical Geosciences 42.
    """
    i = np.arange(DIRECTIONS)
    z = (i + 0.5) / DIRECTIONS
    angle = i * np.pi * (3 - np.sqrt(5))
    r = np.sqrt(1 - z * z)
    return np.stack([z, r * np.cos(angle), r * np.sin(angle)], 1)


WAYS = _directions()


def slices(points: Floats, weights: Floats, ends: NDArray[np.int64]) -> NDArray[np.uint16]:
    """The mean of each interval of the quantiles along each direction: uint16 (n, 12, 8).

    points, weights : float64 (m, 3), Oklab, and (m,), of all palettes in sequence. ends : int64 (n,), of each.
    """
    out = np.zeros((len(ends), DIRECTIONS, INTERVALS), np.uint16)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
    lengths = ends - starts
    for first in range(0, len(ends), BLOCK):
        block = slice(first, first + BLOCK)
        most = int(lengths[block].max(initial=0))
        if not most:
            continue
        at = np.minimum(starts[block, None] + np.arange(most), max(len(points) - 1, 0))
        inside = np.arange(most) < lengths[block, None]
        mass = np.where(inside, weights[at], 0.0)
        mass /= np.maximum(mass.sum(1, keepdims=True), 1e-12)
        along = np.moveaxis(points[at] @ WAYS.T, 2, 1).reshape(-1, most)  # (b * 12, most)
        means = _means(along, np.repeat(mass, DIRECTIONS, 0))
        out[block] = steps(means).reshape(-1, DIRECTIONS, INTERVALS)
    return out


def steps(means: Floats) -> NDArray[np.uint16]:
    """Means in the steps of a slice."""
    return np.rint((means - LEAST).clip(0, MOST - LEAST) * STEPS).astype(np.uint16)


def _means(along: Floats, mass: Floats) -> Floats:
    """The means of the intervals of the quantile functions of rows: float64 (b, 8)."""
    order = np.argsort(along, 1, kind="stable")
    along, mass = np.take_along_axis(along, order, 1), np.take_along_axis(mass, order, 1)
    until = mass.cumsum(1)
    before = until - mass
    areas = [np.zeros(len(along))]
    for i in range(1, INTERVALS):
        areas.append((along * np.clip(i / INTERVALS - before, 0, mass)).sum(1))
    areas.append((along * mass).sum(1))
    return np.diff(np.stack(areas, 1), axis=1) * INTERVALS


def limit_of(distance: float) -> int:
    """The sum of `kernel.sliced` above which a bound exceeds a distance in Oklab."""
    return int(min((max(distance, 0.0) * STEPS + 2) * INTERVALS, 2**31 - 2))


def bounds(sums: NDArray[np.int32]) -> Floats:
    """Lower bounds of the Earth Mover's Distance in Oklab, from the sums of `kernel.sliced`: float64 (n,).

    Each of two means is rounded by half a step at most; and `transport` rounds shares to 2^-48.
    """
    least: Floats = np.maximum((sums / INTERVALS - 1) / STEPS - 1e-9, 0)
    return least
