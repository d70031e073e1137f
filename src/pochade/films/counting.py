"""From a source to the shots of a film: one pass, or what a cache has of it."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pochade.errors import EmptyError
from pochade.films import sums
from pochade.films.bars import shapes
from pochade.films.files.given import given_starts
from pochade.films.library import quiet
from pochade.films.material import check_bytes, open_file
from pochade.films.passage import Passage
from pochade.films.record import ShotRecord
from pochade.films.reel import Frame, Reel, open_reel

Progress = Callable[[Fraction, Fraction | None], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """The checked options of a pass; `film()` describes them."""

    every: str | Fraction
    sampling: str
    bars: str
    start: Fraction | None
    end: Fraction | None
    ratio: float
    truncated: bool
    max_pixels: int


def counted(
    source: Any,
    wish: Wish,
    given: Any,
    *,
    progress: Progress | None,
    resume: bool,
    max_bytes: int,
    public_only: bool,
    timeout: float,
) -> dict[str, Any]:
    """The fields of a `Film` that the pass gives."""
    file = open_file(source, max_bytes=max_bytes, public_only=public_only, timeout=timeout)
    if file.path is None:
        check_bytes(file, max_bytes)
    reel = open_reel(file, truncated=wish.truncated, max_pixels=wish.max_pixels)
    try:
        with quiet(reel.library):
            return _passed(reel, wish, given, progress)
    finally:
        reel.close()


def _passed(reel: Reel, wish: Wish, given: Any, progress: Progress | None) -> dict[str, Any]:
    passage, records = _passage(reel, wish, given), list[ShotRecord]()
    for record in passage.run(_reported(_chosen(reel, wish), reel, wish, progress)):
        records.append(record)
    if not records:
        raise _nothing(reel, wish)
    assert passage.shown is not None
    width, height = passage.shown
    boxes = shapes([record.extent for record in records]) if wish.bars == "cut" else [
        (0, 0, *record.extent.size) for record in records
    ]  # fmt: skip
    return {
        "name": reel.name,
        "width": width,
        "height": height,
        "rate": reel.rate,
        "codings": tuple(sums.with_peaks(records, passage.codings)),
        "records": tuple(records),
        "boxes": tuple(boxes),
        "chapters": tuple(reel.chapters),
        "notes": tuple(reel.notes),
    }


def _passage(reel: Reel, wish: Wish, given: Any) -> Passage:
    times = given_starts(given, reel.rate)
    if times is not None:  # a start that was rounded to microseconds or frames still means its frame
        slack = Fraction(1, 3) / (reel.rate or 25)
        times = tuple(max(time - slack, Fraction(0)) for time in times)
    length = reel.duration or Fraction(0)
    return Passage(wish.sampling, wish.bars, wish.ratio, times, wish.every != "frame", length)


def _chosen(reel: Reel, wish: Wish) -> Iterator[Frame]:
    """The frames that count, each until the next one."""
    frames = reel.frames(wish.start, wish.end, keyframes=wish.every == "keyframe")
    if isinstance(wish.every, str):
        yield from frames
        return
    waiting: Frame | None = None
    for frame in frames:
        if waiting is not None and frame.start < waiting.start + wish.every:
            end = frame.end
            continue
        if waiting is not None:
            yield _until(waiting, frame.start)
        waiting, end = frame, frame.end
    if waiting is not None:
        yield _until(waiting, end)


def _until(frame: Frame, end: Fraction) -> Frame:
    return Frame(frame.start, end, frame.planes, frame.coding, frame.aspect, frame.turn, frame.interlaced)


def _reported(frames: Iterator[Frame], reel: Reel, wish: Wish, progress: Progress | None) -> Iterator[Frame]:
    if progress is None:
        yield from frames
        return
    begin = wish.start or Fraction(0)
    whole = wish.end if wish.end is not None else reel.duration
    for number in itertools.count():
        frame = next(frames, None)
        if frame is None:
            return
        if number % 12 == 0:
            progress(frame.start - begin, None if whole is None else whole - begin)
        yield frame


def _nothing(reel: Reel, wish: Wish) -> EmptyError:
    length = reel.duration
    if wish.start is not None and (length is None or wish.start >= length):
        until = "" if length is None else f" the film has {float(length):.1f} seconds."
        return EmptyError(f"{reel.name}: start={float(wish.start):g} lies after its end;{until}")
    if wish.start is not None or wish.end is not None:
        return EmptyError(f"{reel.name}: no frame lies between start and end: give a longer part.")
    return EmptyError(f"{reel.name}: it has 0 frames that can be decoded.")
