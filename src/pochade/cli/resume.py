"""--resume: a JSON Lines file that grows with every picture, and a record of the pictures that are in it.

The record, beside the file, has a line for the options and a line for each picture that is done: its name, size and
time of modification. The line of the palette is written first, so a picture in the record is in the file, whatever
ended the run. The next run drops lines of pictures that are not in the record, or have changed. A complete file has the
lines that a run without --resume writes, in the order of the pictures.
"""

import inspect
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

import click

from pochade.cli.errors import complain
from pochade.cli.folder import is_folder
from pochade.cli.output import FileWriter, format_for
from pochade.cli.terminal import Screen
from pochade.errors import OptionError, PochadeError
from pochade.files import whole_file, written
from pochade.palette import Palette

RECORD = ".resume"
"""The suffix of the record, after the name of the file."""

LIMITS = ("max_pixels", "max_bytes", "timeout")
"""Options that change no palette: with a higher limit, only the pictures that failed are read again."""

State = tuple[int, int]
"""The size of a file in bytes, and its time of modification in nanoseconds."""

Place = tuple[int, int]
"""The first byte of a line, and its length."""


def check_resumable(format: str | None, output: str | None, *, views: bool) -> str:
    """The output; UsageError unless it is one file of JSON Lines."""
    if output is None or output == "-" or is_folder(output) or format_for(format, output) != "json" or views:
        raise click.UsageError("--resume needs a file of JSON Lines: give -o FILE.jsonl, or -o FILE with -f json.")
    return output


@contextmanager
def resumed(path: str, sources: Iterable[str], options: Mapping[str, Any], *, force: bool) -> Iterator["BatchFile"]:
    """Open the file that an earlier run has begun, or a new one; sort it if the block ends without an exception.

    options : all that determines the palettes. force : overwrite a file that was not written with --resume.

    Raises
    ------
    OptionError : the file was not written with --resume. PochadeError : it cannot be written, or another run writes it.
    """
    head = {"pochade": _version(), "options": json.loads(json.dumps(_complete(options), default=str))}
    states = {source: _state(source) for source in sources}
    target = os.path.realpath(path)
    with written(path):
        if os.path.lexists(target) and not os.path.isfile(target):
            raise OptionError(f"{path}: --resume needs a file, and this is none.")
        if not force and not os.path.exists(target + RECORD) and os.path.exists(target) and os.path.getsize(target):
            raise OptionError(
                f"{path} exists, and {path}{RECORD} does not, which says what is done: give --force to overwrite it."
            )
        with open(target + RECORD, "a+b") as record:
            _lock(record, path)
            records, clean = _records(record, head)
            before = os.path.getsize(target) if os.path.exists(target) else 0
            places = _keep(target, {source: state for source, state in records.items() if state == _state(source)})
            if not clean or records.keys() != places.keys():
                record.truncate(0)
                record.write(_line(head) + b"".join(_entry(source, records[source]) for source in places))
                record.flush()
            done = sum(source in places for source in states)
            if done:
                complain(f"{path}: {done} of {len(states)} pictures are done.")
            elif before:
                complain(f"{path}: no picture is done with these options: all are read.")
            with open(target, "ab") as file:
                yield (resumed := BatchFile(file, record, places, states))
            resumed.sort(target)


