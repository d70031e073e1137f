"""The NumPy twin of the compiled kernel, and its specification.

Every function here has a compiled one of the same name and signature, which gives the same answer: integers exactly,
floats to rounding. Bins are numbered `red level << 12 | green level << 6 | blue level`.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.levels import LEVEL, LEVELS, LINEAR

BINS = LEVELS**3
Codes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Labels = NDArray[np.int32]
Counted = tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.uint64]]


def _bins(codes: Codes) -> NDArray[np.uint32]:
    """The bin of each color: codes uint8 (..., 3) to uint32 (...)."""
    level = LEVEL.astype(np.uint32)[codes]
    return np.asarray(level[..., 0] << 12 | level[..., 1] << 6 | level[..., 2], np.uint32)


class Tally:
    """Counts pixels into bins, in exact integers: an opaque pixel counts 255, a transparent one its alpha."""

    def __init__(self) -> None:
        self._table = np.zeros((4, BINS), np.uint64)

    def add(self, codes: Codes, alpha: Codes | None = None, weight: int = 1) -> None:
        """Count `codes`, uint8 (rows, columns, 3), each pixel `alpha` (rows, columns) or 255 times `weight`."""
        for row in range(0, len(codes), 256):  # blocks, so that the copies stay small
            self._add(codes[row : row + 256], None if alpha is None else alpha[row : row + 256], weight)

    def _add(self, codes: Codes, alpha: Codes | None, weight: int) -> None:
        bins = _bins(codes).ravel()
        share = np.full(len(bins), 255.0) if alpha is None else alpha.ravel().astype(np.float64)
        self._table[0] += self._sum(bins, share, weight)
        for channel in range(3):
            self._table[1 + channel] += self._sum(bins, share * codes[..., channel].ravel(), weight)

    @staticmethod
    def _sum(bins: NDArray[np.uint32], values: Floats, weight: int) -> NDArray[np.uint64]:
        # float64 holds these whole numbers exactly: a block's sum stays far below 2^53
        return np.bincount(bins, values, BINS).astype(np.uint64) * np.uint64(weight)

    def absorb(self, other: "Tally") -> None:
        """Take over what another tally has counted; that one is empty afterwards."""
        self._table += other._table
        other._table[:] = 0

    def result(self) -> Counted:
        """The occupied bins uint32 (n,) in rising order, counts uint64 (n,), sums of codes uint64 (n, 3).

        The tally is empty afterwards, and can be used again.
        """
        bins = np.flatnonzero(self._table[0])
        counts, sums = self._table[0, bins].copy(), self._table[1:, bins].T.copy()
        self._table[:] = 0
        return bins.astype(np.uint32), counts, sums


def sample(codes: Codes, rows: NDArray[np.int64], columns: NDArray[np.int64], out: Codes) -> None:
    """Copy the pixels at the crossings of `rows` and `columns` to `out`, uint8 (len(rows), len(columns), 3)."""
    out[:] = codes[rows][:, columns]


def locate(
    codes: Codes,
    alpha: Codes | None,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    bins: NDArray[np.uint32],
) -> NDArray[np.int64]:
    """Where each bin lies, from pixels whose places are known: int64 (n, 7).

    codes : uint8 (h, w, 3), of colors that are all in `bins`. alpha : uint8 (h, w) or None; below 128: passed over.
    rows, columns : int64 (h,) and (w,), the places of the pixels, in any unit.
    bins : uint32 (n,), rising.

    The columns are: how many pixels, sum of x, sum of y, least x, least y, greatest x, greatest y.
    A bin with no pixel has 0, 0, 0, 2^62, 2^62, -1, -1.
    """
    kept = np.ones(codes.shape[:2], bool) if alpha is None else alpha >= 128
    rank = np.searchsorted(bins, _bins(codes)[kept])
    y, x = (grid[kept] for grid in np.broadcast_arrays(rows[:, None], columns[None]))
    places = np.zeros((len(bins), 7), np.int64)
    places[:, 3:5], places[:, 5:] = 1 << 62, -1
    for column, values in ((0, np.ones_like(x)), (1, x), (2, y)):
        np.add.at(places[:, column], rank, values)
    for column, values in ((3, x), (4, y)):
        np.minimum.at(places[:, column], rank, values)
        np.maximum.at(places[:, column + 2], rank, values)
    return places


def coarsen(
    bins: NDArray[np.uint32], counts: NDArray[np.uint64], sums: NDArray[np.uint64]
) -> tuple[NDArray[np.uint32], Labels, NDArray[np.uint64], NDArray[np.uint64]]:
    """The same histogram in 32 levels a channel: coarse bins in order of first sight, labels (n,), counts, sums."""
    coarse = (bins >> 13) << 10 | (bins >> 7 & 31) << 5 | (bins >> 1 & 31)
    sorted_bins, first, inverse = np.unique(coarse, return_index=True, return_inverse=True)
    order = np.argsort(first)
    labels = np.argsort(order)[inverse]
    m = len(sorted_bins)
    counts_of, sums_of = np.zeros(m, np.uint64), np.zeros((m, 3), np.uint64)
    np.add.at(counts_of, labels, counts)
    np.add.at(sums_of, labels, sums)
    return sorted_bins[order].astype(np.uint32), labels.astype(np.int32), counts_of, sums_of


def gather(
    labels: Labels, m: int, emphasis: Floats | None, counts: NDArray[np.uint64], sums: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], Floats, Floats, NDArray[np.int64]]:
    """What each of m clusters holds: counts uint64 (m,), mean codes twice, float64 (m, 3), heaviest bin int64 (m,).

    labels : int32 (n,). emphasis : float64 (n,) or None, how much each bin's pixels weigh in the second mean; without
    it, or where a cluster has none, that is the first. Every cluster must have a bin.
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
    """The largest square of each label in some pictures: int64 (m, 4), its side, picture, row and column.

    codes : uint8 (pictures, h, w, 3). alpha : uint8 (pictures, h, w) or None; below 128: no label.
    coarse, labels : coarse bins uint32 (n,) and the label of each int32 (n,); -1 is no label.
    Row and column are the square's middle. A label that is nowhere has side 0.
    """
    of = np.full(BINS // 8, -1, np.int32)
    of[coarse] = labels
    bins = _bins(codes)
    label = of[(bins >> 13) << 10 | (bins >> 7 & 31) << 5 | (bins >> 1 & 31)]
    if alpha is not None:
        label[alpha < 128] = -1
    found = np.zeros((m, 4), np.int64)
    side = np.ones(label.shape, np.int64)
    for f, y, x in np.ndindex(label.shape):
        j = label[f, y, x]
        if j < 0:
            continue
        if y and x and j == label[f, y - 1, x] == label[f, y, x - 1] == label[f, y - 1, x - 1]:
            side[f, y, x] += min(side[f, y - 1, x], side[f, y, x - 1], side[f, y - 1, x - 1])
        s = side[f, y, x]
        if s > found[j, 0]:
            found[j] = s, f, y - s // 2, x - s // 2
    return found


def oklab(counts: NDArray[np.uint64], sums: NDArray[np.uint64]) -> Floats:
    """Oklab of the mean color of each bin: float64 (n, 3).

    Light between two whole codes is interpolated linearly between theirs, so that a whole code's is exact.
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


def assign(points: Floats, centers: Floats) -> tuple[Labels, NDArray[np.float32]]:
    """The nearest center of each point, the first of equals, compared in float32: int32 (n,).

    And the squared distances to it and to the next nearest: float32 (n, 2).
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


RELAXED = 1.8
"""Steps beyond the mean, four of five times. k-means converges with steps of anything from 0 to 2 times the way; 1.8
gets in 10 rounds where plain steps get in 20 to 40, and ends 0.4 % lower (14 runs on 7 photos, k = 8 and 16)."""


def lloyd(points: Floats, weights: Floats, centers: Floats, iterations: int = 100) -> tuple[Floats, Labels]:
    """Weighted k-means from given centers: the centers float64 (k, 3), and each point's label int32 (n,).

    Points are taken in float32, sums in float64. Stops where no label changes, or after `iterations`; the centers are
    the means of their labels. A center that loses all its points stays where it is.
    Reference: Lloyd 1982, "Least squares quantization in PCM".
    """
    centers = np.array(centers, np.float64)
    points = points.astype(np.float32).astype(np.float64)
    labels = np.full(len(points), -1, np.int32)
    k, settled = len(centers), False
    for turn in range(iterations):
        new, _ = assign(points, centers)
        step = RELAXED if turn % 5 < 4 and turn + 1 < iterations else 1
        if (new == labels).all():
            if settled:
                break
            step = 1
        labels, settled = new, step == 1
        total = np.bincount(labels, weights, k)
        for channel in range(3):
            mean = np.bincount(labels, weights * points[:, channel], k) / np.where(total > 0, total, 1)
            centers[:, channel] += np.where(total > 0, step * (mean - centers[:, channel]), 0)
    return centers, labels


def density(coarse: NDArray[np.uint32], weights: Floats) -> Floats:
    """How much weight lies about each coarse bin: float64 (n,), from a cube of 32 levels blurred by [1 2 1]/4."""
    cube: NDArray[np.float32] = np.zeros((34, 34, 34), np.float32)
    at = (coarse >> 10) + 1, (coarse >> 5 & 31) + 1, (coarse & 31) + 1
    cube[at] = weights
    for axis in (2, 1, 0):
        before, after = np.roll(cube, 1, axis), np.roll(cube, -1, axis)
        cube = np.asarray((before + 2 * cube + after) / 4, np.float32)
    return np.asarray(cube[at], np.float64)


def cells(coarse: NDArray[np.uint32], points: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Points gathered in cells of 16 levels a channel, in order of first sight: mean points (m, 3) and weights (m,)."""
    cell = (coarse >> 11) << 8 | (coarse >> 6 & 15) << 4 | (coarse >> 1 & 15)
    _, first, inverse = np.unique(cell, return_index=True, return_inverse=True)
    labels = np.argsort(np.argsort(first))[inverse]
    held = np.bincount(labels, weights).astype(np.float64)
    mean = np.stack([np.bincount(labels, weights * x) for x in points.T], 1) / held[:, None]
    return mean, held


def grow(
    points: Floats,
    weights: Floats,
    candidates: NDArray[np.int64],
    k: int,
    prior: float,
    apart: float,
    rounds: int,
) -> Floats:
    """Centers added one by one, each where it gains most, and settled after each: float64 (m, 3), m at most k.

    The first is the mean. A candidate's gain is what the points that are nearer to it come nearer (weight x squared
    distance), divided by the square root of their share of all weight + prior. Ends where the best lies less than
    `apart` from a center.
    points : float64 (n, 3). candidates : int64 (c,), indices of points. rounds : of Lloyd, after each.
    Reference: Likas, Vlassis and Verbeek 2003, "The global k-means clustering algorithm" (prior: infinite there).
    """
    held = float(weights.sum())
    centers: Floats = (weights @ points / held)[None]
    far = _squared(points, points[candidates])
    heavy = weights.astype(np.float32)
    while len(centers) < k:
        nearest = _squared(points, centers).min(0)
        nearer = nearest - far
        won = heavy * (nearer > 0)
        mass = won.sum(1, dtype=np.float64) + prior * held
        gain = (won * nearer).sum(1, dtype=np.float64) / np.sqrt(mass)
        best, most = -1, 0.0
        for j, value in enumerate(gain.tolist()):  # the first of those that are equal to rounding
            if value > most * 1.00001:
                best, most = j, value
        if best < 0 or nearest[candidates[best]] < apart * apart:
            break
        centers, _ = lloyd(points, weights, np.vstack([centers, points[candidates[best]]]), rounds)
    return centers


def missed(points: Floats, weights: Floats, centers: Floats, candidates: NDArray[np.int64], prior: float) -> int:
    """Of the candidates, indices of points, the one about which points lie farthest from all centers on average.

    Like `grow`, with the gain divided by the share of weight + prior itself: the mean gain, not that of the whole.
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
    """The labels of the points no farther from their center than its mean square distance; -1 for the others."""
    far = ((points - centers[labels]) ** 2).sum(1)
    held = np.bincount(labels, counts, len(centers))
    mean = np.bincount(labels, far * counts, len(centers)) / np.where(held > 0, held, 1)
    return np.where(far <= mean[labels] * 1.000001, labels, -1).astype(np.int32)


def farthest(points: Floats, weights: Floats, k: int) -> NDArray[np.int64]:
    """Seeds without chance: the heaviest point, then always the one of largest weight x squared distance.

    Compared in float32, the first of equals. Returns the indices of at most k points, int64 (m,); fewer where the
    points are no more than m different ones.
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
