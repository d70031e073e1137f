"""Connected areas of a map of labels, and the room in them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int16]
Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


MAX_SHORT = 126
"""The longest reach for which the sums of two squares fit into 16 bits, which take half the time."""


def components(labels: NDArray[Any]) -> tuple[Ints, Ints]:
    """The areas of a map of integers: the area of each pixel, int32 (h, w), and the label of each area, int32 (n,).

    Pixels of one label that share a side are in one area. Areas are in the order of their first pixels, row by row. All
    runs of all rows are joined at once: each points to the first run that is known to be in its area.

    References
    ----------
    L. He, Y. Chao, K. Suzuki, 2008: "A run-based two-scan labeling algorithm", IEEE Trans. Image Processing 17 (5).

    Examples
    --------
    >>> numbers, labels = components(np.array([[5, 5, 7], [7, 5, 7]]))
    >>> numbers.tolist(), labels.tolist()
    ([[0, 0, 1], [2, 0, 1]], [5, 7, 7])
    """
    height, width = labels.shape
    starts = np.ones((height, width), bool)
    np.not_equal(labels[:, 1:], labels[:, :-1], out=starts[:, 1:])
    runs = (np.cumsum(starts.ravel(), dtype=np.int32) - 1).reshape(height, width)
    touch = (labels[1:] == labels[:-1]) & (starts[1:] | starts[:-1])  # where the later of the two runs begins
    above, below = runs[:-1][touch], runs[1:][touch]
    first = np.arange(runs[-1, -1] + 1, dtype=np.int32)
    while len(above):
        np.minimum.at(first, np.maximum(above, below), np.minimum(above, below))
        first = _followed(first)
        above, below = first[above], first[below]
        apart = above != below
        above, below = above[apart], below[apart]
    is_first = first == np.arange(len(first))
    number = np.cumsum(is_first, dtype=np.int32) - 1
    return number[first][runs], labels[starts][is_first].astype(np.int32)


def _followed(first: Ints) -> Ints:
    """The end of each chain of pointers."""
    while True:
        further = first[first]
        if np.array_equal(further, first):
            return first
        first = further


def clearance(labels: NDArray[Any], reach: int) -> Ints:
    """The squared distance of each pixel to the nearest one of another label or outside the map: int32 (h, w).

    In pixels, from middle to middle. It is exact up to `reach`; the square of farther pixels is larger than `reach`².

    References
    ----------
    P. Felzenszwalb, D. Huttenlocher, 2012: "Distance transforms of sampled functions", Theory of Computing 8 (19). Here
    a row is searched over columns of a map of labels: a column whose pixel in the row has another label is as far as
    that pixel, because nothing in the column is nearer.
    """
    width, far = labels.shape[1], (reach + 1) ** 2
    columns = np.arange(width, dtype=np.int64)
    kind: Any = np.int16 if reach <= MAX_SHORT else np.int32
    vertical = np.minimum(_vertical(labels), reach + 1).astype(kind)
    squares = vertical * vertical
    result = np.minimum(squares, np.minimum((np.minimum(columns, columns[::-1]) + 1) ** 2, far).astype(kind))
    for step in range(1, min(reach + 1, width)):
        same = labels[:, step:] == labels[:, :-step]
        for here, there in ((np.s_[:, step:], np.s_[:, :-step]), (np.s_[:, :-step], np.s_[:, step:])):
            np.minimum(result[here], same * squares[there] + kind(step * step), out=result[here])
    exact: Ints = result.astype(np.int32, copy=False)
    return exact


def _vertical(labels: NDArray[Any]) -> Ints:
    """The distance of each pixel to the nearest one of another label in its column, or outside the map."""
    height, width = labels.shape
    rows = np.arange(height, dtype=np.int32)[:, None]
    changes = labels[1:] != labels[:-1]
    starts, ends = np.zeros((height, width), np.int32), np.full((height, width), height - 1, np.int32)
    np.multiply(changes, rows[1:], out=starts[1:])
    np.maximum.accumulate(starts, 0, out=starts)
    ends[:-1] -= changes * (height - 1 - rows[:-1])
    ends = np.minimum.accumulate(ends[::-1], 0)[::-1]
    least: Ints = np.minimum(rows - starts, ends - rows) + 1
    return least


def near(mask: Mask, square: int) -> Mask:
    """The pixels whose squared distance to a pixel of a mask is at most `square`: bool (h, w)."""
    height = len(mask)
    result = mask.copy()
    reach = int(square**0.5)
    for y in range(reach + 1):
        wide = _widened(mask, int((square - y * y) ** 0.5))
        result[y:] |= wide[: height - y]
        result[: height - y] |= wide[y:]
    return result


def _widened(mask: Mask, half: int) -> Mask:
    """The pixels at most `half` columns from a pixel of a mask."""
    wide, covered = mask, 0
    while covered < half:
        step = min(covered + 1, half - covered, mask.shape[1])  # without gaps between the shifted copies
        grown = wide.copy()
        grown[:, step:] |= wide[:, :-step]
        grown[:, :-step] |= wide[:, step:]
        wide, covered = grown, covered + step
    return wide


def borders(labels: NDArray[Any]) -> Mask:
    """The pixels that share a side with one of another label: bool (h, w)."""
    result = np.zeros(labels.shape, bool)
    for here, there in ((np.s_[1:], np.s_[:-1]), (np.s_[:, 1:], np.s_[:, :-1])):
        differ = labels[here] != labels[there]
        result[here] |= differ
        result[there] |= differ
    return result
