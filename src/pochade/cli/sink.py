"""Where palettes go: standard output or a file, as text or in a registered format."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import click

from pochade.cli.terminal import Depth, When, color_depth
from pochade.palette import Palette

TEXT_SUFFIX = ".txt"


class Sink:
    """Takes palettes one after another.

    stream : where text would be seen; its kind decides on colors. write : takes bytes.
    """

    def __init__(self, write: BinaryIO, stream: Any, format: str, depth: Depth, *, many: bool) -> None:
        self._file, self._stream, self._format, self._depth, self._many = write, stream, format, depth, many
        self._first = True

    def put(self, palette: Palette) -> None:
        """Write one palette, at once."""
        self._file.write(self._text(palette) if self._format == "text" else self._encoded(palette))
        self._file.flush()
        self._first = False

    def _text(self, palette: Palette) -> bytes:
        from pochade.cli.swatches import draw

        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        return draw(palette, self._stream, self._depth, titled=self._many).encode(encoding, "backslashreplace")

    def _encoded(self, palette: Palette) -> bytes:
        from pochade.export import export, exporters

        content = export(palette, self._format)
        if self._first:
            return content
        header: int = exporters[self._format].about["header"]
        return b"".join(content.splitlines(keepends=True)[header:])


@contextmanager
def opened(path: str | None, format: str | None, when: When, *, many: bool) -> Iterator[Sink]:
    """A sink to `path`, which is written whole or not at all, or to standard output for None and "-".

    Raises
    ------
    OptionError, UnknownNameError, click.UsageError : no such format, or it cannot hold many palettes.
    """
    chosen = format or ("text" if path in (None, "-") else _by_suffix(str(path)))
    _check(chosen, many)
    if path is None or path == "-":
        yield Sink(sys.stdout.buffer, sys.stdout, chosen, color_depth(sys.stdout, when), many=many)
        return
    from pochade.export.whole import whole_file

    with whole_file(path) as file:
        yield Sink(file, None, chosen, color_depth(None, when) if when == "always" else "none", many=many)


def _by_suffix(path: str) -> str:
    if path.lower().endswith(TEXT_SUFFIX):
        return "text"
    from pochade.export import format_of

    return format_of(path)


def _check(format: str, many: bool) -> None:
    if format == "text":
        return
    from pochade.export import exporters

    if exporters[format].about.get("header") is None and many:
        raise click.UsageError(f"the format {format} holds one palette, and several pictures are given.")
