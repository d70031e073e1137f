"""Loops over the colors of many pictures: the NumPy twin of _lookup.pyx, and its specification.

Points are Oklab in whole numbers, 16,384 to 1 (`UNIT`), so both twins agree to the last bit.
"""

import numpy as np
from numpy.typing import NDArray

UNIT = 1 << 14
"""The steps of an Oklab coordinate: a step is 6e-5, far less than a step of an sRGB code."""

NOTHING = 2**31 - 1
"""The squared distance of a picture that has no color."""

Points = NDArray[np.int16]


def closest(points: Points, ends: NDArray[np.int64], wish: Points) -> NDArray[np.int32]:
    """The squared distance from a color to the nearest color of each picture: int32 (n,), in steps.

    points : int16 (m, 3), the colors of all pictures in sequence. ends : int64 (n,), the end of each picture in points.
    wish : int16 (3,).

    Examples
    --------
    >>> points = np.array([[0, 0, 0], [5, 0, 0], [0, 3, 4]], np.int16)
    >>> closest(points, np.array([2, 3, 3]), np.zeros(3, np.int16)).tolist()
    [0, 25, 2147483647]
    """
    out = np.full(len(ends), NOTHING, np.int32)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
    some = ends > starts
    if some.any():
        out[some] = np.minimum.reduceat(_squared(points[: ends[-1]], wish), starts[some])
    return out


def gather_near(
    points: Points,
    shares: NDArray[np.uint16],
    rows: NDArray[np.uint32],
    spans: NDArray[np.int64],
    wish: Points,
    reach: int,
    far: NDArray[np.int32],
    mass: NDArray[np.uint32],
    at: NDArray[np.int64],
) -> None:
    """Of some cells, those near a color: their share of each picture, and the nearest one of each.

    points, shares, rows : int16 (m, 3), uint16 (m,) and uint32 (m,), the color of each cell, its share, its picture.
    spans : int64 (s, 2), the first cell and the one after the last of each stretch to look at. wish : int16 (3,).
    reach : the most squared distance. far, mass, at : for each picture, changed in place: the least squared distance,
    the sum of shares, and the number of the nearest cell, the first of equals.

    Examples
    --------
    >>> points, rows = np.array([[0, 0, 0], [2, 0, 0], [9, 0, 0]], np.int16), np.array([0, 0, 1], np.uint32)
    >>> far, mass, at = np.full(2, NOTHING, np.int32), np.zeros(2, np.uint32), np.full(2, -1, np.int64)
    >>> shares, spans = np.array([5, 6, 7], np.uint16), np.array([[0, 3]])
    >>> gather_near(points, shares, rows, spans, np.array([2, 0, 0], np.int16), 16, far, mass, at)
    >>> far.tolist(), mass.tolist(), at.tolist()
    ([0, 2147483647], [11, 0], [1, -1])
    """
    for start, stop in spans.tolist():
        squared = _squared(points[start:stop], wish)
        near = np.flatnonzero(squared <= reach)
        squared, row = squared[near], rows[start:stop][near]
        np.add.at(mass, row, shares[start:stop][near].astype(np.uint32))
        order = np.lexsort((near, squared, row))
        first = order[np.flatnonzero(np.diff(row[order], prepend=np.uint32(0xFFFFFFFF)))]
        better = first[squared[first] < far[row[first]]]
        far[row[better]] = squared[better]
        at[row[better]] = near[better] + start


def sliced(table: NDArray[np.uint16], query: NDArray[np.uint16], limit: int = NOTHING) -> NDArray[np.int32]:
    """The largest difference along a direction, for each picture: int32 (n,), a sum of steps over the intervals.

    table : uint16 (n, d, q): for each picture and direction the mean of each interval of its quantiles. query : uint16
    (d, q). limit : a picture that exceeds it has the difference along the first direction that does, which spares the
    others.

    Divided by q and by the steps to 1, less a step for rounding, the result never exceeds the Earth Mover's Distance,
    because the distance along a direction does not, and the mean difference of intervals does not exceed that
    (Nicolas Bonneel, Julien Rabin, Gabriel Peyré and Hanspeter Pfister, 2015: "Sliced and Radon Wasserstein Barycenters
    of Measures", Journal of Mathematical Imaging and Vision 51).

    Examples
    --------
    >>> sliced(np.array([[[1, 2], [5, 5]]], np.uint16), np.array([[2, 1], [5, 9]], np.uint16)).tolist()
    [4]
    """
    out = np.empty(len(table), np.int32)
    for start in range(0, len(table), 4096):
        block = np.abs(table[start : start + 4096].astype(np.int32) - query.astype(np.int32))
        most = np.maximum.accumulate(block.sum(2, dtype=np.int32), 1)
        last = np.where(most[:, -1] > limit, (most > limit).argmax(1), most.shape[1] - 1)
        out[start : start + 4096] = most[np.arange(len(most)), last]
    return out


def _squared(points: Points, wish: Points) -> NDArray[np.int32]:
    apart = points.astype(np.int32) - wish.astype(np.int32)
    squared: NDArray[np.int32] = (apart * apart).sum(1, dtype=np.int32)
    return squared
