"""Where a palette's colors lie: for each one a place in the picture that shows it."""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.histograms.histogram import Histogram
from pochade.histograms.labels import labeled, table_of
from pochade.histograms.sketch import PLACE, Sketch
from pochade.source.pixels import Pixels

Place = tuple[float, float]


def positions(
    counted: Histogram, labels: NDArray[np.int32], codes: NDArray[np.uint8], pixels: Pixels | None
) -> list[Place | None]:
    """A place for each color: x and y, 0..1, the middle of the largest square of pixels near that color.

    counted : the histogram. labels : int32 (n,), the color that each of its bins belongs to.
    codes : uint8 (m, 3), the colors. pixels : the picture, searched for colors too rare to be in the sketch.
    """
    centers = kernel.oklab(np.ones(len(codes), np.uint64), codes.astype(np.uint64))
    if counted.sketch is None:
        return _centroids(counted, kernel.near(counted.oklab, counted.counts, labels, centers), len(codes))
    coarse = counted.coarse
    label_of = np.empty(len(coarse), np.int32)
    label_of[counted.parents] = labels
    near = kernel.near(coarse.oklab, coarse.counts, label_of, centers)
    places = _squares(counted.sketch, coarse.bins, near, len(codes))
    if None in places:
        rest = _squares(counted.sketch, coarse.bins, label_of, len(codes))
        places = [a or b for a, b in zip(places, rest, strict=True)]
    if pixels is not None and None in places:
        missing = np.array([place is None for place in places])
        places = _search(counted, labels, missing, pixels, places)
    return places


def _squares(sketch: Sketch, bins: NDArray[np.uint32], labels: NDArray[np.int32], m: int) -> list[Place | None]:
    return [
        (float(sketch.columns[x] / PLACE), float(sketch.rows[y] / PLACE)) if side else None
        for side, _, y, x in kernel.spots(sketch.codes, sketch.alpha, bins, labels, m).tolist()
    ]


def _centroids(counted: Histogram, near: NDArray[np.int32], m: int) -> list[Place | None]:
    """The mean place of the bin that shows most of what is near each color: all that is known after an addition."""
    places: list[Place | None] = [None] * m
    for j in range(m):
        best = int(np.argmax(np.where(near == j, counted.places[:, 0], 0)))
        n, x, y = counted.places[best, :3].tolist()
        if n and near[best] == j:
            places[j] = (x / n / PLACE, y / n / PLACE)
    return places


def _search(
    counted: Histogram,
    labels: NDArray[np.int32],
    missing: NDArray[np.bool_],
    pixels: Pixels,
    places: list[Place | None],
) -> list[Place | None]:
    """Look through the picture for the colors that the sketch has missed: the first pixel of each."""
    wanted = table_of(counted, np.where(missing[labels], labels, -1).astype(np.int32), pixels)
    places = list(places)
    for strip, label in labeled(pixels, wanted):
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
