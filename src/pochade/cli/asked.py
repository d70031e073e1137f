"""What is asked of a palette besides its colors: --explain, --why, --strip, --curve, --contrast, --sight, --roles."""

import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from pochade import files
from pochade.batch.batch import Result, attempt
from pochade.cli.sink import TEXT_SUFFIX, Texter
from pochade.cli.terminal import Screen
from pochade.errors import OptionError
from pochade.extraction.check import READING
from pochade.extraction.extract import extract
from pochade.files import whole_file
from pochade.palette import Palette
from pochade.source import read

PICTURES = {suffix: kind.name for suffix, kind in files.PICTURES.items()}
"""What a sheet can be written as, by suffix."""

DRAWN = (".png", ".svg")
"""What a curve can be drawn as."""


TOLD = ("contrast", "sight", "roles")
"""What can be told as text, and as JSON: methods of Palette whose answer has a `to_dict`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """explain, curve : whether they are shown instead of the palette. why, strip : the files for the drawings, or None.

    widths : of the strip's colors, "weight" or "equal", or None where nobody said.
    told : those of `TOLD` that are shown instead of the palette; more than one is refused.
    """

    explain: bool
    why: str | None
    curve: bool
    strip: str | None = None
    widths: Any = None
    told: tuple[str, ...] = ()

    @property
    def _shown(self) -> list[str]:
        return [name for name, given in (("explain", self.explain), ("curve", self.curve)) if given] + [*self.told]

    def check(self, format: str | None, output: str | None, *, many: bool) -> None:
        """Refuse, before anything is read, what does not go together."""
        if len(self._shown) > 1:
            one, other, *_ = self._shown
            raise click.UsageError(f"--{one} and --{other} both say what is shown: give one of them.")
        if (self.explain or self.curve) and format not in (None, "text"):
            raise click.UsageError(f"--explain and --curve show text, not {format}: leave -f out.")
        if self.told and format not in (None, "text", "json"):
            raise click.UsageError(f"--{self.told[0]} shows text or json, not {format}.")
        if self.widths and not self.strip:
            raise click.UsageError("--widths are those of the strip: give --strip FILE.")
        if many and (self.why or self.strip or self.drawn(output)):
            raise click.UsageError("one picture is drawn, and several are given: call it for each.")
        for path, allowed in ((self.why, [*PICTURES]), (self.strip, [*PICTURES, ".svg"])):
            if path:
                check_suffix(path, allowed)
        if self._shown and output not in (None, "-") and not self.drawn(output):
            allowed = [TEXT_SUFFIX, *(DRAWN if self.curve else ()), *((".json",) if self.told else ())]
            if _suffix(output) not in allowed:
                raise OptionError(f"{output}: its suffix is not one of {', '.join(allowed)}.")

    def drawn(self, output: str | None) -> bool:
        """Whether -o names a drawing of the curve."""
        return self.curve and output is not None and _suffix(output) in DRAWN

    def texter(self, format: str | None = None, output: str | None = None) -> Texter | None:
        """What makes the text that is shown instead of the palette; None where the palette is."""
        if self.told:
            return _as_json(self.told[0]) if "json" in (format, _suffix(output)[1:]) else _as_text(self.told[0])
        if self.explain:
            from pochade.cli.reasons import reasons

            return reasons
        if self.curve:
            from pochade.cli.curve import table

            return table
        return None

    def draw(self, palette: Palette, output: str | None) -> None:
        """Write what is to be drawn of one palette."""
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


def remembering(sources: Iterable[str], wishes: dict[str, Any]) -> Iterator[Result]:
    """The palettes of pictures, each with its origin, one after another; a URL is fetched once."""

    def make(source: str) -> Palette:
        reading = {name: value for name, value in wishes.items() if name in READING}
        rest = {name: value for name, value in wishes.items() if name not in READING}
        return extract(read(source, **reading), **rest)

    for source in sources:
        yield Result(source, attempt(source, lambda source=source: make(source)))  # type: ignore[misc]


def _as_text(name: str) -> Texter:
    module = import_module(f"pochade.cli.{name}")
    texter: Texter = getattr(module, name)
    return texter


def _as_json(name: str) -> Texter:
    """One line of JSON for each palette, with the picture's name."""

    def line(palette: Palette, screen: Screen, *, titled: bool) -> str:
        found: dict[str, Any] = getattr(palette, name)().to_dict()
        return json.dumps({"source": palette.source, **found}, ensure_ascii=False) + "\n"

    return line


def check_suffix(path: str, allowed: Iterable[str]) -> None:
    """OptionError where a picture cannot be written to that path."""
    if _suffix(path) not in allowed:
        raise OptionError(f"{path}: its suffix names no kind of picture: give one of {', '.join(allowed)}.")


def write_picture(path: str, image: Callable[[], Any], text: Callable[[], str] = str) -> None:
    """Write a drawing as its suffix says: the PIL image that `image` gives, or for .svg and .html what `text` does."""
    kind = PICTURES.get(_suffix(path))
    content = text().encode() if kind is None else _encoded(image(), kind)
    with whole_file(path) as file:
        file.write(content)


def _suffix(path: str | None) -> str:
    return os.path.splitext(path or "")[1].lower()


def _encoded(image: Any, format: str) -> bytes:
    file = io.BytesIO()
    image.save(file, format, optimize=True, quality=92)
    return file.getvalue()
