"""Where a palette's colors lie: for each one a place in the picture that shows it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.histogram import Histogram
from pochade.sketch import PLACE, Sketch
from pochade.source.pixels import Pixels, Strip

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
    wanted = np.full(kernel.LEVELS**3, -1, np.int32)
    kept = missing[labels]
    wanted[counted.bins[kept]] = labels[kept]
    places = list(places)
    for strip in _blocks(pixels):
        level = kernel.LEVEL.astype(np.uint32)[strip.codes]
        label = wanted[level[..., 0] << 12 | level[..., 1] << 6 | level[..., 2]]
        if strip.alpha is not None:
            label[strip.alpha == 0] = -1
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


def _blocks(pixels: Pixels) -> Iterator[Strip]:
    """The picture's strips cut into pieces of 64 rows, so that the copies stay small."""
    for strip in pixels.strips():
        for row in range(0, strip.codes.shape[0], 64):
            alpha = None if strip.alpha is None else strip.alpha[row : row + 64]
            yield Strip(strip.codes[row : row + 64], alpha, strip.left, strip.top + row)