class BatchFile:
    """Writes palettes at the end of the file, and notes each picture in the record.

    places : the lines of the pictures that are done, by name. states : of all pictures of this run, when it began.
    """

    def __init__(
        self,
        file: BinaryIO,
        record: BinaryIO,
        places: Mapping[str, Place],
        states: Mapping[str, State | None],
    ) -> None:
        self.screen = Screen()
        self._file, self._record, self._states, self._places = file, record, states, places
        self._writer = FileWriter(file, "utf-8", "json", self.screen, many=True)
        self._end = sum(length for _, length in places.values())
        self._order = [place for source, place in places.items() if source not in states]

    def missing(self, sources: Iterable[str]) -> list[str]:
        """The pictures that are not in the file."""
        return [source for source in sources if source not in self._places]

    def done(self, source: str) -> bool:
        """Whether a picture is in the file; called once for each, in their order."""
        if source not in self._places:
            return False
        self._order.append(self._places[source])
        return True

    def put(self, palette: Palette) -> None:
        """Write one palette, at once, and then note its picture."""
        self._writer.put(palette)
        end = self._file.tell()
        self._order.append((self._end, end - self._end))
        self._end = end
        state = self._states.get(palette.source or "")
        if state is not None:
            self._record.write(_entry(str(palette.source), state))
            self._record.flush()

    def sort(self, target: str) -> None:
        """Write the lines in the order of the pictures, if they have another one."""
        if self._order == sorted(self._order) and len(set(self._order)) == len(self._order):
            return
        _copy(target, self._order)


def _keep(target: str, records: Mapping[str, State]) -> dict[str, Place]:
    """Drop all lines of the file but those of known pictures; return their places, by name."""
    if not os.path.exists(target):
        return {}
    old: dict[str, Place] = {}
    with open(target, "rb") as file:
        at = 0
        for line in file:
            source = _source(line)
            if source is not None and source in records:
                old[source] = at, len(line)
            at += len(line)
    if sum(length for _, length in old.values()) == at:
        return old
    _copy(target, old.values())
    new: dict[str, Place] = {}
    at = 0
    for source, (_, length) in old.items():
        new[source] = at, length
        at += length
    return new


def _copy(target: str, places: Iterable[Place]) -> None:
    """Replace the file by these lines of it."""
    places = [*places]
    if not places:
        os.truncate(target, 0)
        return
    with open(target, "rb") as old, whole_file(target) as new:
        for at, length in places:
            old.seek(at)
            new.write(old.read(length))


def _source(line: bytes) -> str | None:
    """The name of the picture of a line; None if the line is incomplete or damaged."""
    source = _parsed(line).get("source") if line.endswith(b"\n") else None
    return source if isinstance(source, str) else None


def _records(record: BinaryIO, head: Mapping[str, Any]) -> tuple[dict[str, State], bool]:
    """The pictures in the record if it has the options of this run, and whether it can be continued as it is."""
    record.seek(0)
    first, *entries = record.read().split(b"\n")
    records: dict[str, State] = {}
    if _parsed(first) != head:
        return records, False
    clean = entries[-1:] == [b""]  # else the last line is half a line
    for line in entries[:-1]:
        fields = _parsed(line)
        try:
            records[str(fields["source"])] = int(fields["size"]), int(fields["time"])
        except (LookupError, TypeError, ValueError):
            clean = False
    return records, clean


def _parsed(line: bytes) -> dict[str, Any]:
    """The fields of a line of JSON; none if it is damaged."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _entry(source: str, state: State) -> bytes:
    return _line({"source": source, "size": state[0], "time": state[1]})


def _line(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def _state(source: str) -> State | None:
    """The state of a picture file; None for anything else, which is always read again."""
    if source in ("-", "clipboard:") or "://" in source:
        return None
    try:
        status = os.stat(source)
    except (OSError, ValueError):
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _complete(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options with the defaults of the others and the state of the mask, without limits."""
    from pochade.extraction.extract import extract

    parameters = inspect.signature(extract).parameters.values()
    defaults = {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY or one.name == "k"}
    complete = {name: value for name, value in (defaults | dict(options)).items() if name not in LIMITS}
    if isinstance(complete.get("mask"), str):
        complete["mask"] = complete["mask"], _state(complete["mask"])
    return complete


def _version() -> str:
    import pochade

    return pochade.__version__


def _lock(record: BinaryIO, path: str) -> None:
    """Keep other runs away from the file, on systems that can do that."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PochadeError(f"{path}: another run with --resume is writing it: wait until it ends.") from None
