"""Palettes in the formats that other tools read: one a file, each a function from a palette to bytes."""

import os
from collections.abc import Callable
from typing import Any

from pochade.errors import OptionError
from pochade.export.whole import whole_file
from pochade.palette import Palette
from pochade.registry import Registry

__all__ = ["Exporter", "export", "exporters", "format_of", "save"]

Exporter = Callable[..., bytes]
"""A function of a palette, with its own keyword-only options."""

exporters: Registry[Exporter] = Registry("format", "pochade.export")
"""All formats. `register(name, suffix=".css", media_type="text/css")`; where palettes may follow one another
in one file, also `header=` with the number of lines that only the first of them writes."""


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


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format that a path's suffix stands for; OptionError where none does."""
    name = os.fspath(path).lower()
    known: dict[str, str] = {entry.about["suffix"]: entry.name for entry in exporters}
    for suffix in sorted(known, key=len, reverse=True):
        if name.endswith(suffix):
            return known[suffix]
    allowed = ", ".join(sorted(known))
    raise OptionError(f"{os.fspath(path)}: its suffix names no format: give the format, or one of {allowed}.")
