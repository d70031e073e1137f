"""The options of a film: those of film() and of extract() without reading, of the method, and of its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pochade.cluster import methods
from pochade.errors import OptionError, UnknownNameError
from pochade.extraction.check import READING
from pochade.extraction.extract import extract
from pochade.files import DRAWINGS
from pochade.films.files import KINDS, check_encoding
from pochade.films.film import checked_wish, film
from pochade.films.timecode import parse_time
from pochade.option import Option, options_of
from pochade.web.descriptions import summaries_of
from pochade.web.films.upload import MAX_NAME
from pochade.web.options import checked_magnitude, request_options
from pochade.web.settings import Settings

FORMATS = {suffix[1:]: suffix for suffix in KINDS}
"""The suffix of a file by the name of its format."""

_SERVERS = frozenset({"progress", "on_shot", "resume", "max_pixels", "max_bytes", "public_only", "timeout"})
"""Parameters of film() that are the server's."""

_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "edl": "text/plain",
    "otio": "application/json",
    "vtt": "text/vtt",
    "ffmeta": "text/plain",
}

ABOUT = {
    "name": "The name of the film in its files; by default that of the file in the form.",
    "format": "Files to write as soon as it is counted, with commas between them; others are written when asked for.",
    "view": "What a picture shows: stacked, mean, slit, round, sheet or timeline.",
    "columns": "The slices of time of a barcode.",
    "page": "Of a sheet, from 1; by default all pages of a PDF, and the first of other files.",
}


@dataclass(frozen=True, slots=True)
class FilmRequest:
    """keywords : of film(). name : of the film, or empty. files : format and options of each file to write."""

    keywords: Mapping[str, Any]
    name: str = ""
    files: tuple[tuple[str, Mapping[str, Any]], ...] = field(default=())


def media_type(format: str) -> str:
    """The media type of a format of films."""
    return _TYPES.get(format) or DRAWINGS[FORMATS[format]].media_type


@lru_cache
def film_options() -> dict[str, tuple[Option, str]]:
    """The options of a film but those of methods, with their summaries."""
    own, common = options_of(film), request_options(extract)
    result = {name: (option, summaries_of(film).get(name, "")) for name, option in own.items() if name not in _SERVERS}
    for name, option in common.items():
        if name not in READING and name not in result:
            result[name] = option, summaries_of(extract).get(name, "")
    return result


@lru_cache
def file_options() -> dict[str, tuple[Option, str]]:
    """The options of a file of a film, with their summaries."""
    return {
        "view": (Option("view", str, None), ABOUT["view"]),
        "columns": (Option("columns", int, None), ABOUT["columns"]),
        "page": (Option("page", int, None), ABOUT["page"]),
    }


def film_request(texts: Mapping[str, str], settings: Settings) -> FilmRequest:
    """The options of a request to count a film, checked as far as possible without it.

    Raises
    ------
    OptionError, UnknownNameError : an option does not exist or has a value that is not allowed. EmptyError : start is
        not before end.
    """
    rest = dict(texts)
    name, formats = rest.pop("name", ""), rest.pop("format", "")
    if len(name) > MAX_NAME or not name.isprintable():
        raise OptionError(f"name={name[:40]!r} is not allowed: give at most {MAX_NAME} characters in one line.")
    drawing = {one: rest.pop(one) for one in file_options() if one in rest}
    known = film_options()
    method = methods.entry(rest.get("method", known["method"][0].default))
    keywords: dict[str, Any] = {}
    for one, text in rest.items():
        if one == "shots":  # not the text, which would be the path of a file
            keywords[one] = tuple(parse_time(one, time) for time in text.split(","))
        elif one in known:
            keywords[one] = known[one][0].parse(text)
        elif one in method.options:
            keywords[one] = checked_magnitude(one, method.options[one].parse(text))
        else:
            every = [*method.options, *known, *file_options(), "name", "format"]
            raise UnknownNameError("option of film:", one, every)
    checked_wish(**{one: value for one, value in keywords.items() if one != "shots"})
    files = []
    for format in filter(None, map(str.strip, formats.split(","))):
        mine = {one: text for one, text in drawing.items() if one in KINDS[_suffix(format)].options}
        files.append((format, file_request(format, mine)))
    if drawing and not any(set(options) for _, options in files):
        one = next(iter(drawing))
        raise OptionError(f"{one} is an option of pictures: name one in format, such as format=png.")
    return FilmRequest({**keywords, "max_pixels": settings.film_pixels}, name, tuple(files))


def file_request(format: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """The options of a file of a film.

    Raises
    ------
    OptionError, UnknownNameError : the format or an option does not exist, or has a value that is not allowed.
    """
    suffix, known = _suffix(format), file_options()
    options = {}
    for name, text in texts.items():
        if name not in known:
            raise UnknownNameError("option of a film's file:", name, [*known])
        options[name] = known[name][0].parse(text)
    check_encoding(f"film{suffix}", **options)
    return options


def _suffix(format: str) -> str:
    if format not in FORMATS:
        raise UnknownNameError("format", format, [*FORMATS])
    return FORMATS[format]
