"""One pass over the frames of a film: their counts, and the shots that they make."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.films import shots
from pochade.films.bars import Extent, extent_of
from pochade.films.coding import Coding
from pochade.films.packing import Planar, Sum, pack
from pochade.films.record import TICKS, Part, ShotRecord
from pochade.films.reel import Frame
from pochade.films.stills import size_of, still
from pochade.source.picture import Box

STRETCH = 8
"""Frames that are counted together, until it is known to which shot they belong."""

CHUNK = 128
"""Frames whose changes are looked for at once."""

SHORTEST_PART, MOST_PARTS = Fraction(1, 4), 1024
"""Parts of a shot last a quarter of a second or more, and the film divided by MOST_PARTS."""

EVEN = 0.1
"""The most by which the durations of frames that weigh the same may differ: stamps in milliseconds jitter by 5 %."""


@dataclass(slots=True, eq=False)
class _Stretch:
    """Some frames in a row, counted."""

    first: int
    inside: Planar
    outside: Planar
    starts: list[Fraction]
    end: Fraction
    area: tuple[int, int]
    coding: int
    extent: Extent
    still: tuple[NDArray[np.uint8], int]


@dataclass(eq=False)
class Passage:
    """Counts frames and gives finished shots.

    sampling : "quarter" or "all". bars : "cut" or "keep". detect : whether shots are looked for; `given` has the times
    of those that the caller knows. sparse : whether frames are far apart. length : seconds of the film, for its parts.
    first : the number of the first frame that counts; those before it are only looked at.
    shown : width and height of the first frame as it is shown. change : frames of the change before the next shot.
    """

    sampling: str
    bars: str
    ratio: float
    given: tuple[Fraction, ...] | None
    sparse: bool
    length: Fraction
    codings: list[Coding] = field(default_factory=list)
    first: int = 0
    number: int = 0
    decided: int = 0
    shown: tuple[int, int] | None = None
    change: int = 0

    def __post_init__(self) -> None:
        self._eye = shots.Eye()
        self._tallies = kernel.PlaneTally(), kernel.PlaneTally()
        self._glances: dict[int, shots.Glance] = {}
        self._changes: list[float] = []
        self._stretches: list[_Stretch] = []
        self._open: list[tuple[int, Frame, Extent]] = []
        self._area = [0, 0]
        self._still: tuple[NDArray[np.uint8], int] | None = None
        self._boundaries: list[shots.Boundary] = []
        self._start = self.first
        self._sum = Sum()
        self._lights: dict[int, NDArray[np.float64]] = {}

    def run(self, frames: Iterable[Frame]) -> Iterator[ShotRecord]:
        """The shots of the frames, each as soon as it is complete."""
        for frame in frames:
            self._take(frame)
            yield from self._settled(final=False)
        yield from self._settled(final=True)

    def _take(self, frame: Frame) -> None:
        planes, number = frame.planes, self.number
        self.number += 1
        small = planes.miniature(shots.ROWS, shots.COLUMNS, shots.SAMPLES)
        extent = extent_of(planes, frame.coding.dark)
        width, height = extent.size
        if self.shown is None:
            wide = round(width * frame.aspect)
            self.shown = (height, wide) if frame.turn % 2 else (wide, height)
        box = extent.box if self.bars == "cut" else (0, 0, width, height)
        left, top, right, bottom = box
        glance = self._eye.see(small, frame.coding, (left / width, top / height, right / width, bottom / height))
        self._glances[number] = glance
        self._changes.append(glance.change)
        del self._changes[:-3]
        if number < self.first:
            return
        if self._open and self._begins(frame, number, extent.size):
            self._close_stretch()
        if not self._open:
            self._coding = self._coding_of(frame.coding)
        self._lights[number] = glance.light
        self._open.append((number, frame if not self._open else _Bare(frame), extent))  # type: ignore[arg-type]
        self._count(frame, number, inward(box, extent.size) if self.bars == "cut" else box)
        if self._still is None:
            rows, columns = size_of(width, height, frame.aspect)
            copy = planes.miniature(rows, columns, 2)
            self._still = copy.round().clip(0, 255).astype(np.uint8), frame.turn

    def _begins(self, frame: Frame, number: int, size: tuple[int, int]) -> bool:
        """Whether a frame begins a stretch of its own."""
        first, last = self._open[0][1], self._open[-1][1]
        if len(self._open) >= STRETCH or self._coding_of(frame.coding) != self._coding:
            return True
        if size != self._open[0][2].size:
            return True
        one, other = first.end - first.start, last.end - last.start
        now = frame.end - frame.start
        if abs(now - one) > EVEN * max(now, one) or abs(other - one) > EVEN * max(other, one):
            return True
        if self.given is not None:
            return any(last.start < time <= frame.start for time in self.given)
        return self.sparse or shots.may_cut(self._changes, self.ratio)

    def _coding_of(self, coding: Coding) -> int:
        if coding not in self.codings:
            self.codings.append(coding)
        return self.codings.index(coding)

    def _count(self, frame: Frame, number: int, box: Box) -> None:
        planes = frame.planes
        width, height = planes.width, planes.height
        left, top, right, bottom = box if box[0] < box[2] and box[1] < box[3] else (0, 0, 0, 0)
        corner = number % 4 if self.sampling == "quarter" else -1
        inside, outside = self._tallies
        planes.count(inside, (left, top, right, bottom), corner, interlaced=frame.interlaced)
        around = (
            (0, 0, width, top),
            (0, bottom, width, height),
            (0, top, left, bottom),
            (right, top, width, bottom),
        )
        for part in around:
            planes.count(outside, part, corner, interlaced=frame.interlaced)
        self._area[0] += width * height
        self._area[1] += (right - left) * (bottom - top)

    def _close_stretch(self) -> None:
        if not self._open:
            return
        assert self._still is not None
        extent = self._open[0][2]
        for _, _, other in self._open[1:]:
            extent = extent.joined(other)
        inside, outside = (Planar(*tally.result()) for tally in self._tallies)
        self._stretches.append(
            _Stretch(
                self._open[0][0],
                inside,
                outside,
                [frame.start for _, frame, _ in self._open],
                self._open[-1][1].end,
                (self._area[0], self._area[1]),
                self._coding,
                extent,
                self._still,
            )
        )
        self._open, self._area, self._still = [], [0, 0], None

    def _settled(self, *, final: bool) -> Iterator[ShotRecord]:
        """The shots that are complete."""
        if final:
            self._close_stretch()
        while self.number - self.decided >= CHUNK + shots.CONTEXT or (final and self.decided < self.number):
            self._decide(min(self.decided + CHUNK, self.number))
            yield from self._cut(self.decided, final and self.decided >= self.number)

    def _decide(self, until: int) -> None:
        """Find the boundaries up to a frame."""
        start = max(min(self._glances, default=0), self.decided - shots.CONTEXT)
        end = min(self.number, until + shots.CONTEXT)
        if self.given is None:
            window = [self._glances[i] for i in range(start, end)]
            if self.sparse:
                found = [shots.Boundary(i) for i, one in enumerate(window) if i and one.change >= 3 * shots.FLOOR]
            else:
                found = shots.boundaries(window, self.ratio)
            for one in found:
                frame = one.frame + start
                last = self._boundaries[-1].frame if self._boundaries else self._start
                apart = 1 if self.sparse or last == 0 else shots.SHORTEST
                if self.decided <= frame < until and frame - last >= apart and frame > self.first:
                    self._boundaries.append(shots.Boundary(frame, one.length))
        self.decided = until
        for i in [i for i in self._glances if i < until - 2 * shots.CONTEXT]:
            del self._glances[i]

    def _cut(self, until: int, final: bool) -> Iterator[ShotRecord]:
        """Shots whose end is known."""
        while True:
            ends = self._ends(until)
            if ends is None:
                break
            yield self._shot(*ends)
        if final and self._stretches:
            yield self._shot(len(self._stretches), 0)

    def _ends(self, until: int) -> tuple[int, int] | None:
        """The number of stretches up to the next boundary, and the length of that change."""
        if self.given is not None:
            for i, stretch in enumerate(self._stretches[1:], 1):
                before = self._stretches[i - 1].starts[-1]
                if stretch.first <= until and any(before < time <= stretch.starts[0] for time in self.given):
                    return i, 0
            return None
        while self._boundaries:
            one = self._boundaries[0]
            if one.frame > until:
                return None
            firsts = [stretch.first for stretch in self._stretches]
            at = min(range(len(firsts)), key=lambda i: abs(firsts[i] - one.frame)) if firsts else 0
            self._boundaries.pop(0)
            if at > 0:
                return at, one.length
        return None

    def _shot(self, count: int, change: int) -> ShotRecord:
        """The first stretches as a shot. change : frames of the change after it."""
        mine, self._stretches = self._stretches[:count], self._stretches[count:]
        start, end = mine[0].starts[0], mine[-1].end
        extent = mine[0].extent
        for stretch in mine[1:]:
            extent = extent.joined(stretch.extent) if stretch.extent.size == extent.size else stretch.extent
        times = [float(time) for stretch in mine for time in stretch.starts]
        middle = (start + end) / 2
        shown = min(mine, key=lambda stretch: abs((stretch.starts[0] + stretch.end) / 2 - middle))
        first = mine[0].first
        record = ShotRecord(
            first,
            len(times),
            start,
            end,
            self.change,
            self._parts(mine),
            extent,
            np.array(times),
            np.array([self._lights.pop(first + i) for i in range(len(times))], np.float32),
            still(shown.still[0], self.codings[shown.coding], shown.still[1]),
            shown.still[1],
        )
        self._start, self.change = first + len(times), change
        return record

    def _parts(self, stretches: list[_Stretch]) -> list[Part]:
        shortest = max(SHORTEST_PART, self.length / MOST_PARTS)
        parts, group = [], list[_Stretch]()
        for stretch in stretches:
            if group and (group[-1].end - group[0].starts[0] >= shortest or not _like(group[0], stretch)):
                parts.append(self._part(group))
                group = []
            group.append(stretch)
        return [*parts, self._part(group)]

    def _part(self, group: list[_Stretch]) -> Part:
        frames = sum(len(stretch.starts) for stretch in group)
        start, end = group[0].starts[0], group[-1].end
        return Part(
            pack(self._sum.of([stretch.inside for stretch in group])),
            pack(self._sum.of([stretch.outside for stretch in group])),
            frames,
            (sum(stretch.area[0] for stretch in group), sum(stretch.area[1] for stretch in group)),
            max(1, round((end - start) * TICKS / frames)),
            group[0].coding,
            start,
            end,
        )


def _like(one: _Stretch, other: _Stretch) -> bool:
    """Whether the frames of two stretches have the same coding, size and duration."""
    a, b = ((each.end - each.starts[0]) / len(each.starts) for each in (one, other))
    return one.coding == other.coding and one.extent.size == other.extent.size and abs(a - b) <= EVEN * max(a, b)


@dataclass(slots=True)
class _Bare:
    """The times of a frame, without its planes."""

    start: Fraction
    end: Fraction

    def __init__(self, frame: Frame) -> None:
        self.start, self.end = frame.start, frame.end


def inward(box: Box, size: tuple[int, int]) -> Box:
    """The box with edges at multiples of 4, except at the frame's: chroma has a sample for up to 4 pixels."""
    left, top, right, bottom = box
    return (
        -(-left // 4) * 4,
        -(-top // 4) * 4,
        right if right == size[0] else right // 4 * 4,
        bottom if bottom == size[1] else bottom // 4 * 4,
    )
