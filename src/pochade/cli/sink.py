"""Where palettes go: standard output, a file or a folder, as text or in a registered format."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Protocol

import click

from pochade.cli.folder import Folder
from pochade.cli.terminal import Screen, When, screen_of
from pochade.errors import OptionError, PochadeError, UnknownNameError
from pochade.files import whole_file, written
from pochade.palette import Palette

TEXT_SUFFIX = ".txt"

Texter = Callable[..., str]
"""A function of a palette, the screen, and `titled`: whether many palettes follow one another."""


class Puts(Protocol):
    """Takes palettes one after another. screen : what shows them."""

    @property
    def screen(self) -> Screen: ...

    def put(self, palette: Palette) -> None:
        """Write one palette, at once."""


class Sink:
    """Puts palettes one after another into one file.

    screen : what shows what is put here. many : whether more than one palette may come.
    text : what makes text of a palette. options : those of the format.
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
        from pochade.cli.swatches import draw

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
) -> Iterator[Puts]:
    """A sink to `path`, which is written whole or not at all, or to standard output for None and "-".

    A path that ends as a folder's does takes a file for each palette.

    Raises
    ------
    OptionError, UnknownNameError, click.UsageError : no such format, or it cannot hold many palettes.
    PochadeError : the file cannot be written.
    """
    name = chosen(format, path) or "text"
    if path is None or path == "-":
        _check(name, many)
        if sys.stdout is None:
            raise PochadeError("standard output: it is closed; name a file with --output.")
        screen, encoding = screen_of(sys.stdout, when), sys.stdout.encoding or "utf-8"
        with written("standard output"):
            yield Sink(sys.stdout.buffer, encoding, name, screen, many=many, text=text, options=options)
        return
    screen = screen_of(None, when if when == "always" else "never")

    def sink(file: BinaryIO, *, many: bool) -> Sink:
        return Sink(file, "utf-8", name, screen, many=many, text=text, options=options)

    if _is_folder(path):
        _check(name, many=False)
        yield Folder(path, suffix_of(name), screen, lambda file, palette: sink(file, many=False).put(palette))
        return
    _check(name, many)
    with whole_file(path) as file:
        yield sink(file, many=many)


def chosen(format: str | None, path: str | None) -> str | None:
    """The name of the format that is wanted: as said, else as the suffix of the path says; None where nothing does."""
    if format is not None or path is None or path == "-":
        return format
    if _is_folder(path):
        raise click.UsageError(f"{path}: a folder has no suffix: give the format of its files with -f.")
    from pochade.export import format_of

    try:
        return format_of(path)
    except OptionError:
        if path.lower().endswith(TEXT_SUFFIX):
            return "text"
        raise


def suffix_of(format: str) -> str:
    """What the names of files in a format end with."""
    from pochade.export import exporters

    return TEXT_SUFFIX if format == "text" else exporters.entry(format).about.suffix


def deliver(content: bytes, format: str, path: str) -> None:
    """Write what is made to a file, whole or not at all, or to standard output for "-"."""
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
    """PochadeError for what a terminal would not show but obey."""
    try:
        binary = "\0" in content.decode()
    except UnicodeDecodeError:
        binary = True
    if binary:
        raise PochadeError(f"standard output: it is a terminal, and {format} is no text; name a file.")


def _is_folder(path: str) -> bool:
    return path.endswith(("/", os.sep))


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
            f"the format {format} holds one palette, and several pictures are given: -f {format} -o FOLDER/ writes a "
            "file for each."
        )
