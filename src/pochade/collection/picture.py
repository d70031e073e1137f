"""The work for one picture, in a process of the crew: its row, and its part in the sums."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.batch.batch import attempt
from pochade.collection.model import Each
from pochade.collection.parts import part_of
from pochade.collection.signature import Signature, signature
from pochade.errors import PochadeError, SourceError
from pochade.extraction.check import READING
from pochade.extraction.extract import extract
from pochade.histograms.histogram import CountedPicture, histogram
from pochade.palette import Palette
from pochade.source import read

DIGEST = 16
"""The bytes of a digest of a picture's file, by BLAKE2b."""

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """A picture to read. place : its path or URL. digest : of the file when it was last read, or None."""

    id: str
    place: str
    digest: bytes | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A picture of a collection.

    size, mtime_ns : of its file, in bytes, or None for a URL. digest : of its content, or None if it could not be read.
    width, height : in pixels. codes : uint8 (m, 3), the palette's colors, the most telling first. weights : float32
    (m,). positions : float32 (m, 2), 0..1, or NaN for none. signature : its cells. error : why there is no palette.
    attempts : how often this content was read.
    """

    id: str
    size: int | None = None
    mtime_ns: int | None = None
    digest: bytes | None = None
    width: int | None = None
    height: int | None = None
    codes: NDArray[np.uint8] | None = None
    weights: NDArray[np.float32] | None = None
    positions: NDArray[np.float32] | None = None
    signature: Signature | None = None
    error: str | None = None
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a task. row : None if the content is that of the digest. part : of a row without an error."""

    row: Row | None
    size: int | None = None
    mtime_ns: int | None = None
    part: bytes | None = None


def work(task: Task, about: tuple[Mapping[str, Any], Each]) -> Answer:
    """Read a picture. about : the options of extract(), and the weight in the sums."""
    options, each = about
    for _ in range(2):
        before = state(task.place)
        content = attempt(task.place, partial(_content, task.place, options))
        if isinstance(content, PochadeError):
            return _failed(task, before, None, content)
        source, digest = content
        if digest == task.digest and state(task.place) == before:
            return Answer(None, *before)
        outcome = attempt(task.place, partial(_extracted, source, options, each))
        if state(task.place) == before:
            break
    else:
        changed = SourceError(f"{task.place}: it changed while it was read; collect again when it is written.")
        return _failed(task, before, None, changed)
    if isinstance(outcome, PochadeError):
        return _failed(task, before, digest, outcome)
    palette, cells, part, (width, height) = outcome
    shown = sorted(palette, key=lambda color: -(color.prominence or 0.0))
    places = [color.position or (np.nan, np.nan) for color in shown]
    row = Row(
        task.id,
        *before,
        digest,
        width,
        height,
        np.array([color.srgb for color in shown], np.uint8),
        np.array([color.weight for color in shown], np.float32),
        np.array(places, np.float32).reshape(-1, 2),
        cells,
    )
    return Answer(row, *before, part)


def state(place: str) -> tuple[int | None, int | None]:
    """The size of a file and its time of modification in nanoseconds; None for a URL or if there is no file."""
    if "://" in place:
        return None, None
    try:
        status = os.stat(place)
    except (OSError, ValueError):
        return None, None
    return status.st_size, status.st_mtime_ns


def _content(place: str, options: Mapping[str, Any]) -> tuple[str | bytes, bytes]:
    """The source to extract from, and the digest of its content; a URL is fetched once."""
    if "://" in place:
        from pochade.source.url import fetch

        limits = {name: options[name] for name in ("timeout", "max_bytes", "public_only") if name in options}
        content = fetch(place, **limits)
        return content, hashlib.blake2b(content, digest_size=DIGEST).digest()
    total = hashlib.blake2b(digest_size=DIGEST)
    try:
        with open(place, "rb") as file:
            while chunk := file.read(CHUNK):
                total.update(chunk)
    except (OSError, ValueError) as error:
        raise SourceError(f"{place}: cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    return place, total.digest()


def _extracted(
    source: Any, options: Mapping[str, Any], each: Each
) -> tuple[Palette, Signature, bytes, tuple[int, int]]:
    """The palette of a picture, its signature, its part in the sums, and its size."""
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    pixels = read(source, **reading)
    palette = extract(CountedPicture(pixels, histogram(pixels)), **rest)
    assert palette.origin is not None
    counted = palette.origin.counted
    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    part = part_of(counted, (right - left) * (bottom - top), each)
    cells = signature(counted, palette.srgb)
    return replace(palette, origin=None), cells, part.to_bytes(), (pixels.width, pixels.height)


def _failed(task: Task, before: tuple[int | None, int | None], digest: bytes | None, error: PochadeError) -> Answer:
    return Answer(failure(task, before, digest, str(error)), *before)


def failure(task: Task, before: tuple[int | None, int | None], digest: bytes | None, error: str) -> Row:
    """The row of a picture that failed. Its message names the id, not the place, which other machines lack."""
    return Row(task.id, *before, digest, error=error.replace(task.place, task.id))
