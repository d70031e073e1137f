"""One pass over the frames of a film: their counts, and the shots that they make."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.films import shots
from pochade.films.bars import Extent, extent_of
from pochade.films.coding import Coding
from pochade.films.packing import Planar
from pochade.films.record import ShotRecord
from pochade.films.reel import Frame
from pochade.films.stills import size_of
from pochade.films.unfinished import Stretch, Unfinished, even
from pochade.source.picture import Box

STRETCH = 8
"""Frames that are counted together, until it is known to which shot they belong."""

CHUNK = 128
"""Frames whose changes are looked for at once."""

SHORTEST_PART, MOST_PARTS = Fraction(1, 4), 1024
"""Parts of a shot last a quarter of a second or more, and the film divided by MOST_PARTS."""


@dataclass(slots=True)
class _Open:
    """The frames of the stretch that is being counted."""

    number: int
    start: Fraction
    extent: Extent
    coding: int
    still: tuple[NDArray[np.uint8], int]
    step: float
    last: Fraction = Fraction(0)
    end: Fraction = Fraction(0)
    last_step: float = 0.0
    area: tuple[int, int] = (0, 0)
    times: list[float] = field(default_factory=list)
    lights: list[NDArray[np.float64]] = field(default_factory=list)


@dataclass(eq=False)
class Passage:
    """Counts frames and gives finished shots.

    sampling : "quarter" or "all". bars : "cut" or "keep". given : the times of shots that the caller knows, rising; if
    None, shots are looked for. sparse : whether frames are far apart. length : seconds of the film, for its parts.
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
        self._sums = kernel.PlaneTally()
        self._shortest = max(SHORTEST_PART, self.length / MOST_PARTS)
        self._glances: dict[int, shots.Glance] = {}
        self._changes: list[float] = []
        self._open: _Open | None = None
        self._stretches: list[Stretch] = []
        self._boundaries: list[shots.Boundary] = []
        self._start = self.first
        self._shot = Unfinished(self._shortest, self._sums)

    def run(self, frames: Iterable[Frame]) -> Iterator[ShotRecord]:
        """The shots of the frames, each as soon as it is complete."""
        for frame in frames:
            self._take(frame)
            yield from self._settled(final=False)
        yield from self._settled(final=True)

    def _take(self, frame: Frame) -> None:
        planes, number = frame.planes, self.number
        self.number += 1
        extent = extent_of(planes, frame.coding.dark)
        width, height = extent.size
        if self.shown is None:
            wide = round(width * frame.aspect)
            self.shown = (height, wide) if frame.turn % 2 else (wide, height)
        box = extent.box if self.bars == "cut" else (0, 0, width, height)
        left, top, right, bottom = box
        small = planes.miniature(shots.ROWS, shots.COLUMNS, shots.SAMPLES)
        glance = self._eye.see(small, frame.coding, (left / width, top / height, right / width, bottom / height))
        self._glances[number] = glance
        self._changes.append(glance.change)
        del self._changes[:-3]
        if number < self.first:
            return
        coding, step = self._coding_of(frame.coding), float(frame.end - frame.start)
        if self._open and self._begins(frame, coding, step, extent.size):
            self._close_stretch()
        if not self._open:
            copy = planes.still(*size_of(width, height, frame.aspect))
            self._open = _Open(number, frame.start, extent, coding, (copy, frame.turn), step)
        else:
            self._open.extent = self._open.extent.joined(extent)
        now = self._open
        now.last, now.end, now.last_step = frame.start, frame.end, step
        now.times.append(float(frame.start))
        now.lights.append(glance.light)
        self._count(frame, number, inward(box, extent.size) if self.bars == "cut" else box)

    def _begins(self, frame: Frame, coding: int, step: float, size: tuple[int, int]) -> bool:
        """Whether a frame begins a stretch of its own."""
        now = self._open
        assert now is not None
        if len(now.times) >= STRETCH or coding != now.coding or size != now.extent.size:
            return True
        if not (even(now.step, step) and even(now.step, now.last_step)):
            return True
        if self.given is not None:
            return self._given_between(now.last, frame.start)
        return self.sparse or shots.may_cut(self._changes, self.ratio)

    def _given_between(self, before: Fraction, start: Fraction) -> bool:
        """Whether a shot of the caller begins after one frame and up to another."""
        assert self.given is not None
        i = bisect_right(self.given, before)
        return i < len(self.given) and self.given[i] <= start

    def _coding_of(self, coding: Coding) -> int:
        for i, known in enumerate(self.codings):
            if known is coding:
                return i
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
        if (left, top, right, bottom) != (0, 0, width, height):
            around = (
                (0, 0, width, top),
                (0, bottom, width, height),
                (0, top, left, bottom),
                (right, top, width, bottom),
            )
            for part in around:
                planes.count(outside, part, corner, interlaced=frame.interlaced)
        assert self._open is not None
        total, shown = self._open.area
        self._open.area = total + width * height, shown + (right - left) * (bottom - top)

    def _close_stretch(self) -> None:
        now, self._open = self._open, None
        if now is None:
            return
        inside, outside = (Planar(*tally.result()) for tally in self._tallies)
        self._stretches.append(
            Stretch(
                now.number,
                inside,
                outside,
                now.start,
                now.last,
                now.end,
                np.array(now.times),
                np.array(now.lights, np.float32),
                now.area,
                now.coding,
                now.extent,
                now.still,
            )
        )

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
        """Shots whose end is known. What cannot be in another shot goes to the unfinished one."""
        while (ends := self._ends(until)) is not None:
            yield self._ended(*ends)
        if final and self._stretches:
            yield self._ended(len(self._stretches), 0)
        while len(self._stretches) > 1 and self._stretches[1].first < until - STRETCH:
            self._shot.add(self._stretches.pop(0))

    def _ends(self, until: int) -> tuple[int, int] | None:
        """The number of stretches up to the next boundary, and the length of that change."""
        if self.given is not None:
            for i, stretch in enumerate(self._stretches[1:], 1):
                if stretch.first <= until and self._given_between(self._stretches[i - 1].last, stretch.start):
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

    def _ended(self, count: int, change: int) -> ShotRecord:
        """The unfinished shot and the first stretches. change : frames of the change after it."""
        mine, self._stretches = self._stretches[:count], self._stretches[count:]
        for stretch in mine:
            self._shot.add(stretch)
        record = self._shot.finished(self.change, self.codings)
        self._shot = Unfinished(self._shortest, self._sums)
        self._start, self.change = mine[-1].first + len(mine[-1].times), change
        return record


def inward(box: Box, size: tuple[int, int]) -> Box:
    """The box with edges at multiples of 4, except at the frame's: chroma has a sample for up to 4 pixels."""
    left, top, right, bottom = box
    return (
        -(-left // 4) * 4,
        -(-top // 4) * 4,
        right if right == size[0] else right // 4 * 4,
        bottom if bottom == size[1] else bottom // 4 * 4,
    )
