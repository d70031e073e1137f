"""Functions of bins: the NumPy twin of _bins.pyx, and its specification.

Integers agree exactly, floats up to rounding.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.count import BINS, Codes, Floats, bins_of
from pochade.kernel.levels import LINEAR

Labels = NDArray[np.int32]


def locate(
    codes: Codes,
    alpha: Codes | None,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    bins: NDArray[np.uint32],
    solid: NDArray[np.uint8],
) -> NDArray[np.int64]:
    """The places of each bin's pixels: int64 (n, 8).

    codes : uint8 (h, w, 3); `bins` contains the bins of all colors. alpha : uint8 (h, w) or None; pixels below 128 are
    skipped. rows, columns : int64 (h,) and (w,), the places of the pixels, in any unit. bins : uint32 (n,), rising.
    solid : uint8 (h, w), 1 for the pixels to count in the fourth column, else 0.

    The columns: number of pixels, sum of x, sum of y, number of solid pixels, least x, least y, greatest x, greatest y.
    A bin without pixels has 0, 0, 0, 0, 2^62, 2^62, -1, -1.
    """
    opaque = np.ones(codes.shape[:2], bool) if alpha is None else alpha >= 128
    rank = np.searchsorted(bins, bins_of(codes)[opaque])
    y, x = (grid[opaque] for grid in np.broadcast_arrays(rows[:, None], columns[None]))
    places = np.zeros((len(bins), 8), np.int64)
    places[:, 4:6], places[:, 6:] = 1 << 62, -1
    for column, values in ((0, np.ones_like(x)), (1, x), (2, y), (3, solid[opaque].astype(np.int64))):
        np.add.at(places[:, column], rank, values)
    for column, values in ((4, x), (5, y)):
        np.minimum.at(places[:, column], rank, values)
        np.maximum.at(places[:, column + 2], rank, values)
    return places


def coarsen(
    bins: NDArray[np.uint32], counts: NDArray[np.uint64], sums: NDArray[np.uint64]
) -> tuple[NDArray[np.uint32], Labels, NDArray[np.uint64], NDArray[np.uint64]]:
    """The histogram in 32 levels a channel: bins in order of first occurrence, labels (n,), counts, sums."""
    coarse = (bins >> 13) << 10 | (bins >> 7 & 31) << 5 | (bins >> 1 & 31)
    sorted_bins, first, inverse = np.unique(coarse, return_index=True, return_inverse=True)
    order = np.argsort(first)
    labels = np.argsort(order)[inverse]
    m = len(sorted_bins)
    counts_of, sums_of = np.zeros(m, np.uint64), np.zeros((m, 3), np.uint64)
    np.add.at(counts_of, labels, counts)
    np.add.at(sums_of, labels, sums)
    return sorted_bins[order].astype(np.uint32), labels.astype(np.int32), counts_of, sums_of


def heavy(counts: NDArray[np.uint64], part: float) -> NDArray[np.int64]:
    """The indices of the bins that hold at least a part of all pixels: int64 (h,)."""
    return np.flatnonzero(counts / float(counts.sum()) >= part)


def flat(codes: Codes, alpha: Codes | None, solid: NDArray[np.uint8], bins: NDArray[np.uint32]) -> tuple[int, int]:
    """The number of pixels that are solid and in one of some bins, and of all pixels.

    codes : uint8 (pictures, h, w, 3). alpha : uint8 (pictures, h, w) or None; pixels below 128 are skipped.
    solid : uint8 (pictures, h, w), 1 for solid pixels, else 0.
    """
    opaque = np.ones(solid.shape, bool) if alpha is None else alpha >= 128
    inside = np.zeros(BINS, bool)
    inside[bins] = True
    return int((inside[bins_of(codes)] & (solid > 0) & opaque).sum()), int(opaque.sum())


def gather(
    labels: Labels, m: int, emphasis: Floats | None, counts: NDArray[np.uint64], sums: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], Floats, Floats, NDArray[np.int64]]:
    """The contents of m clusters: counts, plain means, emphasized means and heaviest bins.

    The arrays: uint64 (m,); float64 (m, 3), mean codes; the same; int64 (m,), an index of a bin.
    labels : int32 (n,); every cluster has a bin. emphasis : float64 (n,), the weights of pixels in the emphasized mean;
    if it is None, or 0 in a whole cluster, that mean is the plain one.
    """
    totals = np.zeros(m, np.uint64)
    np.add.at(totals, labels, counts)
    plain = np.stack([np.bincount(labels, sums[:, c], m) for c in range(3)], 1) / totals[:, None].astype(np.float64)
    vivid = plain.copy()
    if emphasis is not None:
        mass = np.bincount(labels, emphasis * counts, m)
        mixed = np.stack([np.bincount(labels, emphasis * sums[:, c], m) for c in range(3)], 1)
        vivid = np.where(mass[:, None] > 0, mixed / np.where(mass > 0, mass, 1)[:, None], plain)
    heaviest = np.array([np.where(labels == j, counts, 0).argmax() for j in range(m)], np.int64)
    return totals, plain, vivid, heaviest


def spots(codes: Codes, alpha: Codes | None, coarse: NDArray[np.uint32], labels: Labels, m: int) -> NDArray[np.int64]:
    """The largest square of each label in several pictures: int64 (m, 4), its side, picture, row and column.

    Row and column are the middle of the square. A label without pixels has side 0.
    codes : uint8 (pictures, h, w, 3). alpha : uint8 (pictures, h, w) or None; pixels below 128 have no label.
    coarse, labels : coarse bins, uint32 (n,), and their labels, int32 (n,); -1 is no label.
    """
    of = np.full(BINS // 8, -1, np.int32)
    of[coarse] = labels
    bins = bins_of(codes)
    label = of[(bins >> 13) << 10 | (bins >> 7 & 31) << 5 | (bins >> 1 & 31)]
    if alpha is not None:
        label[alpha < 128] = -1
    squares = np.zeros((m, 4), np.int64)
    side = np.ones(label.shape, np.int64)
    for f, y, x in np.ndindex(label.shape):
        j = label[f, y, x]
        if j < 0:
            continue
        if y and x and j == label[f, y - 1, x] == label[f, y, x - 1] == label[f, y - 1, x - 1]:
            side[f, y, x] += min(side[f, y - 1, x], side[f, y, x - 1], side[f, y - 1, x - 1])
        s = side[f, y, x]
        if s > squares[j, 0]:
            squares[j] = s, f, y - s // 2, x - s // 2
    return squares


def oklab(counts: NDArray[np.uint64], sums: NDArray[np.uint64]) -> Floats:
    """Oklab of the mean color of each bin: float64 (n, 3).

    The linear light of a fractional code is interpolated between its two neighbors; that of a whole code is exact.
    Reference: Ottosson 2020, "A perceptual color space for image processing" (matrices of 2021).
    """
    linear = np.interp(sums / counts[:, None].astype(np.float64), np.arange(256), LINEAR)
    out: Floats = np.cbrt(linear @ _LMS.T) @ _OKLAB.T
    return out


_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def density(coarse: NDArray[np.uint32], weights: Floats) -> Floats:
    """The density at each coarse bin: float64 (n,), the weights in a cube of 32 levels blurred by [1 2 1]/4."""
    cube: NDArray[np.float32] = np.zeros((34, 34, 34), np.float32)
    at = (coarse >> 10) + 1, (coarse >> 5 & 31) + 1, (coarse & 31) + 1
    cube[at] = weights
    for axis in (2, 1, 0):
        before, after = np.roll(cube, 1, axis), np.roll(cube, -1, axis)
        cube = np.asarray((before + 2 * cube + after) / 4, np.float32)
    return np.asarray(cube[at], np.float64)


def cells(coarse: NDArray[np.uint32], points: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Points merged in cells of 16 levels a channel, in order of first occurrence: means (m, 3) and weights (m,)."""
    cell = (coarse >> 11) << 8 | (coarse >> 6 & 15) << 4 | (coarse >> 1 & 15)
    _, first, inverse = np.unique(cell, return_index=True, return_inverse=True)
    labels = np.argsort(np.argsort(first))[inverse]
    mass = np.bincount(labels, weights).astype(np.float64)
    mean = np.stack([np.bincount(labels, weights * x) for x in points.T], 1) / mass[:, None]
    return mean, mass
