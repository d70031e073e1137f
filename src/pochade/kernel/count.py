"""Counting pixels: the NumPy twin of _count.pyx, and its specification.

The number of a bin is `red level << 12 | green level << 6 | blue level`. Counts are integers, so both twins agree
exactly.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.levels import LEVEL, LEVELS

BINS = LEVELS**3
Codes = NDArray[np.uint8]
Floats = NDArray[np.float64]
BinCounts = tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.uint64]]


_PARTS = LEVEL.astype(np.uint32) << np.array([[12], [6], [0]], np.uint32)


def bins_of(codes: Codes) -> NDArray[np.uint32]:
    """The number of each color's bin: codes uint8 (..., 3) to uint32 (...)."""
    bins: NDArray[np.uint32] = _PARTS[0][codes[..., 0]]
    bins |= _PARTS[1][codes[..., 1]]
    bins |= _PARTS[2][codes[..., 2]]
    return bins


class Tally:
    """Counts pixels into bins, in exact integers: a pixel counts its alpha, 255 if it is opaque."""

    def __init__(self) -> None:
        self._table = np.zeros((4, BINS), np.uint64)

    def add(self, codes: Codes, alpha: Codes | None = None, weight: int = 1) -> None:
        """Count `codes`, uint8 (rows, columns, 3): each pixel `weight` times its `alpha` (rows, columns), or 255."""
        for row in range(0, len(codes), 256):  # blocks, so that the copies stay small
            self._add(codes[row : row + 256], None if alpha is None else alpha[row : row + 256], weight)

    def _add(self, codes: Codes, alpha: Codes | None, weight: int) -> None:
        bins = bins_of(codes).ravel()
        share = np.full(len(bins), 255.0) if alpha is None else alpha.ravel().astype(np.float64)
        self._table[0] += self._sum(bins, share, weight)
        for channel in range(3):
            self._table[1 + channel] += self._sum(bins, share * codes[..., channel].ravel(), weight)

    @staticmethod
    def _sum(bins: NDArray[np.uint32], values: Floats, weight: int) -> NDArray[np.uint64]:
        # exact in float64: the sum of a block stays far below 2^53
        return np.bincount(bins, values, BINS).astype(np.uint64) * np.uint64(weight)

    def absorb(self, other: "Tally") -> None:
        """Add the counts of another tally, and empty that tally."""
        self._table += other._table
        other._table[:] = 0

    def result(self) -> BinCounts:
        """The occupied bins uint32 (n,) in rising order, counts uint64 (n,), sums of codes uint64 (n, 3).

        It also empties the tally for further use.
        """
        bins = np.flatnonzero(self._table[0])
        counts, sums = self._table[0, bins].copy(), self._table[1:, bins].T.copy()
        self._table[:] = 0
        return bins.astype(np.uint32), counts, sums


def sample(codes: Codes, rows: NDArray[np.int64], columns: NDArray[np.int64], out: Codes) -> None:
    """Copy the pixels at the crossings of `rows` and `columns` to `out`, uint8 (len(rows), len(columns), 3)."""
    out[:] = codes[rows][:, columns]


def contrast(codes: Codes, rows: NDArray[np.int64], columns: NDArray[np.int64], out: Codes) -> None:
    """The contrast of the pixels at the crossings of `rows` and `columns`, to `out`, uint8 (len(rows), len(columns)).

    codes : uint8 (h, w, 3). The contrast is the largest difference of a channel from the left, right, upper and lower
    neighbor. A pixel at the border lacks one of these and has the contrast to the others.
    """
    height, width = codes.shape[:2]
    here = codes[rows][:, columns].astype(np.int16)
    out[:] = 0
    for step_y, step_x in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        y, x = np.clip(rows + step_y, 0, height - 1), np.clip(columns + step_x, 0, width - 1)
        difference = np.abs(codes[y][:, x].astype(np.int16) - here).max(2)
        np.maximum(out, difference.astype(np.uint8), out=out)
