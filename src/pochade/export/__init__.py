"""Write palettes in the formats of other tools, and read them back; each format is a file."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pochade.errors import FormatError, OptionError, SourceError, TooLargeError
from pochade.export.reading import as_utf8, check_count, foreign_kind
from pochade.files import write_whole
from pochade.palette import Palette
from pochade.palette.serialization import labeled
from pochade.registry import Entry, Registry

__all__ = ["Exporter", "export", "exporters", "format_of", "load", "save"]

Exporter = Callable[..., bytes]
"""A function of a palette, with its own keyword-only options."""


Magic = bytes | re.Pattern[bytes] | Callable[[bytes], bool]
"""A sign of a format in the content of a file."""


@dataclass(frozen=True, slots=True)
class About:
    """Properties of a format.

    suffix, media_type : of its files. The longest matching suffix wins, so a second format with the same suffix puts
        its own name before it, as in `.tailwind.css`.
    also : other suffixes of its files. They are read, not written, and any format may have files with them.
    read : the inverse, `(content: bytes) -> Palette`; raises FormatError with the byte or line. None if write-only.
    magic : the first bytes of its files, or a compiled pattern of bytes to search for, or a function of the bytes. It
        runs on files of any format, without their byte order mark, so it must take linear time and raise no error.
    general : True if the magic also fits files of other formats, which then go first.
    by_suffix : False if another format owns the suffix and only the name selects this one.
    most : the number of colors that a file can hold; export() refuses more.
    header : number of header lines, if one file can hold several palettes; only the first palette writes them. None if
        a file holds one palette.
    theme : True if the file holds a theme derived from the palette, not the palette.
    """

    suffix: str
    media_type: str
    also: tuple[str, ...] = ()
    read: Callable[[bytes], Palette] | None = None
    magic: Magic | None = None
    general: bool = False
    by_suffix: bool = True
    most: int | None = None
    header: int | None = None
    theme: bool = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """All suffixes of its files."""
        return (self.suffix, *self.also)


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
    what = path or "the content"
    if len(content) > MAX_BYTES:
        raise TooLargeError(f"{what}: more than {MAX_BYTES >> 20} MiB, the limit for palettes.")
    content = as_utf8(content)
    entry = exporters.entry(format or _detect(path, content))
    if entry.about.read is None:
        readable = ", ".join(e.name for e in _readable())
        raise OptionError(f"{entry.name} is write-only. Formats that can be read: {readable}.")
    try:
        palette = check_count(entry.about.read(content))
        return replace(palette, colors=labeled(palette.colors))
    except RecursionError:
        raise FormatError(f"{what}: nested too deeply for a palette.") from None
    except (FormatError, TooLargeError) as error:
        hint = "" if format or isinstance(error, TooLargeError) else _hint(entry, content)
        message = f"{_brief(error)}{hint}"
        raise type(error)(f"{path}: {message}" if path else message) from None


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


Entries = list[Entry[Exporter, About]]


def _readable() -> Entries:
    return [entry for entry in exporters.entries if entry.about.read is not None]


def _fitting(content: bytes) -> Entries:
    """The formats whose magic fits the content, those that fit files of other formats too at the end."""
    fitting = [entry for entry in _readable() if _fits(entry.about.magic, content)]
    return sorted(fitting, key=lambda entry: entry.about.general)


def _fits(magic: Magic | None, content: bytes) -> bool:
    if magic is None:
        return False
    if isinstance(magic, bytes):
        return content.startswith(magic)
    return magic.search(content) is not None if isinstance(magic, re.Pattern) else magic(content)


def _detect(path: str | None, content: bytes) -> str:
    """The name of the format of a file.

    Formats with the file's suffix come first: of these, one whose magic fits. If none fits, but a format with another
    suffix does, suffix and content contradict each other: a FormatError says so. If no magic fits at all, the reader of
    the suffix reports the error. The suffixes of `About.also` and files without a suffix leave the choice to the
    content.
    """
    suffixes = {s for e in _readable() for s in e.about.suffixes if path and path.lower().endswith(s)}
    suffix = max(suffixes, key=len, default=None)
    of_suffix = [e for e in _readable() if suffix and any(s.endswith(suffix) for s in e.about.suffixes)]
    owners = [e for e in of_suffix if e.about.suffix == suffix]
    fitting = _fitting(content)
    agreeing = [entry for entry in fitting if entry in of_suffix]
    if owners and agreeing:
        return min(agreeing, key=lambda entry: (entry.about.general, entry not in owners)).name
    owner = next((entry for entry in owners if entry.about.by_suffix), None)
    if owner is None and fitting:
        return fitting[0].name
    if owner is None:
        return _last_resort(path, content)
    other = next((e for e in fitting if not e.about.general or owner.about.magic is None), None)
    if other is not None:
        raise FormatError(
            f"{path}: its suffix is that of {owner.name}, but its content that of {other.name}: rename the file, or "
            "give the format."
        )
    return owner.name


def _last_resort(path: str | None, content: bytes) -> str:
    if content.startswith(b"http"):
        return "coolors"  # its reader explains which addresses are allowed
    advice = foreign_kind(content) or "give the format."
    raise OptionError(f"{path or 'the content'}: neither suffix nor content identifies the format: {advice}")


def _hint(entry: Entry[Exporter, About], content: bytes) -> str:
    """A sentence that names a format to try after `entry`, chosen by the suffix, could not read the content."""
    fitting = _fitting(content)
    if not fitting or entry in fitting:
        return ""
    return f" The content looks like that of {fitting[0].name}: to read it so, give that format."


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format of a path's suffix; OptionError if no format has that suffix."""
    name = os.fspath(path).lower()
    known: dict[str, str] = {e.about.suffix: e.name for e in exporters.entries if e.about.by_suffix}
    for suffix in sorted(known, key=len, reverse=True):
        if name.endswith(suffix):
            return known[suffix]
    allowed = ", ".join(sorted(known))
    raise OptionError(f"{os.fspath(path)}: no format has this suffix: give the format, or one of {allowed}.")
