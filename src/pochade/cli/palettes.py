"""Palettes in files, as arguments of commands."""

import os
from dataclasses import replace
from typing import Any

import click

from pochade.cli.drawing import PICTURES
from pochade.cli.errors import complain
from pochade.errors import PochadeError
from pochade.files import suffix_of
from pochade.palette import Palette


def is_palette_file(path: str) -> bool:
    """Whether the suffix is that of a palette format that can be read; False for URLs and pictures."""
    from pochade.export import exporters

    kinds = tuple(suffix for entry in exporters.entries if entry.about.read for suffix in entry.about.suffixes)
    return "://" not in path and suffix_of(path) not in PICTURES and path.lower().endswith(kinds)


def loaded(source: str | bytes, format: str | None = None) -> Palette:
    """Load a palette; a note on standard error says how many entries of the file were left out, and why."""
    from pochade.export import load
    from pochade.export.reading import omissions

    palette = load(source, format)
    if palette.omitted:
        name = "standard input" if isinstance(source, bytes) else source
        complain(f"{name}: {omissions(palette.omitted)}")
    return palette


def load_palette(path: str) -> Palette:
    """Load a palette file. Without a source of its own, the palette is named after the file."""
    palette = loaded(path)
    return palette if palette.source else replace(palette, source=path)


def palette_or_colors(text: str) -> Any:
    """The palette of the file or URL `text`; if no such file exists, `text` itself, a list of colors."""
    from pochade.export import exporters

    if "://" in text:
        return loaded(text)
    if not os.path.isfile(text):
        if text.lower().endswith(tuple(entry.about.suffix for entry in exporters.entries)):
            raise PochadeError(f"{text}: no such file.")
        return text
    if suffix_of(text) in PICTURES:
        raise click.UsageError(
            f"--palette takes colors or a palette file, and {text} is a picture: write its colors to a file first, "
            "`pochade PICTURE -o colors.gpl`."
        )
    return loaded(text)
