"""The starts of shots that a caller gives: times, or a file of them."""

import os
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from pochade.errors import OptionError, SourceError
from pochade.files import suffix_of
from pochade.films.files import csv, edl
from pochade.films.timecode import parse_time

MAX_SHOT_BYTES = 1 << 24
"""Bytes of a file of shots; 100,000 of them have some 10 million."""


def given_starts(shots: Any, rate: Fraction | None) -> tuple[Fraction, ...] | None:
    """The times, in seconds, rising; None if there are none given. rate : of the film, for time codes.

    Raises
    ------
    OptionError : no time, or another kind of file. FormatError : the file is damaged. SourceError : it is not there.
    """
    if shots is None:
        return None
    if isinstance(shots, str | os.PathLike):
        found = _read(os.fspath(shots), rate)
    elif isinstance(shots, Iterable):
        found = [time for shot in shots if (time := parse_time("shots", shot)) is not None]
    else:
        raise OptionError(f"shots={shots!r:.40} is not allowed: give times in seconds, or a .csv or .edl file.")
    return tuple(sorted(set(found)))


def _read(path: str, rate: Fraction | None) -> list[Fraction]:
    suffix = suffix_of(path)
    if suffix not in (".csv", ".edl"):
        raise OptionError(f"shots={path!r} is not allowed: give a .csv or .edl file, or times in seconds.")
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            text = file.read(MAX_SHOT_BYTES)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}.") from None
    return csv.starts(text, path) if suffix == ".csv" else edl.starts(text, path, rate)
