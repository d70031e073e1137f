"""The palette of least error, the default of quantize().

Boxes, then k-means in DIN99o, where Euclidean distances approximate CIEDE2000. The box with the largest weight x root
of its extent is cut next, and the last rounds of k-means minimize the mean distance instead of the mean square. Both
favor large areas over rare colors; a palette for people to look at does the opposite.
"""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.histograms.histogram import Histogram
from pochade.palette import Color, Palette
from pochade.quantization.bands import bands, size_of
from pochade.source.pixels import Pixels

MAX_COARSE_COLORS = 32
"""Up to this many colors are computed on 32 levels a channel; for more, even the bins of 64 levels are too wide."""

SQUARE_ROUNDS, MEAN_ROUNDS = 10, 7
"""Rounds that minimize the mean square, then the mean distance. Twice as many take 0.3 % off the error."""

SAMPLE = 1 << 18
"""Pixels whose own colors are clustered if k is more than MAX_COARSE_COLORS, evenly from all rows."""

EXTENT = 0.5
"""The exponent of a box's extent beside its weight. 2 minimizes the square error; a lower one gives more colors to
large areas. Measured on 24 photos: 0.5 is the best of 0.5, 1, 1.5 and 2 at 256 colors, and no worse at 16."""

OPAQUE = 255

MIN_DISTANCE = 0.5
"""DIN99o. Keeps the weights finite at small distances: half of a just visible difference."""

Floats = NDArray[np.float64]


def least_error_palette(pixels: Pixels, histogram: Histogram, k: int) -> Palette:
    """At most k colors, by share of the picture."""
    to_space = spaces["din99o"].from_linear
    if k <= MAX_COARSE_COLORS:
        codes, weights = histogram.coarse.means, histogram.coarse.counts / float(histogram.counts.sum())
    else:
        codes, weights = _sampled(pixels, histogram, k)
    points = np.ascontiguousarray(to_space(decode(codes)))
    centers, labels = kernel.lloyd(points, weights, boxes(points, weights, k), SQUARE_ROUNDS)
    pull = weights
    for _ in range(MEAN_ROUNDS):
        away = points - centers[labels]
        pull = weights / (np.sqrt(np.einsum("ij,ij->i", away, away)) + MIN_DISTANCE)
        centers, labels = kernel.lloyd(points, pull, centers, 1)
    m = len(centers)
    total, mass = np.bincount(labels, weights, m), np.bincount(labels, pull, m)
    means = np.stack([np.bincount(labels, pull * row, m) for row in codes.T.astype(np.float64)], 1)
    colors: dict[tuple[int, int, int], float] = {}
    for j in np.argsort(-total, kind="stable"):
        if total[j] > 0:
            red, green, blue = np.rint(means[j] / mass[j]).astype(int).tolist()
            colors[red, green, blue] = colors.get((red, green, blue), 0.0) + float(total[j])
    return Palette(
        tuple(Color(color, weight) for color, weight in colors.items()),
        k,
        source=pixels.name,
        width=pixels.width,
        height=pixels.height,
    )


Box = tuple[float, int, Floats, NDArray[np.int64], Floats]
"""Priority of the cut, axis of the cut, mean, indices of the points, and their moments."""


def boxes(points: Floats, weights: Floats, k: int) -> Floats:
    """The means of at most k boxes, each cut at its mean across its longest side: float64 (m, d)."""
    heavy = weights[:, None]
    moments = np.hstack([heavy, heavy * points, heavy * points**2])
    cut = [_box(moments.sum(0), np.arange(len(points)))]
    while len(cut) < k:
        at = max(range(len(cut)), key=lambda i: cut[i][0])
        value, axis, mean, inside, total = cut[at]
        if value <= 0:
            break
        lower = points[inside, axis] <= mean[axis]
        if lower.all() or not lower.any():  # equal to rounding
            cut[at] = (0.0, axis, mean, inside, total)
            continue
        below = inside[lower]
        part = moments[below].sum(0)
        cut[at] = _box(part, below)
        cut.append(_box(total - part, inside[~lower]))
    return np.array([box[2] for box in cut])


def _box(moments: Floats, inside: NDArray[np.int64]) -> Box:
    """The box of some points. moments : their sums of weight, weighted coordinates and weighted squares."""
    total = moments[0]
    middle = 1 + (len(moments) - 1) // 2
    mean = moments[1:middle] / total
    spread = (moments[middle:] / total - mean**2).clip(0)
    return float(total * spread.sum() ** (EXTENT / 2)), int(spread.argmax()), mean, inside, moments


def _sampled(pixels: Pixels, histogram: Histogram, k: int) -> tuple[Floats, Floats]:
    """The distinct colors of a sample of the pixels, float64 (n, 3), and their shares by alpha, float64 (n,).

    If the sample has fewer than k colors, as with few opaque pixels, the histogram's bins instead.
    """
    width, height = size_of(pixels)
    step = max(1, round((width * height * pixels.frames / SAMPLE) ** 0.5))
    packed, opacity = [], []
    for band in bands(pixels):
        part = np.s_[-band.top % step :: step, ::step]
        some = band.codes[part].astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
        alpha = np.full(some.shape, OPAQUE, np.uint8) if band.alpha is None else band.alpha[part]
        packed.append(some[alpha > 0])
        opacity.append(alpha[alpha > 0])
    different, which, times = np.unique(np.concatenate(packed), return_inverse=True, return_counts=True)
    shares = np.concatenate(opacity)
    if shares.min(initial=OPAQUE) < OPAQUE:
        times = np.bincount(which, shares)
    if step > 1 and len(different) < k:
        return histogram.means, histogram.counts / float(histogram.counts.sum())
    codes = np.stack([different >> 16, different >> 8 & 255, different & 255], 1).astype(np.float64)
    return codes, times / times.sum()
