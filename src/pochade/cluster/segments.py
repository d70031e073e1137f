"""segments: cut the picture into regions, with one color for each, or for similar ones.

References
----------
Achanta, Shaji, Smith, Lucchi, Fua and Süsstrunk 2012, "SLIC superpixels compared to state-of-the-art superpixel
methods".
We depart from it in three ways. Regions are cut from the sketch, in Oklab. They start as equal shares of the pixels
that count, not on a grid, so the mask does not change their number. Disconnected pieces stay in their region, because
only its color matters.
"""

from itertools import pairwise
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Consult, MethodName, Points, Weights, methods
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.histograms.histogram import Histogram
from pochade.histograms.sketch import Sketch
from pochade.option import Within

ROUNDS = 10
"""The number of rounds that the authors of SLIC found sufficient."""

UNIT = 0.01
"""Oklab of one unit of `compactness`: about one of CIELAB, in which the authors give theirs."""

REACH = 1.5
"""The search radius around a region's middle, in sides of the region; 1 in the paper, where regions are squares."""

MAX_REGIONS = 1024
"""The most regions: 16 pixels of the sketch each, in a quarter of a second."""

OPAQUE = 255
"""The count of an opaque pixel in a histogram."""


@methods.register(
    "segments", levels=64, fewer="some of its regions have the same color, or a color that is nearest to no pixels."
)
def segments(
    points: Points,
    weights: Weights,
    k: int,
    *,
    bins: NDArray[np.uint32],
    colors: Points,
    sketch: Sketch | None,
    consult: Consult,
    favor: Weights | None = None,
    of: Annotated[int, Within(0, MAX_REGIONS)] = 0,
    by: MethodName = "kmeans",
    compactness: Annotated[float, Within(above=0, most=1_000_000)] = 10.0,
) -> Clusters:
    """The mean colors of regions of the picture (SLIC): positions count, not only areas.

    Parameters
    ----------
    of : the number of regions, up to 1024; 0 for k. If there are more than k, `by` clusters their colors.
    by : the method that reduces the colors of the regions, weighted by area, to k.
    compactness : the weight of position against color. Near 0 regions follow colors anywhere; from 40 on they are
        nearly squares. 10 as in the paper.
    """
    _check(k, of, by)
    if sketch is None:
        raise OptionError(
            "the method 'segments' cuts a picture into regions, and a sum of histograms has no positions: give a "
            "picture, or take another method, such as 'kmeans'."
        )
    codes, area = _colors(sketch, of or k, compactness, None if favor is None else (bins, favor))
    if len(codes) > k:
        fewer = consult(by, k, _counted(codes, area))
        assert fewer.codes is not None, "consult() sets the codes"
        codes = fewer.codes
    oklab = spaces["oklab"]
    labels, _ = kernel.assign(oklab.from_linear(colors), oklab.from_linear(decode(codes)))
    m = len(codes)
    used = np.bincount(labels, minlength=m) > 0  # the mean of a region can be nearest to none of its colors
    labels = (np.cumsum(used) - 1)[labels].astype(np.int32)
    mass = np.bincount(labels, weights)
    centers = np.stack([np.bincount(labels, weights * axis) / mass for axis in points.T], 1)
    return Clusters(centers, labels, codes=codes[used])


def _check(k: int, of: int, by: str) -> None:
    if by == "segments":
        raise OptionError(
            "by='segments' is not allowed: regions are not cut again. Give another method, such as 'kmeans'."
        )
    if of and of < k:
        raise OptionError(f"of={of} is not allowed for k={k}: give {k} to {MAX_REGIONS} regions, or 0 for k regions.")


def _colors(
    sketch: Sketch, n: int, compactness: float, favor: tuple[NDArray[np.uint32], Weights] | None
) -> tuple[NDArray[np.uint8], Weights]:
    """The distinct mean colors of n regions, uint8 (m, 3), and their areas, float64 (m,).

    favor : bins and their factors; None if all count the same.
    """
    alpha = np.full(sketch.codes.shape[:3], OPAQUE, np.uint8) if sketch.alpha is None else sketch.alpha
    if not alpha.any():
        raise OptionError(
            "the remaining colors are too rare for the method 'segments', which uses a lattice of 128 x 128 pixels: "
            "exclude less, or take another method, such as 'prominent'."
        )
    labels = cut(sketch.codes, alpha, n, compactness)
    seen = labels >= 0
    regions, codes, mass = labels[seen], sketch.codes[seen].astype(np.float64), alpha[seen].astype(np.float64)
    if favor is not None:
        bins, liked = favor
        mass *= liked[np.searchsorted(bins, kernel.bins_of(sketch.codes)[seen]).clip(max=len(bins) - 1)]
    held = np.bincount(regions, mass, n)
    sums = np.stack([np.bincount(regions, mass * codes[:, c], n) for c in range(3)], 1)[held > 0]
    held = held[held > 0]
    means = np.rint(sums / held[:, None]).astype(np.uint8)
    distinct, same = np.unique(means, axis=0, return_inverse=True)
    return distinct, np.bincount(same.ravel(), held).astype(np.float64)


