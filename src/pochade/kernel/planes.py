"""Counting the planes of video frames: the NumPy twin of _planes.pyx, and its specification.

A frame has three planes, as red, green and blue, or luma (first) and two of chroma (second, third), which may have
fewer rows and columns. A sample has 8 to 16 bits; the tally keeps 10 of them. The number of a bin is the first 6 bits
of the three samples, `first << 12 | second << 6 | third`. Counts are integers, so both twins agree exactly.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[Any]
"""uint8 or uint16 (rows, columns), any strides."""

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels; right and bottom are exclusive."""

BINS = 1 << 18
SCALE = 4
"""The units of a tally's sums in one code of 8 bits."""


class PlaneTally:
    """Counts the pixels of frames into bins, in exact integers. Every pixel counts 1."""

    def __init__(self) -> None:
        self._table = np.zeros((4, BINS), np.uint64)

    def add(
        self,
        first: Plane,
        second: Plane,
        third: Plane,
        across: int = 0,
        down: int = 0,
        corner: int = -1,
        bits: int = 8,
        low: int = 0,
        alpha: Plane | None = None,
    ) -> None:
        """Count a frame.

        Parameters
        ----------
        across, down : a sample of the second and third plane stands for 2^across columns and 2^down rows of the first.
        corner : -1 for all pixels; 0 to 3 for one of each 2 x 2: upper left, upper right, lower left, lower right.
        bits, low : a sample has `bits` bits, above `low` bits that do not count.
        alpha : in the size of the first; pixels below half are left out.
        """
        rows, columns = first.shape
        y, x = np.arange(rows), np.arange(columns)
        if corner >= 0 and rows and columns:
            y, x = y[min(corner >> 1, rows - 1) :: 2], x[min(corner & 1, columns - 1) :: 2]
        chosen = [first[y][:, x], *(plane[y >> down][:, x >> across] for plane in (second, third))]
        up, shift = max(0, 10 - bits), low + max(0, bits - 10)
        codes = [((plane.astype(np.uint32) << up) >> shift & 1023).ravel() for plane in chosen]
        if alpha is not None:
            seen = (alpha[y][:, x] >= 1 << (bits - 1)).ravel()
            codes = [plane[seen] for plane in codes]
        bins = codes[0] >> 4 << 12 | codes[1] >> 4 << 6 | codes[2] >> 4
        self._table[0] += np.bincount(bins, minlength=BINS).astype(np.uint64)
        for i, plane in enumerate(codes):  # exact in float64: the sum of a frame stays far below 2^53
            self._table[1 + i] += np.bincount(bins, plane, BINS).astype(np.uint64)

    def result(self) -> tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.uint64]]:
        """The occupied bins uint32 (n,) in rising order, counts uint64 (n,), sums uint64 (n, 3) of 10-bit samples.

        It also empties the tally for further use.
        """
        bins = np.flatnonzero(self._table[0])
        counts, sums = self._table[0, bins].copy(), self._table[1:, bins].T.copy()
        self._table[:] = 0
        return bins.astype(np.uint32), counts, sums


def miniature(
    first: Plane,
    second: Plane,
    third: Plane,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    by: int,
    across: int = 0,
    down: int = 0,
    bits: int = 8,
    low: int = 0,
) -> NDArray[np.float32]:
    """A small copy of a frame: the means of `by` x `by` samples, float32 (h, w, 3), in codes of 8 bits.

    rows, columns : int64 (by h,) and (by w,), the pixels to sample.
    """
    height, width = len(rows) // by, len(columns) // by
    chosen = [first[rows][:, columns], *(plane[rows >> down][:, columns >> across] for plane in (second, third))]
    stacked = np.stack([plane.astype(np.uint64) >> np.uint64(low) for plane in chosen], -1)
    sums = stacked.reshape(height, by, width, by, 3).sum((1, 3))
    means: NDArray[np.float32] = (sums / float(by * by * (1 << (bits - 8)))).astype(np.float32)
    return means


def interpolate(table: NDArray[np.float32], points: NDArray[np.float32]) -> NDArray[np.float32]:
    """The values of a table at points: float32 (n, m), linear between its nodes.

    table : float32 (side, side, side, m), at even steps from 0 to 255. points : float32 (n, 3), 0..255.
    """
    last = table.shape[0] - 1
    place = (points * np.float32(last) / np.float32(255)).clip(0, last)
    at = np.minimum(place.astype(np.int64), last - 1)
    part = place - at.astype(np.float32)
    values = np.zeros((len(points), table.shape[3]), np.float32)
    for corner in range(8):
        step = np.array([corner >> 2, corner >> 1 & 1, corner & 1])
        share = np.where(step, part, 1 - part).prod(1, dtype=np.float32)
        values += share[:, None] * table[tuple((at + step).T)]
    return values


def content(first: Plane, dark: int, low: int = 0) -> Box:
    """The smallest box around the rows and columns that are not dark; empty, with zero width, if all are.

    A row or column is dark if at most one of 200 of its samples, less `low` bits, is above `dark`.
    """
    bright = first >> low > dark
    height, width = bright.shape
    rows = np.flatnonzero(bright.sum(1) > width // 200)
    if not len(rows):
        return 0, height, 0, height
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(bright[top:bottom].sum(0) > height // 200)
    if not len(columns):
        return width, top, width, bottom
    return int(columns[0]), top, int(columns[-1]) + 1, bottom
