"""paints(): which tubes to buy for a picture, and how to mix its colors."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np

from pochade.color.srgb import decode
from pochade.errors import OptionError, UnknownNameError
from pochade.extraction.extract import extract
from pochade.extraction.preference import MAX_COLORS
from pochade.option import Within, check_options, whole
from pochade.paint.answer import Paints
from pochade.paint.box import MAX_PAINTS, Box
from pochade.paint.boxes import boxes
from pochade.paint.choice import Choice, lookup
from pochade.paint.mixes import Mixes, mixes_of
from pochade.paint.paint import color_of
from pochade.paint.reading import load_box
from pochade.paint.recipe import recipes, stock_of
from pochade.palette import Color, Palette

MAX_PARTS = 20
"""The most parts of a mix: a palette knife measures no more."""

ENOUGH = 1.0
"""For n="auto": the largest difference from all tubes of the box. One CIEDE2000 is just visible."""

SUFFIXES = ".json", ".csv"
"""Of files with boxes of paint."""


def paints(
    source: Any,
    n: Annotated[int | Literal["auto"], Within(1, MAX_PAINTS)] = 5,
    *,
    box: str | os.PathLike[str] | Box = "kimera",
    own: str | Iterable[str] | None = None,
    most: Annotated[int, Within(1, 4)] = 3,
    parts: Annotated[int, Within(1, MAX_PARTS)] = 8,
    stock: bool = True,
    simple: Annotated[float, Within(0, 100)] = 1.0,
    value: Literal["fit", "as-is"] = "fit",
    k: Annotated[int | Literal["auto"], Within(1, MAX_COLORS)] = 12,
    **options: Any,
) -> Paints:
    """The tubes of paint to buy for a picture, and recipes for its colors.

    Of all sets of n tubes of a box, the answer is the one whose mixes come nearest to the palette. A color weighs half
    by its area and half like every other. Mixes are computed for opaque, dry paint in daylight.

    Parameters
    ----------
    source : a picture or film as for `extract`, or a palette.
    n : the number of tubes, own ones included, or "auto": the fewest that come within 1.0 of the whole box.
    box : the paints to choose from: "kimera", "zorn", "primaries", a `Box`, or the path of a .json or .csv file.
    own : the names of tubes at home, as a list or with commas between them. They are always in.
    most : the most tubes or stock tints in a mix.
    parts : the most parts of a mix.
    stock : whether recipes may use a stock tint: 1 part of a paint and 9 of white, made first. Strong paints need it.
    simple : how much farther (CIEDE2000) than the nearest mix a recipe may be, if it has fewer tubes or fewer parts.
    value : "fit" moves the colors' lightness into the range of the box, "as-is" does not. No paint is as dark as a
        screen's black.
    k : the number of colors of the palette, 1 to 256, or "auto".
    options : of `extract`: method, region, scale, ...; like k, they do not affect palettes.

    Raises
    ------
    SourceError : the picture, or the file of the box, cannot be read.
    OptionError, UnknownNameError : an option is not allowed, or a paint is not in the box.

    Examples
    --------
    >>> import pochade
    >>> answer = paints(pochade.Palette(["#1d4f3f", "#e8d9a0", "#8e1a24"]), 4)
    >>> [paint.name for paint in answer.tubes]
    ['white', 'warm yellow', 'magenta', 'blue green shade']
    >>> answer.recipes[2].words, round(answer.recipes[2].difference, 1)
    ('2 warm yellow + 1 magenta', 0.7)
    """
    request = request_of(n, box=box, own=own, most=most, parts=parts, stock=stock, simple=simple, value=value)
    palette = source if isinstance(source, Palette) else extract(source, k, **options)
    return request.answer(palette)


@dataclass(frozen=True)
class Request:
    """What the options of `paints` ask for, checked.

    n : the number of tubes, or "auto". home : the places of the own tubes in the box.
    """

    n: int | str
    box: Box
    home: tuple[int, ...]
    mixes: Mixes
    simple: float
    value: str

    def answer(self, palette: Palette) -> Paints:
        """The tubes and recipes for a palette; OptionError if it has no colors."""
        if not palette.colors:
            raise OptionError("the palette has no color to mix: give a palette with at least one.")
        fit = self.value == "fit"
        targets = tuple(_fitted(color, self.mixes) if fit else color for color in palette)
        table = lookup(self.mixes, tuple(color.to("cielab") for color in targets), _weights(palette))
        curve = table.curve(self.home)
        choice = _fewest(curve, self.home) if isinstance(self.n, str) else table.choose(self.n, self.home)
        curve[len(choice.tubes) - 1] = choice
        made = recipes(self.mixes, choice.tubes, palette.colors, targets, self.simple)
        return Paints(
            tubes=tuple(self.box[i] for i in choice.tubes),
            recipes=made,
            curve=tuple(np.minimum.accumulate([one.difference for one in curve]).tolist()),
            difference=float(sum(w * recipe.difference for w, recipe in zip(table.weights, made, strict=True))),
            stock=stock_of(self.mixes, tuple(self.box.names), made),
            own=tuple(self.box.names[i] for i in self.home),
            is_exact=choice.is_exact,
            box=self.box,
            palette=palette,
            value=self.value,
        )


def request_of(n: Any, *, box: Any, own: Any, most: Any, parts: Any, stock: Any, simple: Any, value: Any) -> Request:
    """The options of `paints`, checked; the same errors."""
    n, most, parts = whole(n), whole(most), whole(parts)
    check_options(paints, most=most, parts=parts, stock=stock, simple=simple, value=value)
    chosen = box_of(box)
    _check_n(n, chosen)
    home = _own(own, chosen, n)
    return Request(n, chosen, home, mixes_of(chosen, most, parts, stock=stock), simple, value)


def box_of(box: Any) -> Box:
    """The box of a name, a path or a `Box`.

    Raises
    ------
    UnknownNameError : no box has this name, and it is no path of a .json or .csv file.
    SourceError, FormatError, OptionError : the file is no box.
    """
    if isinstance(box, Box):
        return box
    if isinstance(box, os.PathLike) or (isinstance(box, str) and box.lower().endswith(SUFFIXES)):
        return load_box(box)
    if not isinstance(box, str):
        raise OptionError(
            f"box={box!r} is not allowed: give one of {', '.join(boxes.names)}, the path of a .json or .csv file, or "
            "a Box."
        )
    try:
        return boxes[box]()
    except UnknownNameError:
        raise UnknownNameError("box", box, boxes.names, " Or give the path of a .json or .csv file.") from None


def _check_n(n: int | str, box: Box) -> None:
    """OptionError if n is no number of tubes of a box."""
    is_number = isinstance(n, int) and not isinstance(n, bool)
    if n != "auto" and not (is_number and 1 <= int(n) <= len(box)):
        name = f"box {box.name}" if box.name else "box"
        raise OptionError(
            f"n={n!r} is not allowed: the {name} has {len(box)} paints; give a whole number from 1 to {len(box)}, or "
            "'auto'; the default is 5."
        )


def _own(own: Any, box: Box, n: int | str) -> tuple[int, ...]:
    """The places of the own tubes in the box."""
    given = [name.strip() for name in own.split(",") if name.strip()] if isinstance(own, str) else own
    names = list(given) if isinstance(given, Iterable) else [given] * (given is not None)
    if not all(isinstance(name, str) for name in names):
        raise OptionError(f"own={own!r} is not allowed: give names of paints, as a list or with commas between them.")
    home = tuple(sorted({box.index(name) for name in names}))
    if not isinstance(n, str) and len(home) > n:
        raise OptionError(f"own has {len(home)} tubes, and n={n} counts them too: give n={len(home)} or more.")
    return home


def _weights(palette: Palette) -> tuple[float, ...]:
    """The weight of each color, sum 1: half its share of the palette's area, half alike."""
    shares = palette.weights / palette.weights.sum() if palette.weights.sum() > 0 else np.ones(len(palette))
    weights = shares + 1 / len(palette)
    return tuple((weights / weights.sum()).tolist())


def _fitted(color: Color, mixes: Mixes) -> Color:
    """The color with black and white at the darkest and the lightest mix of the box, scaled in linear light.

    References
    ----------
    International Color Consortium, 2010: "Black point compensation: theory and application", White Paper 40; with the
    white scaled too.
    """
    linear = decode(np.array(color.srgb, np.uint8))
    return color_of(linear * (mixes.light - mixes.dark) + mixes.dark, color)


def _fewest(curve: list[Choice], home: tuple[int, ...]) -> Choice:
    """The first point of the curve within `ENOUGH` of the last, with all own tubes."""
    points = curve[max(1, len(home)) - 1 :]
    return next(one for one in points if one.difference <= curve[-1].difference + ENOUGH)
