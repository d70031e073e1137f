"""The cache of what was counted: one file for a film and its options, replaced whole.

A second call with another k, method or file decodes nothing. After an interruption the frames of the finished shots are
not decoded again.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from pochade.errors import PochadeError
from pochade.files import write_whole
from pochade.films.bars import Extent
from pochade.films.coding import Coding
from pochade.films.material import FilmFile
from pochade.films.record import Part, ShotRecord
from pochade.source.encoding import Encoding, Primaries

MAGIC = b"pochade film 2\n"
"""The first bytes. The number changes with the format, and with every change of what a pass finds."""

SECONDS = 10.0
"""The least time between two replacements of the file."""

MAX_FILES = 20
"""Films that are kept; the oldest go first."""

_ENDS = 1 << 20
"""Bytes at the start and at the end of a film that identify it."""


@dataclass(slots=True, eq=False)
class Cached:
    """What the cache has of a film: the fields of a pass."""

    complete: bool = False
    rate: Fraction | None = None
    shown: tuple[int, int] | None = None
    codings: list[Coding] = field(default_factory=list)
    records: list[ShotRecord] = field(default_factory=list)
    change: int = 0
    chapters: list[tuple[Fraction, Fraction, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Cache:
    """The file of one film with one set of options."""

    def __init__(self, path: str) -> None:
        self._path, self._saved = path, time.monotonic()

    def load(self) -> Cached | None:
        """What is there; None if nothing is, or the file is damaged."""
        try:
            with open(self._path, "rb") as file:
                data = file.read()
            return _decoded(data)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None

    def save(self, state: Cached, *, now: bool = False) -> None:
        """Replace the file, if the last time is long ago or `now`. A cache that cannot be written is no error."""
        if not now and time.monotonic() - self._saved < SECONDS:
            return
        with suppress(PochadeError, OSError):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            write_whole(self._path, b"".join(_encoded(state)))
            _prune(os.path.dirname(self._path))
        self._saved = time.monotonic()


def cache_of(film: FilmFile, options: tuple[Any, ...]) -> Cache | None:
    """The cache of a film on the disk; None for another source."""
    if film.path is None or film.size is None:
        return None
    status = os.stat(film.path)
    key = hashlib.sha256(repr((MAGIC, _version(), status.st_size, status.st_mtime_ns, options)).encode())
    position = film.file.tell()
    film.file.seek(0)
    key.update(film.file.read(_ENDS))
    film.file.seek(max(0, film.size - _ENDS))
    key.update(film.file.read(_ENDS))
    film.file.seek(position)
    return Cache(os.path.join(folder(), f"{key.hexdigest()[:32]}.film"))


def _version() -> str:
    try:
        return version("pochade")
    except PackageNotFoundError:  # from a source tree
        return ""


def folder() -> str:
    """The folder of the cache."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "pochade", "films")


def _prune(path: str) -> None:
    """Delete the oldest films."""
    entries = [entry for entry in os.scandir(path) if entry.name.endswith(".film")]
    for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime)[:-MAX_FILES]:
        os.unlink(entry.path)


def _encoded(state: Cached) -> Iterator[bytes]:
    blobs: list[bytes] = []

    def blob(content: bytes) -> int:
        blobs.append(content)
        return len(content)

    def part(one: Part) -> list[Any]:
        return [blob(one.inside), blob(one.outside), one.frames, one.area, one.weight, one.coding, str(one.start),
                str(one.end)]  # fmt: skip

    def shot(one: ShotRecord) -> list[Any]:
        arrays = blob(one.times.astype("<f8").tobytes()), blob(one.lights.astype("<f4").tobytes()), blob(one.still)
        extent = [one.extent.size, one.extent.box, one.extent.straight]
        return [one.first, one.frames, str(one.start), str(one.end), one.transition, arrays, extent, one.turn,
                [part(each) for each in one.parts]]  # fmt: skip

    head = {
        "complete": state.complete,
        "rate": None if state.rate is None else str(state.rate),
        "shown": state.shown,
        "codings": [
            [one.matrix, one.full, one.encoding.primaries, one.encoding.curve, one.assumed, one.gray]
            for one in state.codings
        ],
        "records": [shot(one) for one in state.records],
        "change": state.change,
        "chapters": [[str(start), str(end), title] for start, end, title in state.chapters],
        "notes": state.notes,
    }
    text = json.dumps(head).encode()
    body = b"".join(blobs)
    yield MAGIC
    yield hashlib.sha256(text + body).digest()
    yield len(text).to_bytes(8, "little")
    yield text
    yield body


def _decoded(data: bytes) -> Cached:
    at = len(MAGIC)
    digest, length = data[at : at + 32], int.from_bytes(data[at + 32 : at + 40], "little")
    text, body = data[at + 40 : at + 40 + length], memoryview(data)[at + 40 + length :]
    if data[:at] != MAGIC or hashlib.sha256(data[at + 40 :]).digest() != digest:
        raise ValueError("the cache is damaged")
    head = json.loads(text)
    place = 0

    def blob(size: int) -> bytes:
        nonlocal place
        place += size
        return bytes(body[place - size : place])

    def part(row: list[Any]) -> Part:
        return Part(blob(row[0]), blob(row[1]), row[2], (row[3][0], row[3][1]), row[4], row[5], Fraction(row[6]),
                    Fraction(row[7]))  # fmt: skip

    def shot(row: list[Any]) -> ShotRecord:
        times, lights, still = (blob(size) for size in row[5])
        size, box, straight = row[6]
        return ShotRecord(
            row[0],
            row[1],
            Fraction(row[2]),
            Fraction(row[3]),
            row[4],
            [part(each) for each in row[8]],
            Extent((size[0], size[1]), (box[0], box[1], box[2], box[3]), (straight[0], straight[1])),
            np.frombuffer(times, "<f8"),
            np.frombuffer(lights, "<f4").reshape(-1, 3),
            still,
            row[7],
        )

    def coding(row: list[Any]) -> Coding:
        matrix, full, primaries, curve, assumed, gray = row
        lights = Primaries(*((pair[0], pair[1]) for pair in primaries))
        return Coding(
            matrix, full, Encoding(lights, curve if isinstance(curve, str) else tuple(curve)), tuple(assumed), gray
        )

    return Cached(
        head["complete"],
        None if head["rate"] is None else Fraction(head["rate"]),
        None if head["shown"] is None else (head["shown"][0], head["shown"][1]),
        [coding(row) for row in head["codings"]],
        [shot(row) for row in head["records"]],
        head["change"],
        [(Fraction(start), Fraction(end), title) for start, end, title in head["chapters"]],
        head["notes"],
    )
