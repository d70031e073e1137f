"""A shot whose end is not known yet. It does not grow with its length: only counts and a few stills are kept."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.films.bars import Extent
from pochade.films.coding import Coding
from pochade.films.packing import Planar, pack
from pochade.films.record import TICKS, Part, ShotRecord
from pochade.films.stills import still

EVEN = 0.1
"""The most by which the durations of frames that weigh the same may differ: stamps in milliseconds jitter by 5 %."""

MAX_STILLS = 96
"""Small pictures that are kept to choose from, 170 kB each. In a longer shot every second one goes."""


@dataclass(slots=True, eq=False)
class Stretch:
    """Some frames in a row, counted.

    first : the number of its first frame. start, last, end : when its first frame and its last one begin, and its end.
    times : float64 (n,), starts in seconds. lights : float32 (n, 3), mean linear light. area : the pixels that were
    counted, and those in what frames show. still : samples of the first frame, uint8 (h, w, 3), and its quarter turns.
    """

    first: int
    inside: Planar
    outside: Planar
    start: Fraction
    last: Fraction
    end: Fraction
    times: NDArray[np.float64]
    lights: NDArray[np.float32]
    area: tuple[int, int]
    coding: int
    extent: Extent
    still: tuple[NDArray[np.uint8], int]


class Unfinished:
    """Takes the stretches of a shot, one after another.

    shortest : seconds of a part of the shot. tally : an empty one, for sums; it is empty again after each call.
    """

    def __init__(self, shortest: Fraction, tally: kernel.PlaneTally) -> None:
        self._shortest, self._tally = shortest, tally
        self._number = 0
        self._start = self._end = Fraction(0)
        self._extent: Extent | None = None
        self._parts: list[Part] = []
        self._group: list[Stretch] = []
        self._times: list[NDArray[np.float64]] = []
        self._lights: list[NDArray[np.float32]] = []
        self._stills: list[tuple[Fraction, NDArray[np.uint8], int, int]] = []

    def add(self, stretch: Stretch) -> None:
        """The next stretch."""
        if self._extent is None:
            self._number, self._start, self._extent = stretch.first, stretch.start, stretch.extent
        elif stretch.extent.size == self._extent.size:
            self._extent = self._extent.joined(stretch.extent)
        else:
            self._extent = stretch.extent
        self._end = stretch.end
        self._times.append(stretch.times)
        self._lights.append(stretch.lights)
        group = self._group
        if group and (group[-1].end - group[0].start >= self._shortest or not _like(group[0], stretch)):
            self._close_part()
        self._group.append(stretch)
        self._stills.append(((stretch.start + stretch.end) / 2, *stretch.still, stretch.coding))
        if len(self._stills) > MAX_STILLS:
            self._drop_stills()

    def finished(self, transition: int, codings: list[Coding]) -> ShotRecord:
        """The whole shot. transition : frames of the change before it."""
        self._close_part()
        assert self._extent is not None
        _, samples, turn, coding = min(self._stills, key=lambda one: abs(one[0] - self._middle))
        times = np.concatenate(self._times)
        return ShotRecord(
            self._number,
            len(times),
            self._start,
            self._end,
            transition,
            self._parts,
            self._extent,
            times,
            np.concatenate(self._lights),
            still(samples, codings[coding], turn),
            turn,
        )

    @property
    def _middle(self) -> Fraction:
        return (self._start + self._end) / 2

    def _drop_stills(self) -> None:
        """Leave out those that the middle has passed; if these are few, every second one."""
        passed = sum(place < self._middle for place, *_ in self._stills)
        self._stills = self._stills[max(0, passed - 1) :]
        if len(self._stills) > MAX_STILLS * 3 // 4:
            self._stills = self._stills[::2]

    def _close_part(self) -> None:
        group, self._group = self._group, []
        frames = sum(len(stretch.times) for stretch in group)
        start, end = group[0].start, group[-1].end
        self._parts.append(
            Part(
                pack(self._sum([stretch.inside for stretch in group])),
                pack(self._sum([stretch.outside for stretch in group])),
                frames,
                (sum(stretch.area[0] for stretch in group), sum(stretch.area[1] for stretch in group)),
                max(1, round((end - start) * TICKS / frames)),
                group[0].coding,
                start,
                end,
            )
        )

    def _sum(self, counts: list[Planar]) -> Planar:
        if len(counts) == 1:
            return counts[0]
        for one in counts:
            self._tally.absorb(one.bins, one.counts, one.sums)
        return Planar(*self._tally.result())


def _like(one: Stretch, other: Stretch) -> bool:
    """Whether the frames of two stretches have the same coding, size and duration."""
    if one.coding != other.coding or one.extent.size != other.extent.size:
        return False
    return even(*(float(each.end - each.start) / len(each.times) for each in (one, other)))


def even(one: float, other: float) -> bool:
    """Whether frames of two durations, in seconds, weigh the same."""
    return abs(one - other) <= EVEN * max(one, other) + 1e-9  # stamps in milliseconds meet the bound exactly
