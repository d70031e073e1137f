"""Where palettes go: standard output or a file, as text or in a registered format."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

from pochade.cli.terminal import Screen, When, screen_of
from pochade.errors import OptionError, PochadeError, UnknownNameError
from pochade.export.whole import whole_file, written
from pochade.palette import Palette

TEXT_SUFFIX = ".txt"

Texter = Callable[..., str]
"""A function of a palette, the screen, and `titled`: whether many palettes follow one another."""


class Sink:
    """Takes palettes one after another.

    screen : what shows what is put here. many : whether more than one palette may come.
    text : what makes text of a palette.
    """

    def __init__(
        self, file: BinaryIO, encoding: str, format: str, screen: Screen, *, many: bool, text: Texter | None = None
    ) -> None:
        self.screen = screen
        self._texter = text
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

        content = export(palette, self._format)
        if self._first:
            return content
        header: int = exporters[self._format].about["header"]
        return b"".join(content.splitlines(keepends=True)[header:])


@contextmanager
def opened(
    path: str | None, format: str | None, when: When, *, many: bool, text: Texter | None = None
) -> Iterator[Sink]:
    """A sink to `path`, which is written whole or not at all, or to standard output for None and "-".

    Raises
    ------
    OptionError, UnknownNameError, click.UsageError : no such format, or it cannot hold many palettes.
    PochadeError : the file cannot be written.
    """
    if path is None or path == "-":
        _check(format or "text", many)
        if sys.stdout is None:
            raise PochadeError("standard output: it is closed; name a file with --output.")
        screen, encoding = screen_of(sys.stdout, when), sys.stdout.encoding or "utf-8"
        with written("standard output"):
            yield Sink(sys.stdout.buffer, encoding, format or "text", screen, many=many, text=text)
        return
    chosen = format or _by_suffix(path)
    _check(chosen, many)
    screen = screen_of(None, when if when == "always" else "never")
    with whole_file(path) as file:
        yield Sink(file, "utf-8", chosen, screen, many=many, text=text)


def _by_suffix(path: str) -> str:
    from pochade.export import format_of

    try:
        return format_of(path)
    except OptionError:
        if path.lower().endswith(TEXT_SUFFIX):
            return "text"
        raise


def _check(format: str, many: bool) -> None:
    if format == "text":
        return
    from pochade.export import exporters

    try:
        about = exporters[format].about
    except UnknownNameError:
        raise UnknownNameError("format", format, ["text", *exporters.names]) from None
    if many and about.get("header") is None:
        raise click.UsageError(f"the format {format} holds one palette, and several pictures are given.")
