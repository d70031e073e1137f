"""Palettes in the formats that other tools read: one a file, each a function from a palette to bytes."""

import os
import re
from collections.abc import Callable
from typing import Any

from pochade.errors import OptionError, SourceError
from pochade.export.whole import whole_file
from pochade.palette import Palette
from pochade.registry import Registry

__all__ = ["Exporter", "export", "exporters", "format_of", "load", "save"]

Exporter = Callable[..., bytes]
"""A function of a palette, with its own keyword-only options."""

exporters: Registry[Exporter] = Registry("format", "pochade.export")
"""All formats. `register(name, suffix=".css", media_type="text/css")`, and where it applies:

read= : the way back, a function `(content: bytes) -> Palette` that raises FormatError with the byte or line.
magic= : what tells its files from those of other formats, whatever they are called: the bytes that they begin with, or
    a compiled pattern of bytes to search for (linear, for it meets any file).
by_suffix=False : another format has the suffix; this one is written only where it is named.
most= : how many colors a file of it holds; more are refused.
header= : palettes may follow one another in one file; the number of lines that only the first of them writes.
"""


def export(palette: Palette, format: str, **options: Any) -> bytes:
    """The palette in a registered format.

    Raises
    ------
    UnknownNameError : there is no such format, or it has no such option.
    OptionError : an option's value is not allowed.

    Examples
    --------
    >>> from pochade import Color, Palette
    >>> export(Palette((Color((142, 26, 36)),)), "hex")
    b'#8e1a24\\n'
    """
    entry = exporters[format]
    most = entry.about.get("most")
    if most is not None and palette.k > most:
        raise OptionError(f"{entry.name} holds at most {most} colors, and the palette has {palette.k}: give fewer.")
    return entry.value(palette, **entry.check(options))


def save(palette: Palette, path: str | os.PathLike[str], format: str | None = None, **options: Any) -> None:
    """Write the palette to a file, whole or not at all.

    Parameters
    ----------
    format : a registered name; without it, the suffix of the path says.

    Raises
    ------
    OptionError : no format has that suffix. PochadeError : the file cannot be written.
    """
    content = export(palette, format or format_of(path), **options)
    with whole_file(path) as file:
        file.write(content)


def load(source: str | os.PathLike[str] | bytes, format: str | None = None) -> Palette:
    """The palette of a file that some program wrote.

    Parameters
    ----------
    source : a path; or the content of a file, where the format is told by what it begins with.
    format : a registered name; without it, the suffix of the path and the content say.

    Raises
    ------
    OptionError : the format cannot be told, or cannot be read back.
    FormatError : the content is not of that format, or is damaged; says at which byte or line.
    SourceError : the file cannot be read.

    Examples
    --------
    >>> load(b"#8e1a24\\n#ffffff\\n", "hex").hex
    ['#8e1a24', '#ffffff']
    """
    content = source if isinstance(source, bytes) else _content(source)
    if format is None:
        format = _told(source, content)
    entry = exporters[format]
    if "read" not in entry.about:
        readable = ", ".join(e.name for e in exporters if "read" in e.about)
        raise OptionError(f"{format} is written only and cannot be read back: {readable} can.")
    read: Callable[[bytes], Palette] = entry.about["read"]
    return read(content)


def _content(path: str | os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{os.fspath(path)}: cannot be read: {reason}.") from None


def _told(source: str | os.PathLike[str] | bytes, content: bytes) -> str:
    """The format of content: of those with its suffix, or of all where it has none, the first whose magic fits."""
    known = [entry for entry in exporters if "read" in entry.about]
    suffix = None
    if not isinstance(source, bytes):
        name = os.fspath(source).lower()
        suffix = max((e.about["suffix"] for e in known if name.endswith(e.about["suffix"])), key=len, default=None)
        known = [entry for entry in known if suffix in (None, entry.about["suffix"])]
    for entry in known:
        if _fits(entry.about.get("magic"), content):
            return entry.name
    if suffix is not None:  # its reader says what is wrong
        return min(known, key=lambda e: ("magic" in e.about, not e.about.get("by_suffix", True))).name
    where = "the content" if isinstance(source, bytes) else os.fspath(source)
    raise OptionError(f"{where}: neither suffix nor content tells its format: give the format.")


def _fits(magic: bytes | re.Pattern[bytes] | None, content: bytes) -> bool:
    if isinstance(magic, bytes):
        return content.startswith(magic)
    return magic is not None and magic.search(content) is not None


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format that a path's suffix stands for; OptionError where none does."""
    name = os.fspath(path).lower()
    known: dict[str, str] = {e.about["suffix"]: e.name for e in exporters if e.about.get("by_suffix", True)}
    for suffix in sorted(known, key=len, reverse=True):
        if name.endswith(suffix):
            return known[suffix]
    allowed = ", ".join(sorted(known))
    raise OptionError(f"{os.fspath(path)}: its suffix names no format: give the format, or one of {allowed}.")
