"""Counting the planes of video frames: the NumPy twin of _planes.pyx, and its specification.

A frame has three planes, as red, green and blue, or luma (first) and two of chroma (second, third), which may have
fewer rows and columns. A sample has 8 to 16 bits; the tally keeps 10 of them. The number of a bin is the first 6 bits
of the three samples, `second << 12 | third << 6 | first`. Counts are integers, so both twins agree exactly.
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
        bins = codes[1] >> 4 << 12 | codes[2] >> 4 << 6 | codes[0] >> 4
        self._table[0] += np.bincount(bins, minlength=BINS).astype(np.uint64)
        for i, plane in enumerate(codes):  # exact in float64: the sum of a frame stays far below 2^53
            self._table[1 + i] += np.bincount(bins, plane, BINS).astype(np.uint64)

    def absorb(
        self, bins: NDArray[np.uint32], counts: NDArray[np.uint64], sums: NDArray[np.uint64], weight: int = 1
    ) -> None:
        """Add the result of a tally, as if each of its pixels had been counted `weight` times."""
        self._table[0, bins] += counts * np.uint64(weight)
        self._table[1:, bins] += sums.T * np.uint64(weight)

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
    rows: int,
    columns: int,
    by: int,
    across: int = 0,
    down: int = 0,
    bits: int = 8,
    low: int = 0,
) -> NDArray[np.float32]:
    """A small copy of a frame: float32 (rows, columns, 3), means of `by` x `by` even samples, in codes of 8 bits."""
    y, x = _even(first.shape[0], rows * by), _even(first.shape[1], columns * by)
    chosen = [first[y][:, x], *(plane[y >> down][:, x >> across] for plane in (second, third))]
    sums = np.stack(chosen, -1).astype(np.uint64).reshape(rows, by, columns, by, 3).sum((1, 3))
    means: NDArray[np.float32] = (sums / float(by * by * (1 << (bits - 8 + low)))).astype(np.float32)
    return means


def still(
    first: Plane,
    second: Plane,
    third: Plane,
    rows: int,
    columns: int,
    by: int,
    across: int = 0,
    down: int = 0,
    bits: int = 8,
    low: int = 0,
) -> NDArray[np.uint8]:
    """The same, in whole codes: uint8 (rows, columns, 3)."""
    copy = miniature(first, second, third, rows, columns, by, across, down, bits, low)
    return np.rint(copy).clip(0, 255).astype(np.uint8)


def _even(length: int, count: int) -> NDArray[np.int64]:
    """Evenly spaced pixels."""
    return (2 * np.arange(count, dtype=np.int64) + 1) * length // (2 * count)


def glance(
    table: NDArray[np.float32], small: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.uint16], NDArray[np.float32], NDArray[np.float64]]:
    """What the eye sees in a small copy of a frame.

    table : float32 (side, side, side, 9), at even steps of samples from 0 to 255: Oklab, levels 0..15 of red, green and
    blue, linear light. Between its nodes it is linear. small : float32 (h, w, 3), samples 0..255; h and w are multiples
    of 4.

    Returns Oklab, float32 (h, w, 3); the bins of its pixels, uint16 (h, w), `red << 8 | green << 4 | blue`; Oklab in
    means of 4 x 4, float32 (h / 4, w / 4, 3); the mean linear light, float64 (3,).
    """
    height, width, _ = small.shape
    values = _between(table, small.reshape(-1, 3)).reshape(height, width, 9)
    oklab, steps = np.ascontiguousarray(values[..., :3]), values[..., 3:6].astype(np.uint16)
    levels: NDArray[np.uint16] = (steps[..., 0] << 8 | steps[..., 1] << 4 | steps[..., 2]).astype(np.uint16)
    coarse: NDArray[np.float32] = (
        oklab.reshape(height // 4, 4, width // 4, 4, 3).mean((1, 3), np.float64).astype(np.float32)
    )
    light: NDArray[np.float64] = values[..., 6:].mean((0, 1), np.float64)
    return oklab, levels, coarse, light


def _between(table: NDArray[np.float32], points: NDArray[np.float32]) -> NDArray[np.float32]:
    """The values of a table at points (n, 3)."""
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


def smoothed(levels: NDArray[np.uint16], top: int, bottom: int, left: int, right: int) -> NDArray[np.float32]:
    """The histogram of a part of `glance`'s bins: float32 (4096,), shares.

    Each level of a channel is shared with its neighbors, [1 2 1] / 4, so a little light changes little.
    """
    inside = levels[top:bottom, left:right].ravel()
    cube = np.bincount(inside, minlength=16**3).reshape(16, 16, 16)
    for axis in range(3):
        padded = np.concatenate([cube.take([0], axis), cube, cube.take([15], axis)], axis)
        before, after = (padded.take(range(start, start + 16), axis) for start in (0, 2))
        cube = 2 * cube + before + after
    return (cube.ravel() / (64.0 * len(inside))).astype(np.float32)


def pixels_apart(
    one: NDArray[np.float32], other: NDArray[np.float32], top: int, bottom: int, left: int, right: int
) -> float:
    """The mean distance of the pixels of a part of two small copies, float32 (h, w, 3)."""
    step = one[top:bottom, left:right] - other[top:bottom, left:right]
    return float(np.sqrt((step * step).sum(-1, dtype=np.float32)).mean(dtype=np.float64))


def colors_apart(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Half the sum of the differences of two histograms, float32 (n,): from 0, the same, to 1, nothing in common."""
    return float(np.abs(one - other).sum(dtype=np.float64) / 2)


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