def _counted(codes: NDArray[np.uint8], area: Weights) -> Histogram:
    """A histogram of colors, each counted by its area."""
    bins, same = np.unique(kernel.bins_of(codes[None])[0], return_inverse=True)
    counts = np.rint(area * OPAQUE)
    sums = np.stack([np.bincount(same, counts * codes[:, c], len(bins)) for c in range(3)], 1)
    return Histogram(bins, np.bincount(same, counts, len(bins)).astype(np.uint64), sums.astype(np.uint64))


def cut(codes: NDArray[np.uint8], alpha: NDArray[np.uint8], n: int, compactness: float) -> NDArray[np.int32]:
    """The region of each pixel: int32 (frames, h, w), 0..n-1; -1 for transparent pixels.

    codes : uint8 (frames, h, w, 3), sRGB; a region spans all frames. alpha : uint8 (frames, h, w).
    """
    visible = alpha > 0
    labels = _shares(visible, n)
    step = max(1.0, float(visible.any(0).sum() / n) ** 0.5)  # the side of a region if all are squares
    place = compactness * UNIT / step
    flat = codes.reshape(-1, 3).astype(np.uint64)
    light, a, b = kernel.oklab(np.ones(len(flat), np.uint64), flat).T.reshape(3, *codes.shape[:3])
    _, rows, columns = np.indices(visible.shape, np.float64)
    features = (light, a, b, rows * place, columns * place)
    for _ in range(ROUNDS):
        before, labels = labels, _assigned(labels, visible, features, n, step, place)
        if (labels == before).all():
            break
    return labels


def _shares(visible: NDArray[np.bool_], n: int) -> NDArray[np.int32]:
    """The first labels: bands of rows, each cut across, so that all regions have the same number of visible pixels."""
    y, x = np.nonzero(visible.any(0))
    here = np.full(visible.shape[1:], -1, np.int32)
    if len(x) <= n:
        here[y, x] = np.arange(len(x))
        return np.where(visible, here, np.int32(-1))
    aspect = float((np.ptp(y) + 1) / (np.ptp(x) + 1))
    bands = min(max(round((n * aspect) ** 0.5), 1), n)
    cuts = [i * n // bands for i in range(bands + 1)]
    for first, last in pairwise(cuts):
        start, end = len(x) * first // n, len(x) * last // n
        order = start + np.lexsort((y[start:end], x[start:end]))
        here[y[order], x[order]] = first + np.arange(end - start) * (last - first) // (end - start)
    return np.where(visible, here, np.int32(-1))


def _assigned(
    labels: NDArray[np.int32],
    visible: NDArray[np.bool_],
    features: tuple[NDArray[np.float64], ...],
    n: int,
    step: float,
    place: float,
) -> NDArray[np.int32]:
    """Assign each pixel to the nearest mean of the regions around it; a pixel without one keeps its region."""
    seen = labels[visible]
    held = np.bincount(seen, minlength=n)
    centers = np.stack([np.bincount(seen, f[visible], n) for f in features], 1) / np.maximum(held, 1)[:, None]
    labels = labels.copy()
    near = np.where(visible, np.inf, -1.0)
    reach = REACH * step
    for j in np.flatnonzero(held).tolist():
        y, x = centers[j, 3] / place, centers[j, 4] / place
        rows, columns = (slice(max(0, int(at - reach)), int(at + reach) + 2) for at in (y, x))
        around = (slice(None), rows, columns)
        away = sum((f[around] - c) ** 2 for f, c in zip(features, centers[j].tolist(), strict=True))
        mine = away < near[around]
        near[around][mine] = away[mine]
        labels[around][mine] = j
    return labels
