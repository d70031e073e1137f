"""Write palettes in the formats of other tools, and read them back; each format is a file."""

import codecs
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pochade.errors import FormatError, OptionError, SourceError, TooLargeError
from pochade.export.reading import check_count
from pochade.files import write_whole
from pochade.palette import Palette
from pochade.palette.serialization import labeled
from pochade.registry import Registry

__all__ = ["Exporter", "export", "exporters", "format_of", "load", "save"]

Exporter = Callable[..., bytes]
"""A function of a palette, with its own keyword-only options."""


@dataclass(frozen=True, slots=True)
class About:
    """Properties of a format.

    suffix, media_type : of its files. The longest matching suffix wins, so a second format with the same suffix puts
        its own name before it, as in `.tailwind.css`.
    read : the inverse, `(content: bytes) -> Palette`; raises FormatError with the byte or line. None if write-only.
    magic : the first bytes of its files, or a compiled pattern of bytes to search for. The pattern runs on files of any
        format, without their byte order mark, so it must take linear time.
    by_suffix : False if another format owns the suffix and only the name selects this one.
    most : the number of colors that a file can hold; export() refuses more.
    header : number of header lines, if one file can hold several palettes; only the first palette writes them. None if
        a file holds one palette.
    theme : True if the file holds a theme derived from the palette, not the palette.
    """

    suffix: str
    media_type: str
    read: Callable[[bytes], Palette] | None = None
    magic: bytes | re.Pattern[bytes] | None = None
    by_suffix: bool = True
    most: int | None = None
    header: int | None = None
    theme: bool = False


exporters: Registry[Exporter, About] = Registry("format", "pochade.export", about=About)
"""All formats. `register(name, suffix=".css", media_type="text/css", ...)` takes the fields of `About`."""

MAX_BYTES = 8 << 20
"""Limit of a file's size: 10,000 colors in the largest format, design tokens, are 4.7 MB."""

MAX_MESSAGE = 400
"""The most letters of an error about a file."""


def export(palette: Palette, format: str, **options: Any) -> bytes:
    """The palette in a registered format, as the bytes of a file.

    Raises
    ------
    UnknownNameError : the format or the option does not exist.
    OptionError : an option's value is not allowed.

    Examples
    --------
    >>> from pochade import Color, Palette
    >>> export(Palette((Color((142, 26, 36)),)), "hex")
    b'#8e1a24\\n'
    """
    entry = exporters.entry(format)
    most = entry.about.most
    if most is not None and len(palette) > most:
        raise OptionError(f"{entry.name} holds at most {most} colors, and the palette has {len(palette)}: give fewer.")
    return entry.value(palette, **entry.check(options))


def save(palette: Palette, path: str | os.PathLike[str], format: str | None = None, **options: Any) -> None:
    """Write the palette to a file, whole or not at all.

    Parameters
    ----------
    format : a registered name; by default the format of the path's suffix.

    Raises
    ------
    OptionError : no format has that suffix.
    PochadeError : the file cannot be written.
    """
    write_whole(path, export(palette, format or format_of(path), **options))


def load(source: str | os.PathLike[str] | bytes, format: str | None = None) -> Palette:
    """Read the palette of a file, written by any program.

    Parameters
    ----------
    source : a path; the content of a file, as bytes; or the address of a palette at coolors.co, which is parsed, not
        fetched.
    format : a registered name; by default it is detected from the suffix and the content.

    Returns
    -------
    Palette : its colors in the order of the file. A name becomes the color's label, unless it equals the nearest CSS
        name. In a format without weights, all weights are equal.

    Raises
    ------
    OptionError : the format is unknown, or write-only.
    FormatError : the content has another format, or is damaged; the message names the byte or line.
    TooLargeError : more than 8 MiB, or more than 10,000 colors.
    SourceError : the file cannot be read.

    Examples
    --------
    >>> load(b"#8e1a24\\n#ffffff\\n").hex
    ['#8e1a24', '#ffffff']
    >>> load("https://coolors.co/8e1a24-ffffff").hex
    ['#8e1a24', '#ffffff']
    """
    path, content = _path_and_content(source)
    if len(content) > MAX_BYTES:
        raise TooLargeError(f"{path or 'the content'}: more than {MAX_BYTES >> 20} MiB, the limit for palettes.")
    entry = exporters.entry(format or _detect(path, content))
    if entry.about.read is None:
        readable = ", ".join(e.name for e in exporters.entries if e.about.read is not None)
        raise OptionError(f"{entry.name} is write-only. Formats that can be read: {readable}.")
    try:
        palette = check_count(entry.about.read(content))
        return replace(palette, colors=labeled(palette.colors))
    except RecursionError:
        raise FormatError(f"{path or 'the content'}: nested too deeply for a palette.") from None
    except (FormatError, TooLargeError) as error:
        raise type(error)(f"{path}: {_brief(error)}" if path else _brief(error)) from None


def _brief(error: Exception) -> str:
    """The message of an error, without the middle of a long one, which repeats the file."""
    message = str(error)
    return message if len(message) <= MAX_MESSAGE else f"{message[: MAX_MESSAGE // 2]} ... {message[-100:]}"


def _path_and_content(source: str | os.PathLike[str] | bytes) -> tuple[str | None, bytes]:
    """The path, or None if there is no file, and the content."""
    if isinstance(source, bytes):
        return None, source
    if isinstance(source, str) and source.lower().startswith(("https://", "http://")):
        return None, source.encode("utf-8", "backslashreplace")
    path = os.fspath(source)
    return path, _content(path)


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be read: {reason}.") from None


def _detect(path: str | None, content: bytes) -> str:
    """The name of the format of a file.

    In this order: a format of the suffix whose magic matches; a format of the suffix without magic; any format whose
    magic matches; the format of the suffix, whose reader reports the error. A file of .tokens.json may be called .json.
    """
    known = [entry for entry in exporters.entries if entry.about.read is not None]
    suffixes = [e.about.suffix for e in known if path and path.lower().endswith(e.about.suffix)]
    suffix = max(suffixes, key=len, default=None)
    of_suffix = [entry for entry in known if suffix is not None and entry.about.suffix.endswith(suffix)]
    plain = content.removeprefix(codecs.BOM_UTF8)
    fits = [entry for entry in known if _fits(entry.about.magic, plain)]
    without_magic = [entry for entry in of_suffix if entry.about.magic is None]
    owner = [entry for entry in of_suffix if entry.about.suffix == suffix]
    for entry in [*(entry for entry in of_suffix if entry in fits), *without_magic, *fits, *owner]:
        return entry.name
    if plain.startswith(b"http"):
        return "coolors"  # its reader explains which addresses are allowed
    raise OptionError(f"{path or 'the content'}: neither suffix nor content identifies the format: give the format.")


def _fits(magic: bytes | re.Pattern[bytes] | None, content: bytes) -> bool:
    if isinstance(magic, bytes):
        return content.startswith(magic)
    return magic is not None and magic.search(content) is not None


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format of a path's suffix; OptionError if no format has that suffix."""
    name = os.fspath(path).lower()
    known: dict[str, str] = {e.about.suffix: e.name for e in exporters.entries if e.about.by_suffix}
    for suffix in sorted(known, key=len, reverse=True):
        if name.endswith(suffix):
            return known[suffix]
    allowed = ", ".join(sorted(known))
    raise OptionError(f"{os.fspath(path)}: no format has this suffix: give the format, or one of {allowed}.")
