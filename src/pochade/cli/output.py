"""Write palettes to standard output, a file or a folder, as text or in a registered format."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Protocol

import click

from pochade.cli.folder import FolderWriter, is_folder
from pochade.cli.terminal import Screen, When, screen_of
from pochade.errors import OptionError, PochadeError, UnknownNameError
from pochade.files import suffix_of, whole_file, written
from pochade.palette import Palette

TEXT_SUFFIX = ".txt"

SUFFIXES = {TEXT_SUFFIX: "text", ".jsonl": "json"}
"""Formats of output files by suffix, besides those that the formats register."""

Texter = Callable[..., str]
"""A function of a palette, the screen, and `titled`: whether many palettes follow one another."""


class Writer(Protocol):
    """Writes palettes one after another. screen : of the output."""

    @property
    def screen(self) -> Screen: ...

    def put(self, palette: Palette) -> None:
        """Write one palette, at once."""


class FileWriter:
    """Writes palettes one after another to one file.

    screen : of the output. many : whether several palettes may follow.
    text : the function that makes the text of a palette. options : of the format.
    """

    def __init__(
        self,
        file: BinaryIO,
        encoding: str,
        format: str,
        screen: Screen,
        *,
        many: bool,
        text: Texter | None = None,
        options: dict[str, Any] | None = None,
    ) -> None:
        self.screen = screen
        self._texter, self._options = text, options or {}
        self._file, self._encoding, self._format, self._many = file, encoding, format, many
        self._first = True

    def put(self, palette: Palette) -> None:
        """Write one palette, at once."""
        self._file.write(self._text(palette) if self._format == "text" else self._exported(palette))
        self._file.flush()
        self._first = False

    def _text(self, palette: Palette) -> bytes:
        from pochade.cli.text.swatches import draw

        return (self._texter or draw)(palette, self.screen, titled=self._many).encode(
            self._encoding, "backslashreplace"
        )

    def _exported(self, palette: Palette) -> bytes:
        from pochade.export import export, exporters

        content = export(palette, self._format, **self._options)
        if self.screen.watched:
            refuse_binary(content, self._format)
        if self._first:
            return content
        header = exporters.entry(self._format).about.header or 0
        return b"".join(content.splitlines(keepends=True)[header:])


@contextmanager
def opened(
    path: str | None,
    format: str | None,
    when: When,
    *,
    many: bool,
    text: Texter | None = None,
    options: dict[str, Any] | None = None,
    suffix: str | None = None,
) -> Iterator[Writer]:
    """Open a writer to the file `path`, written whole or not at all, or to standard output for None and "-".

    A folder gets one file per palette. suffix : of those files; by default that of the format.

    Raises
    ------
    OptionError, UnknownNameError, click.UsageError : no such format, or it cannot hold many palettes.
    PochadeError : the file cannot be written.
    """
    name = format_for(format, path) or "text"
    if path is None or path == "-":
        _check(name, many)
        if sys.stdout is None:
            raise PochadeError("standard output: it is closed; name a file with --output.")
        screen, encoding = screen_of(sys.stdout, when), sys.stdout.encoding or "utf-8"
        with written("standard output"):
            yield FileWriter(sys.stdout.buffer, encoding, name, screen, many=many, text=text, options=options)
        return
    screen = screen_of(None, when if when == "always" else "never")

    def writer(file: BinaryIO, *, many: bool) -> FileWriter:
        return FileWriter(file, "utf-8", name, screen, many=many, text=text, options=options)

    if is_folder(path):
        _check(name, many=False)
        yield FolderWriter(
            path, suffix or suffix_of_format(name), screen, lambda file, palette: writer(file, many=False).put(palette)
        )
        return
    _check(name, many)
    with whole_file(path) as file:
        yield writer(file, many=many)


def format_for(format: str | None, path: str | None) -> str | None:
    """The name of the format: the given one, else that of the suffix of the path, else None."""
    if format is not None or path is None or path == "-":
        return format
    if is_folder(path):
        raise click.UsageError(f"{path}: a folder has no suffix: give the format of its files with -f.")
    from pochade.export import format_of

    try:
        return format_of(path)
    except OptionError:
        if suffix_of(path) in SUFFIXES:
            return SUFFIXES[suffix_of(path)]
        raise


def is_text(format: str | None, path: str | None) -> bool:
    """Whether the palette is written as text, for people to read."""
    return format == "text" or (format is None and (path in (None, "-") or str(path).lower().endswith(TEXT_SUFFIX)))


def writes_tints(format: str | None, path: str | None) -> bool:
    """Whether the palette is written in a format that has the option `tints`."""
    from pochade.export import exporters

    name = format_for(format, path)
    return name is not None and name in exporters and "tints" in exporters.entry(name).options


def suffix_of_format(format: str | None, path: str | None = None) -> str:
    """The suffix of files in a format; without a format, in that of the path."""
    format = format_for(format, path) or "text"
    from pochade.export import exporters

    return TEXT_SUFFIX if format == "text" else exporters.entry(format).about.suffix


def deliver(content: bytes, format: str, path: str) -> None:
    """Write bytes to a file, whole or not at all, or to standard output for "-"."""
    if path != "-":
        with whole_file(path) as file:
            file.write(content)
        return
    if sys.stdout is None:
        raise PochadeError("standard output: it is closed; name a file.")
    if screen_of(sys.stdout).watched:
        refuse_binary(content, format)
    with written("standard output"):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def refuse_binary(content: bytes, format: str) -> None:
    """PochadeError for bytes that are no text; a terminal could take them as commands."""
    try:
        binary = "\0" in content.decode()
    except UnicodeDecodeError:
        binary = True
    if binary:
        raise PochadeError(f"standard output: it is a terminal, and {format} is no text; name a file.")


def _check(format: str, many: bool) -> None:
    if format == "text":
        return
    from pochade.export import exporters

    try:
        about = exporters.entry(format).about
    except UnknownNameError:
        raise UnknownNameError("format", format, ["text", *exporters.names]) from None
    if many and about.header is None:
        raise click.UsageError(
            f"the format {format} holds one palette, and there are several: -f {format} -o FOLDER/ writes a "
            "file for each."
        )
