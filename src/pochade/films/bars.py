"""Bars: rows and columns that are black because the film has another shape than the frame.

A frame shows what is not black. A shot's bars are where none of its frames shows anything, if the edge of what it shows
is straight. The edge of a dark scene is not, so that scene takes the bars of the shots around it, and loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pochade.films.planes import Planes
from pochade.source.picture import Box

STRAIGHT = 0.6
"""The share of a row or column at the edge that is not black, from which the edge is that of a bar."""

NEAR = 0.008
"""The distance, as a share of the frame's side, within which two edges are one."""

Interval = tuple[int, int]


@dataclass(slots=True)
class Extent:
    """What the frames of a stretch show.

    size : width and height of the frames. box : around all that they show. straight : the best share of an edge that is
    not black, of upper and lower edge, and of left and right.
    """

    size: tuple[int, int]
    box: Box
    straight: tuple[float, float] = (0.0, 0.0)

    def joined(self, other: "Extent") -> "Extent":
        """The extent of both stretches; an edge that the other passes counts no more."""
        mine, theirs = self.box, other.box
        if theirs[0] >= theirs[2] or theirs[1] >= theirs[3]:
            return self
        if mine[0] >= mine[2] or mine[1] >= mine[3]:
            return other
        box = min(mine[0], theirs[0]), min(mine[1], theirs[1]), max(mine[2], theirs[2]), max(mine[3], theirs[3])
        straight = tuple(
            max([one.straight[axis] for one in (self, other) if _same(one.box, box, self.size, axis)], default=0.0)
            for axis in (0, 1)
        )
        return Extent(self.size, box, (straight[0], straight[1]))


def extent_of(planes: Planes, dark: int) -> Extent:
    """The extent of a frame."""
    size = planes.width, planes.height
    left, top, right, bottom = planes.content(dark)
    if (left, top, right, bottom) == (0, 0, *size):
        return Extent(size, (0, 0, *size), (1.0, 1.0))
    if left >= right or top >= bottom:
        return Extent(size, (0, 0, 0, 0))
    limit = dark << (planes.bits - 8)
    y, x = min(2, (bottom - top) // 2), min(2, (right - left) // 2)

    def share(rows: slice, columns: slice) -> float:
        arrays = planes.arrays if planes.rgb else planes.arrays[:1]
        return float(np.max([(plane[rows, columns] >> planes.low) > limit for plane in arrays], 0).mean())

    upper, lower = slice(top + y, top + y + 1), slice(bottom - 1 - y, bottom - y)
    first, last = slice(left + x, left + x + 1), slice(right - 1 - x, right - x)
    across, down = slice(left, right), slice(top, bottom)
    vertical = min(1.0 if top == 0 else share(upper, across), 1.0 if bottom == size[1] else share(lower, across))
    horizontal = min(1.0 if left == 0 else share(down, first), 1.0 if right == size[0] else share(down, last))
    return Extent(size, (left, top, right, bottom), (vertical, horizontal))


def shapes(extents: Sequence[Extent]) -> list[Box]:
    """The box of each shot without its bars."""
    found: list[Box] = []
    spans = [[_own(extent, axis) for extent in extents] for axis in (0, 1)]
    for i, extent in enumerate(extents):
        edges = []
        for axis in (0, 1):
            own = spans[axis][i]
            if own is None:
                near = _neighbor(spans[axis], extents, i)
                whole = (0, extent.size[1 - axis])
                low, high = _interval(extent.box, axis)
                own = whole if near is None else near if low >= high else (min(near[0], low), max(near[1], high))
            edges.append(own)
        (top, bottom), (left, right) = edges
        found.append((left, top, right, bottom))
    return found


def _own(extent: Extent, axis: int) -> Interval | None:
    """The rows (axis 0) or columns of a shot whose edges are straight."""
    low, high = _interval(extent.box, axis)
    return (low, high) if low < high and extent.straight[axis] >= STRAIGHT else None


def _neighbor(spans: Sequence[Interval | None], extents: Sequence[Extent], i: int) -> Interval | None:
    """The rows or columns of the last shot before, or the next one after, with frames of the same size."""
    same = [j for j, span in enumerate(spans) if span is not None and extents[j].size == extents[i].size]
    before = [j for j in same if j < i]
    chosen = before[-1] if before else same[0] if same else None
    return None if chosen is None else spans[chosen]


def _interval(box: Box, axis: int) -> Interval:
    return (box[1], box[3]) if axis == 0 else (box[0], box[2])


def _same(one: Box, other: Box, size: tuple[int, int], axis: int) -> bool:
    (a, b), (c, d) = _interval(one, axis), _interval(other, axis)
    near = max(2, NEAR * size[1 - axis])
    return abs(a - c) <= near and abs(b - d) <= near
