"""Other views of a palette: --explain, --why, --strip, --curve, --contrast, --sight, --roles, --tints."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from pochade.batch.batch import Result, attempt
from pochade.cli.drawing import PICTURES, check_suffix, write_picture
from pochade.cli.output import TEXT_SUFFIX, Texter
from pochade.cli.terminal import Screen
from pochade.errors import OptionError
from pochade.extraction.check import READING
from pochade.extraction.extract import extract
from pochade.files import suffix_of
from pochade.palette import Palette
from pochade.source import read

CURVES = (".png", ".svg")
"""Suffixes of a drawn curve."""

REPORTS = ("contrast", "sight", "roles", "tints")
"""Methods of Palette whose result is printed as text or JSON; it has a `to_dict`."""


@dataclass(frozen=True, slots=True)
class Views:
    """The views of a palette that were requested.

    explain, curve : show this view instead of the palette. why, strip : the files of the drawings, or None.
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
        if (self.explain or self.curve) and format not in (None, "text"):
            raise click.UsageError(f"--explain and --curve show text, not {format}: leave out -f.")
        if self.reports and format not in (None, "text", "json"):
            also = ", or goes into css and tailwind" if "tints" in self.reports else ""
            raise click.UsageError(f"--{self.reports[0]} shows text or json{also}, not {format}.")
        if self.widths and not self.strip:
            raise click.UsageError("--widths is an option of the strip: give --strip FILE.")
        if many and (self.why or self.strip or self.drawn(output)):
            raise click.UsageError("a drawing shows one picture, and several are given: run the command once for each.")
        for path, allowed in ((self.why, [*PICTURES]), (self.strip, [*PICTURES, ".svg"])):
            if path:
                check_suffix(path, allowed)
        if self._shown and output not in (None, "-") and not self.drawn(output):
            allowed = [TEXT_SUFFIX, *(CURVES if self.curve else ()), *((".json",) if self.reports else ())]
            if suffix_of(output) not in allowed:
                raise OptionError(f"{output}: its suffix is not one of {', '.join(allowed)}.")

    def drawn(self, output: str | None) -> bool:
        """Whether -o is the file of a drawn curve."""
        return self.curve and output is not None and suffix_of(output) in CURVES

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

    def draw(self, palette: Palette, output: str | None) -> None:
        """Write the drawings of one palette."""
        if self.why:
            from pochade.draw import why

            write_picture(self.why, lambda: why(palette))
        if self.strip:
            from pochade.draw import strip, strip_svg

            widths: Any = self.widths or "weight"
            write_picture(self.strip, lambda: strip(palette, widths=widths), lambda: strip_svg(palette, widths=widths))
        if output is not None and self.drawn(output):
            from pochade.draw import curve, curve_svg

            write_picture(output, lambda: curve(palette), lambda: curve_svg(palette))


def extract_with_origin(sources: Iterable[str], options: dict[str, Any]) -> Iterator[Result]:
    """Extract palettes one after another, each with its origin; a URL is fetched once."""

    def make(source: str) -> Palette:
        reading = {name: value for name, value in options.items() if name in READING}
        rest = {name: value for name, value in options.items() if name not in READING}
        return extract(read(source, **reading), **rest)

    for source in sources:
        yield Result(source, attempt(source, lambda source=source: make(source)))  # type: ignore[misc]


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
