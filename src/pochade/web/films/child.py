"""The process of a film: it counts, tells each shot as soon as it is complete, and writes files."""

import json
import pickle
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing.connection import Connection
from typing import Any, BinaryIO

from pochade.errors import PochadeError, TooLargeError
from pochade.web.answer import Defect
from pochade.web.settings import Settings
from pochade.web.worker import prepare, starved

NICE = 10
"""Niceness: a film takes minutes, and pictures should not wait for it."""

MAX_SHOTS = 20_000
"""Shots of a film; one of two hours has some 2,000."""

TELL_SECONDS = 0.25
"""Seconds between two messages on the progress."""

COLUMNS = "columns"
"""The name of the slices of a film among its files."""

TEXTS = "json", "csv", "edl", "vtt", "ffmeta"
"""Formats that are always written: they need nothing but the palettes."""

Files = tuple[tuple[str, Mapping[str, Any]], ...]
Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Count:
    """Count the film whose bytes follow, and write files of it. seconds : the longest film."""

    name: str
    keywords: Mapping[str, Any]
    files: Files
    seconds: float


@dataclass(frozen=True, slots=True)
class Write:
    """Write files of the counted film whose bytes follow."""

    files: Files


def serve(pipe: Connection, settings: Settings) -> None:
    """Do one order, and send messages: tuples that begin with progress, shot, facts, file, film, or the last, end."""
    prepare(settings.memory, NICE)

    def tell(*message: Any) -> None:
        pipe.send(message)

    end: Any = None
    try:
        try:
            order = pipe.recv()
            with tempfile.TemporaryFile(prefix="pochade-film-") as file:
                for piece in _pieces(pipe):
                    file.write(piece)
                file.seek(0)
                count(order, file, tell) if isinstance(order, Count) else write(order, file, tell)
        except PochadeError as error:
            end = error
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except Exception as error:
            end = _TOO_LARGE if starved(error) else Defect(traceback.format_exc())
        tell("end", end)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


_TOO_LARGE = TooLargeError("the film: it needs more memory or disk than this server allows.")


def _pieces(pipe: Connection) -> Iterator[bytes]:
    """The bytes that follow an order; an empty piece ends them."""
    while piece := pipe.recv_bytes():
        yield piece


class NamedFile:
    """A file object with a name to show. It has no path, so the decoder sees these bytes and nothing else."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self.read, self.seek, self.tell, self.seekable = file.read, file.seek, file.tell, file.seekable


def count(order: Count, file: Any, tell: Tell) -> None:
    """Count a film and tell its shots, then the result, then the files."""
    import time

    from pochade.films import Shot, film
    from pochade.films.files.json import shot_dict

    last = [0.0]

    def progress(done: Fraction, whole: Fraction | None) -> None:
        if max(done, whole or done) > order.seconds:
            said = f"it is longer than the {order.seconds / 60:g} minutes that this server allows"
            raise TooLargeError(f"{order.name}: {said}; give start and end.")
        now = time.monotonic()
        if now - last[0] >= TELL_SECONDS or not last[0]:
            last[0] = now
            tell("progress", float(done), None if whole is None else float(whole))

    def on_shot(shot: Shot) -> None:
        if shot.number > MAX_SHOTS:
            raise TooLargeError(f"{order.name}: it has more than {MAX_SHOTS:,} shots; raise threshold.")
        tell("shot", shot_dict(shot), shot.still)

    result = film(
        NamedFile(file, order.name),
        **order.keywords,
        progress=progress,
        on_shot=on_shot,
        resume=False,
        max_bytes=1 << 62,  # the server has counted them
    )
    facts = {
        "width": result.width,
        "height": result.height,
        "rate": None if result.rate is None else str(result.rate),
        "duration": float(result.duration),
        "start": float(result.start),
        "color": result.coding.to_dict(),
        "chapters": [{"start": float(a), "end": float(b), "title": title} for a, b, title in result.chapters],
        "notes": list(result.notes),
    }
    tell("facts", facts, [shot_dict(shot) for shot in result.shots])
    from pochade.films.files.html import columns_of
    from pochade.films.files.json import colors

    tell("file", COLUMNS, json.dumps(columns_of(result), separators=(",", ":")).encode())
    texts: Files = tuple((format, {}) for format in TEXTS if (format, {}) not in order.files)
    for file in (*order.files, *texts):
        with suppress(PochadeError):  # such as a missing library: who asks for this file is told, and the film is kept
            _write(result, (file,), tell)
    tell("film", colors(result.palette()), pickle.dumps(result))


def write(order: Write, file: Any, tell: Tell) -> None:
    """Write files of a counted film, which an earlier process of this server has packed."""
    _write(pickle.load(file), order.files, tell)


def _write(film: Any, files: Files, tell: Tell) -> None:
    from pochade.films.files import encode
    from pochade.web.films.options import FORMATS

    for format, options in files:
        tell("file", key_of(format, options), encode(film, f"film{FORMATS[format]}", **options))


def key_of(format: str, options: Mapping[str, Any]) -> str:
    """What names a file of a film."""
    return repr((format, sorted(options.items())))
