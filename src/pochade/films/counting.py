"""From a source to the shots of a film: one pass, or what a cache has of it."""

import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from pochade.errors import EmptyError, OptionError
from pochade.films import sums
from pochade.films.bars import shapes
from pochade.films.cache import Cache, Cached, cache_of
from pochade.films.files.given import given_starts
from pochade.films.library import quiet
from pochade.films.material import check_bytes, open_file
from pochade.films.passage import CHUNK, Passage
from pochade.films.reel import Frame, Reel, open_reel
from pochade.films.shots import BARS, CONTEXT
from pochade.source.picture import Box

Progress = Callable[[Fraction, Fraction | None], None]
OnRecord = Callable[[Cached, int], None]
"""Called with what is counted and the index of a shot in it, as soon as that is complete."""

WARM = CONTEXT + BARS + 2
"""Frames before those to decide on that are looked at again, so that a resumed pass sees what a whole one saw."""


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
    on_record: OnRecord | None = None,
    resume: bool,
    max_bytes: int,
    public_only: bool,
    timeout: float,
) -> dict[str, Any]:
    """The fields of a `Film` that the pass gives."""
    shots = _stamp(given)
    file = open_file(source, max_bytes=max_bytes, public_only=public_only, timeout=timeout)
    if file.path is None:
        check_bytes(file, max_bytes)
    cache = cache_of(file, (wish, shots)) if resume else None
    state = (cache.load() if cache else None) or Cached()
    if state.complete:
        file.close()
        _tell(on_record, state)
        return _result(file.name, state, wish)
    reel = open_reel(file, truncated=wish.truncated, max_pixels=wish.max_pixels)
    try:
        with quiet(reel.library):
            return _result(reel.name, _passed(reel, wish, given, progress, on_record, cache, state), wish)
    finally:
        reel.close()


def _stamp(given: Any) -> Any:
    """What identifies the given shots: the text of their file, or the times."""
    if isinstance(given, str | os.PathLike):
        try:
            with open(given, "rb") as file:
                return hashlib.sha256(file.read()).hexdigest()
        except OSError:
            return None  # the error comes when it is read
    if given is None or isinstance(given, tuple | list):
        return None if given is None else tuple(given)
    raise OptionError(f"shots={given!r:.40} is not allowed: give a list of times, or a .csv or .edl file.")


def _passed(
    reel: Reel,
    wish: Wish,
    given: Any,
    progress: Progress | None,
    on_record: OnRecord | None,
    cache: Cache | None,
    state: Cached,
) -> Cached:
    """The pass, from the start or from where the cache ends."""
    frames, passage = _begun(reel, wish, given, state, progress)
    state.rate, state.chapters, state.codings = reel.rate, reel.chapters, passage.codings
    _tell(on_record, state)
    try:
        for record in passage.run(frames):
            state.records.append(record)
            state.shown, state.change = passage.shown, passage.change
            if on_record is not None:
                on_record(state, len(state.records) - 1)
            if cache and not reel.damaged:
                cache.save(state)
    except BaseException:
        if cache and state.records and not reel.damaged:
            cache.save(state, now=True)
        raise
    if not state.records:
        raise _nothing(reel, wish)
    state.notes, state.complete = reel.notes, True
    if cache:
        cache.save(state, now=True)
    return state


def _tell(on_record: OnRecord | None, state: Cached) -> None:
    """Tell the shots that a cache has."""
    for i in range(len(state.records) if on_record is not None else 0):
        assert on_record is not None
        on_record(state, i)


def _result(name: str, state: Cached, wish: Wish) -> dict[str, Any]:
    return fields_of(name, state, wish.bars)


def fields_of(name: str, state: Cached, bars: str, first: int = 0, end: int | None = None) -> dict[str, Any]:
    """The fields of a `Film` of the shots from the index `first` to before `end`."""
    assert state.shown is not None
    width, height = state.shown
    records = state.records[first:end]
    whole: list[Box] = [(0, 0, *record.extent.size) for record in records]
    return {
        "name": name,
        "width": width,
        "height": height,
        "rate": state.rate,
        "codings": tuple(sums.with_peaks(records, state.codings)),
        "records": tuple(records),
        "boxes": tuple(shapes([record.extent for record in records]) if bars == "cut" else whole),
        "chapters": tuple(state.chapters),
        "notes": tuple(state.notes),
    }


def _begun(
    reel: Reel, wish: Wish, given: Any, state: Cached, progress: Progress | None
) -> tuple[Iterator[Frame], Passage]:
    """The frames that are left, and a passage for them."""
    times = given_starts(given, reel.rate)
    if times is not None:  # a start that was rounded to microseconds or frames still means its frame
        slack = Fraction(1, 3) / (reel.rate or 25)
        times = tuple(max(time - slack, Fraction(0)) for time in times)
    length = reel.duration or Fraction(0)
    passage = Passage(wish.sampling, wish.bars, wish.ratio, times, wish.every != "frame", length)
    if state.records and wish.every == "frame":
        known = np.concatenate([record.times for record in state.records])
        done = len(known)
        decided = done // CHUNK * CHUNK
        warm = max(0, decided - WARM)
        frames = reel.frames(Fraction(float(known[warm])) - Fraction(1, 2000), wish.end)
        first = next(frames, None)
        if first is not None and abs(float(first.start) - known[warm]) < 1e-6:
            passage = Passage(
                wish.sampling,
                wish.bars,
                wish.ratio,
                times,
                False,
                length,
                codings=state.codings,
                first=done,
                number=warm,
                decided=decided,
                shown=state.shown,
                change=state.change,
            )
            return _reported(itertools.chain([first], frames), reel, wish, progress), passage
        reel.rewind()
    state.records, state.codings = [], []
    return _reported(_chosen(reel, wish), reel, wish, progress), passage


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
