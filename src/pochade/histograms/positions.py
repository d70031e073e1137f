"""A position in the picture for each color of a palette."""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.histograms.histogram import Histogram
from pochade.histograms.labels import labeled, table_of
from pochade.histograms.sketch import PLACE, Sketch
from pochade.source.pixels import Pixels

Position = tuple[float, float]


def positions(
    histogram: Histogram, labels: NDArray[np.int32], codes: NDArray[np.uint8], pixels: Pixels | None
) -> list[Position | None]:
    """The position of each color: x and y, 0..1, of the middle of the largest square of pixels near that color.

    labels : int32 (n,), the color of each bin of the histogram. codes : uint8 (m, 3), the colors.
    pixels : the picture, searched for colors that are too rare for the sketch; or None.
    """
    centers = kernel.oklab(np.ones(len(codes), np.uint64), codes.astype(np.uint64))
    if histogram.sketch is None:
        return _centroids(histogram, kernel.near(histogram.oklab, histogram.counts, labels, centers), len(codes))
    coarse, bins = histogram.coarse, histogram.coarse_bins
    label_of = np.empty(len(coarse), np.int32)
    label_of[histogram.parents] = labels
    near = kernel.near(coarse.oklab, coarse.counts, label_of, centers)
    places = _squares(histogram.sketch, bins, near, len(codes))
    if None in places:
        rest = _squares(histogram.sketch, bins, label_of, len(codes))
        places = [a or b for a, b in zip(places, rest, strict=True)]
    if pixels is not None and None in places:
        missing = np.array([place is None for place in places])
        places = _search(histogram, labels, missing, pixels, places)
    return places


def _squares(sketch: Sketch, bins: NDArray[np.uint32], labels: NDArray[np.int32], m: int) -> list[Position | None]:
    return [
        (float(sketch.columns[x] / PLACE), float(sketch.rows[y] / PLACE)) if side else None
        for side, _, y, x in kernel.spots(sketch.codes, sketch.alpha, bins, labels, m).tolist()
    ]


def _centroids(histogram: Histogram, near: NDArray[np.int32], m: int) -> list[Position | None]:
    """The mean place of the bin with most pixels near each color, for histograms without a sketch."""
    places: list[Position | None] = [None] * m
    for j in range(m):
        best = int(np.argmax(np.where(near == j, histogram.places[:, 0], 0)))
        n, x, y = histogram.places[best, :3].tolist()
        if n and near[best] == j:
            places[j] = (x / n / PLACE, y / n / PLACE)
    return places


def _search(
    histogram: Histogram,
    labels: NDArray[np.int32],
    missing: NDArray[np.bool_],
    pixels: Pixels,
    places: list[Position | None],
) -> list[Position | None]:
    """The places, completed by the first pixel of each color that the sketch misses."""
    table = table_of(histogram, np.where(missing[labels], labels, -1).astype(np.int32), pixels)
    places = list(places)
    for strip, label in labeled(pixels, table):
        for j in set(label[label >= 0].tolist()):
            if places[j] is None:
                y, x = np.argwhere(label == j)[0].tolist()
                places[j] = (
                    (strip.left + x + 0.5) / pixels.width,
                    (strip.top + y + 0.5) / pixels.height,
                )
        if None not in places:
            break
    return places
