"""Where a color lies in the picture, by its sketch: figures, and a description in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.histograms.sketch import PLACE, Sketch
from pochade.palette.origin import Origin

TAIL = 0.05
"""The extent leaves out this share of the pixels at each end, so that single pixels elsewhere do not widen it."""

SPOT, SMALL, WIDE = 0.08, 0.34, 0.66
"""The bounds for the sides of an extent, in fractions of the picture: of a spot, of one place, of a wide area."""

MIN_SHARE_IN_HALF = 0.7
"""The least share of a color's pixels in one half of the picture for the text to name that half."""

RING = 1 / 12
"""The width of the border on each side, as a fraction of the picture."""

SPARSE = 0.15
"""A color that fills a smaller share of its extent is scattered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a color lies.

    words : in plain words, "in one place on the left".
    extent : left, top, right, bottom of the middle nine tenths of its pixels across and down, 0..1; None if only a
        point is known.
    filled : its share of the extent, 0..1.
    border : its share of the picture's border, which is a twelfth of the picture on each side, 0..1.
    """

    words: str
    extent: tuple[float, float, float, float] | None
    filled: float
    border: float


def places(origin: Origin, indices: list[int], positions: Sequence[tuple[float, float] | None]) -> list[Place]:
    """The place of each color; a color that the sketch misses lies at its position."""
    sketch = origin.counted.sketch
    if sketch is None:
        return [_of_sum(origin, i) for i in indices]
    labels = _labels(sketch, origin)
    return [
        _of_sketch(labels == i, labels >= 0, sketch, position) for i, position in zip(indices, positions, strict=True)
    ]


