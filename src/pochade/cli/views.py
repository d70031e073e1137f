"""Other views of a palette: --explain, --why, --strip, --curve, --contrast, --sight, --roles, --tints."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

import click

from pochade.batch.batch import Result, attempt
from pochade.cli.command import check_outputs
from pochade.cli.drawing import DEFAULT, PICTURES, check_suffix, write_picture
from pochade.cli.each import check_single
from pochade.cli.folder import FileNames, folder_files, is_folder
from pochade.cli.output import TEXT_SUFFIX, Texter
from pochade.cli.terminal import Screen
from pochade.errors import OptionError
from pochade.extraction.check import READING
from pochade.extraction.extract import extract
from pochade.files import suffix_of, written
from pochade.histograms.summed import is_collection
from pochade.palette import Palette
from pochade.source import read

CURVES = (".png", ".svg")
"""Suffixes of a drawn curve."""

REPORTS = ("contrast", "sight", "roles", "tints")
"""Methods of Palette whose result is printed as text or JSON; it has a `to_dict`."""


@dataclass(frozen=True, slots=True)
class Views:
    """The views of a palette that were requested.

    explain, curve : show this view instead of the palette. why, strip : the files or folders of the drawings, or None.
    widths : of the strip's colors, "weight" or "equal", or None for the default.
    reports : those of `REPORTS` to show instead of the palette; more than one is refused.
    """

    explain: bool
    why: str | None
    curve: bool
    strip: str | None = None
    widths: Any = None
    reports: tuple[str, ...] = ()

    @property
    def _shown(self) -> list[str]:
        return [name for name, on in (("explain", self.explain), ("curve", self.curve)) if on] + [*self.reports]

    def check(self, format: str | None, output: str | None, *, many: bool) -> None:
        """Refuse options that contradict each other, before a picture is read."""
        if len(self._shown) > 1:
            one, other, *_ = self._shown
            raise click.UsageError(f"--{one} and --{other} both replace the palette: give one of them.")
        if (self.explain or self.curve) and format not in (None, "text") and not self.drawn(format, output):
            raise click.UsageError(
                f"--explain and --curve show text, not {format}: leave out -f; --curve -f svg -o FOLDER/ draws curves."
            )
        if self.reports and format not in (None, "text", "json"):
            also = ", or goes into css and tailwind" if "tints" in self.reports else ""
            raise click.UsageError(f"--{self.reports[0]} shows text or json{also}, not {format}.")
        if self.widths and not self.strip:
            raise click.UsageError("--widths is an option of the strip: give --strip FILE.")
        for flag, path, allowed in (("--why", self.why, [*PICTURES]), ("--strip", self.strip, [*PICTURES, ".svg"])):
            check_single(flag, path, many=many)
            if path and not is_folder(path):
                check_suffix(path, allowed)
        if self.drawn(format, output):
            check_single("-o", output, many=many)
        elif self._shown and output not in (None, "-") and not is_folder(str(output)):
            allowed = [TEXT_SUFFIX, *(CURVES if self.curve else ()), *((".json",) if self.reports else ())]
            if suffix_of(str(output)) not in allowed:
                raise OptionError(f"{output}: its suffix is not one of {', '.join(allowed)}.")

    def drawn(self, format: str | None, output: str | None) -> bool:
        """Whether -o is the file of a drawn curve, or a folder of drawn curves."""
        if not self.curve or output in (None, "-"):
            return False
        suffix = f".{format}" if is_folder(str(output)) else suffix_of(str(output))
        return suffix in CURVES

    def texter(self, format: str | None = None, output: str | None = None) -> Texter | None:
        """The function that makes the text of the view; None to show the palette."""
        if self.reports:
            as_json = "json" in (format, suffix_of(output or "")[1:])
            return _as_json(self.reports[0]) if as_json else _as_text(self.reports[0])
        if self.explain:
            from pochade.cli.text.explain import explain

            return explain
        if self.curve:
            from pochade.cli.text.curve import curve

            return curve
        return None

    def suffix(self, format: str | None, output: str | None) -> str:
        """The suffix of the files of a shown view."""
        return ".json" if self.reports and "json" in (format, suffix_of(output or "")[1:]) else TEXT_SUFFIX

    def drawer(self, format: str | None, output: str | None, sources: Sequence[str]) -> Callable[[Palette], None]:
        """A function that writes the drawings of one palette.

        Raises
        ------
        OptionError : a file exists that a drawing of one of the sources would overwrite.
        """
        drawings = [(path, suffix, draw) for path, suffix, draw in self._drawings(format, output) if path]
        for path, suffix, _ in drawings:
            if is_folder(path):
                check_outputs(folder_files(path, sources, suffix))
        names = [FileNames(suffix) for _, suffix, _ in drawings]

        def draw_all(palette: Palette) -> None:
            for (path, _, draw), name in zip(drawings, names, strict=True):
                if is_folder(path):
                    with written(path):
                        os.makedirs(path, exist_ok=True)
                    draw(palette, os.path.join(path, name.name(palette.source)))
                else:
                    draw(palette, path)

        return draw_all

    def _drawings(
        self, format: str | None, output: str | None
    ) -> list[tuple[str | None, str, Callable[[Palette, str], None]]]:
        """The path of each drawing, the suffix of its files in a folder, and the function that writes it."""

        def draw_why(palette: Palette, path: str) -> None:
            from pochade.draw import why

            write_picture(path, lambda: why(palette))

        def draw_strip(palette: Palette, path: str) -> None:
            from pochade.draw import strip, strip_svg

            widths: Any = self.widths or "weight"
            write_picture(path, lambda: strip(palette, widths=widths), lambda: strip_svg(palette, widths=widths))

        def draw_curve(palette: Palette, path: str) -> None:
            from pochade.draw import curve, curve_svg

            write_picture(path, lambda: curve(palette), lambda: curve_svg(palette))

        curves = output if self.drawn(format, output) else None
        return [
            (self.why, ".png", draw_why),
            (self.strip, ".png", draw_strip),
            (curves, f".{format or DEFAULT}", draw_curve),
        ]


def extract_with_origin(sources: Iterable[str], options: dict[str, Any]) -> Iterator[Result]:
    """Extract palettes one after another, each with its origin; a URL is fetched once."""

    for source in sources:
        yield Result(source, attempt(source, partial(extracted, source, options)))


def extracted(source: Any, options: dict[str, Any]) -> Palette:
    """The palette of a picture, with its origin; the picture is read once, for the palette and for drawings of it."""
    if is_collection(source):
        return extract(source, **options)
    reading = {name: value for name, value in options.items() if name in READING}
    rest = {name: value for name, value in options.items() if name not in READING}
    return extract(read(source, **reading), **rest)


def _as_text(name: str) -> Texter:
    module = import_module(f"pochade.cli.text.{name}")
    texter: Texter = getattr(module, name)
    return texter


def _as_json(name: str) -> Texter:
    """A texter that writes one line of JSON per palette, with the name of the picture."""

    def line(palette: Palette, screen: Screen, *, titled: bool) -> str:
        report: dict[str, Any] = getattr(palette, name)().to_dict()
        return json.dumps({"source": palette.source, **report}, ensure_ascii=False) + "\n"

    return line
