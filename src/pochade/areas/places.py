"""The places of numbers: the largest circle of each area, and more in long ones."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.areas.components import Ints, clearance

REACH = 16
"""Pixels up to which circles are measured: a larger one has room for every size of number."""

COARSE = 4
"""Wide areas are measured on every fourth pixel of every fourth row, to find their middle."""

MAX_NUMBERS = 12
"""The most numbers of an area."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle in an area, in pixels from the upper left corner of the map. The number is in its middle."""

    x: float
    y: float
    radius: float


def circles_of(numbers: Ints, count: int, apart: float, radius: float) -> list[list[Circle]]:
    """For each area a list of circles, the largest first.

    numbers : int32 (h, w), the area of each pixel, 0 to count - 1. apart : the least distance of two circles in one
    area, in pixels. radius : the least radius of all but the first. Radii end at `REACH`.
    """
    depth = _depth(numbers)
    flat = numbers.ravel()
    most = np.zeros(count, np.int32)
    np.maximum.at(most, flat, depth.ravel())
    deepest = np.flatnonzero(depth.ravel() == most[flat])
    deepest = deepest[np.argsort(flat[deepest], kind="stable")]
    firsts = np.split(deepest, np.cumsum(np.bincount(flat[deepest], minlength=count))[:-1])
    middles = [_middle(same, numbers.shape[1]) for same in firsts]
    more = _more(numbers, depth, middles, apart, (radius + 1) ** 2)
    return [
        [_circle(place, depth, numbers.shape[1]) for place in (middle, *more.get(i, ()))]
        for i, middle in enumerate(middles)
    ]


def _depth(numbers: Ints) -> Ints:
    """How deep each pixel lies in its area, int32 (h, w): squared pixels up to `REACH`, and on from there, coarsely."""
    depth = clearance(numbers, REACH)
    wide = depth > REACH**2
    if wide.any():
        few = clearance(numbers[COARSE // 2 :: COARSE, COARSE // 2 :: COARSE], max(numbers.shape) // COARSE)
        rows, columns = (
            (np.arange(side) // COARSE).clip(max=part - 1) for side, part in zip(numbers.shape, few.shape, strict=True)
        )
        depth[wide] += few[np.ix_(rows, columns)][wide]
    return depth


def _middle(places: NDArray[np.intp], width: int) -> int:
    """Of equally deep pixels the one that is nearest to their mean."""
    if len(places) == 1:
        return int(places[0])
    y, x = np.divmod(places, width)
    return int(places[((x - x.mean()) ** 2 + (y - y.mean()) ** 2).argmin()])


def _more(numbers: Ints, depth: Ints, middles: list[int], apart: float, least: float) -> dict[int, list[int]]:
    """Further places in areas that reach far: of the pixels apart from other places the deepest, again and again."""
    width = numbers.shape[1]
    at = _deepest(depth)
    at = at[depth.ravel()[at] >= least]
    at = at[np.argsort(numbers.ravel()[at], kind="stable")]
    area = numbers.ravel()[at]
    found: dict[int, list[int]] = {}
    for start, end in zip(*_stretches(area), strict=True):
        i, places = int(area[start]), at[start:end]
        y, x = np.divmod(places, width)
        far = np.full(len(places), np.inf)
        last = middles[i]
        for _ in range(MAX_NUMBERS - 1):
            far = np.minimum(far, np.hypot(x - last % width, y - last // width))
            free = np.flatnonzero(far >= apart)
            if not len(free):
                break
            last = int(places[free[depth.ravel()[places[free]].argmax()]])
            found.setdefault(i, []).append(last)
    return found


def _deepest(depth: Ints) -> NDArray[np.intp]:
    """The deepest pixel of each square of `COARSE` x `COARSE` pixels."""
    width = depth.shape[1]
    padded = np.pad(depth, [(0, -side % COARSE) for side in depth.shape], constant_values=-1)
    squares = padded.reshape(len(padded) // COARSE, COARSE, -1, COARSE).swapaxes(1, 2)
    y, x = np.divmod(squares.reshape(*squares.shape[:2], -1).argmax(2), COARSE)
    rows, columns = (np.arange(count) * COARSE for count in y.shape)
    places: NDArray[np.intp] = ((rows[:, None] + y) * width + columns + x).ravel()
    return places


def _stretches(sorted_: Ints) -> tuple[list[int], list[int]]:
    """Where each stretch of equal values starts and ends."""
    starts = np.flatnonzero(np.diff(sorted_, prepend=-1))
    return starts.tolist(), np.append(starts[1:], len(sorted_))[: len(starts)].tolist()


def _circle(place: int, depth: Ints, width: int) -> Circle:
    """The circle around a pixel; a line may lie half a pixel inside of the side of a pixel, so another half is left."""
    radius = math.sqrt(min(int(depth.ravel()[place]), REACH**2)) - 1
    return Circle(place % width + 0.5, place // width + 0.5, radius)