def _labels(sketch: Sketch, origin: Origin) -> NDArray[np.int32]:
    """The color of each pixel of the sketch, -1 for none: int32 (frames, h, w)."""
    counted = origin.counted
    label_of = np.full(len(counted.coarse), -1, np.int32)
    label_of[counted.parents] = origin.answer.labels
    of = np.full(kernel.LEVELS**3 // 8, -1, np.int32)
    of[counted.coarse_bins] = label_of
    red, green, blue = np.moveaxis(kernel.LEVEL.astype(np.uint32)[sketch.codes] >> 1, -1, 0)
    labels: NDArray[np.int32] = of[red << 10 | green << 5 | blue]
    if sketch.alpha is not None:
        labels[sketch.alpha < 128] = -1
    return labels


def _of_sketch(
    mine: NDArray[np.bool_], counted: NDArray[np.bool_], sketch: Sketch, position: tuple[float, float] | None
) -> Place:
    """The place of a color by the sketch, or its position if the sketch misses it.

    mine, counted : bool (frames, h, w): the pixels of the sketch with this color, and with any color.
    """
    if not mine.any():
        return Place(f"in one spot {_where(*position)}" if position else "somewhere", None, 0, 0)
    _, rows, columns = np.nonzero(mine)
    x, y = np.sort(sketch.columns[columns] / PLACE), np.sort(sketch.rows[rows] / PLACE)
    cut = int(len(x) * TAIL)
    # a pixel of the sketch stands for a cell of the picture, and an extent goes to the cells' edges
    right, down = (0.5 / max(len(edge), 1) for edge in (sketch.columns, sketch.rows))
    left, top = max(x[cut] - right, 0.0), max(y[cut] - down, 0.0)
    extent = float(left), float(top), float(min(x[-1 - cut] + right, 1)), float(min(y[-1 - cut] + down, 1))
    ring = _ring(sketch)
    counted_ring = counted & ring
    within = (
        (sketch.columns / PLACE >= extent[0]) & (sketch.columns / PLACE <= extent[2]),
        (sketch.rows / PLACE >= extent[1]) & (sketch.rows / PLACE <= extent[3]),
    )
    box = counted & within[1][:, None] & within[0]
    filled = float((mine & box).sum() / max(box.sum(), 1))
    border = float((mine & ring).sum() / max(counted_ring.sum(), 1))
    # the color's share on the border, relative to the share of all pixels
    edgy = (mine & ring).sum() / mine.sum() / max(counted_ring.sum() / counted.sum(), 1e-9)
    return Place(_words(extent, filled, float(edgy), x, y), extent, filled, border)


def _ring(sketch: Sketch) -> NDArray[np.bool_]:
    """The pixels of the sketch on its border: bool (h, w)."""
    height, width = len(sketch.rows), len(sketch.columns)
    across, down = (np.minimum(np.arange(n), np.arange(n)[::-1]) + 0.5 for n in (width, height))
    ring: NDArray[np.bool_] = (down[:, None] < RING * height) | (across < RING * width)
    return ring


def _words(
    extent: tuple[float, float, float, float],
    filled: float,
    edgy: float,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> str:
    left, top, right, bottom = extent
    width, height = right - left, bottom - top
    where = _where(float(np.median(x)), float(np.median(y)))
    if width <= SPOT and height <= SPOT:
        return f"in one spot {where}"
    if width <= SMALL and height <= SMALL:
        return f"in one place {where}" if filled >= SPARSE else f"in a few places {where}"
    if width >= WIDE and height >= WIDE:
        if edgy >= 2:
            return "around the border"
        half = _half(x, y)
        return f"everywhere, but most of it {half}" if half else "everywhere"
    if width >= WIDE:
        return f"from left to right, {_where(0.5, float(np.median(y)))}"
    if height >= WIDE:
        return f"from top to bottom, {_where(float(np.median(x)), 0.5)}"
    return f"mostly {where}" if filled >= SPARSE else f"here and there, mostly {where}"


def _half(x: NDArray[np.float64], y: NDArray[np.float64]) -> str | None:
    """The half of the picture with most of a color, if there is one."""
    shares = {
        "in the upper half": (y < 0.5).mean(),
        "in the lower half": (y > 0.5).mean(),
        "in the left half": (x < 0.5).mean(),
        "in the right half": (x > 0.5).mean(),
    }
    most = max(shares, key=lambda half: shares[half])
    return most if shares[most] >= MIN_SHARE_IN_HALF else None


def _where(x: float, y: float) -> str:
    """A point in words: thirds of the picture, and the region near its middle.

    Examples
    --------
    >>> _where(0.1, 0.1), _where(0.5, 0.5), _where(0.6, 0.5), _where(0.5, 0.9), _where(0.7, 0.62)
    ('at the top left', 'in the middle', 'right of the middle', 'at the bottom', 'on the right, below the middle')
    """
    column, row = (sum(at >= edge for edge in (0.3, 0.45, 0.55, 0.7)) for at in (x, y))
    side = ("left", "left", "", "right", "right")[column]
    if row in (0, 4):
        edge = "at the top" if row == 0 else "at the bottom"
        if column in (1, 3):
            return f"{edge}, {side} of the middle"
        return f"{edge} {side}".rstrip()
    level = ("", "above the middle", "", "below the middle", "")[row]
    if column in (0, 4):
        return f"on the {side}, {level}" if level else f"on the {side}"
    if not side:
        return level or "in the middle"
    return f"{level}, to the {side}" if level else f"{side} of the middle"


def _of_sum(origin: Origin, i: int) -> Place:
    """The place of a color in a sum of histograms, which has only means and extents."""
    places = origin.counted.places[origin.answer.labels == i]
    count = int(places[:, 0].sum())
    if not count:
        return Place("somewhere", None, 0, 0)
    x, y = (float(total) / count / PLACE for total in places[:, 1:3].sum(0))
    left, top = (float(edge) / PLACE for edge in places[:, 4:6].min(0))
    right, bottom = (float(edge) / PLACE for edge in places[:, 6:].max(0))
    return Place(f"on average {_where(x, y)}", (left, top, right, bottom), 0, 0)
