"""The colors of a sheet and their numbers: a palette, mixes of paints, or grays."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.color.xyz import XYZ_FROM_LINEAR
from pochade.errors import OptionError
from pochade.extraction.preference import Colors, read_every_color
from pochade.paint import Paints, Recipe, Stock, paints
from pochade.palette import Color, Palette

Codes = NDArray[np.uint8]

MAX_COLORS = 99
"""The most colors: their numbers have at most two digits."""

LEVELS = 1 << 16
"""The levels of linear light in the table to codes."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is painted.

    targets : uint8 sRGB (n, 3), the colors of the picture. place : for each, the place in `colors` of its paint.
    colors : to paint, in the order of their numbers. recipes : of the colors, and the tints to make first; or none.
    """

    targets: Codes
    place: NDArray[np.intp]
    colors: tuple[Color, ...]
    recipes: tuple[Recipe, ...] = ()
    stock: tuple[Stock, ...] = ()


def plan_of(colors: Paints | Palette | Colors, values: int | None) -> Plan:
    """The colors of a sheet. values : the number of grays instead of the colors, or None.

    Raises
    ------
    OptionError : there is no color, or there are too many.
    """
    if isinstance(colors, Paints):
        return _mixed(colors if values is None else _gray_paints(colors, values))
    codes = read_every_color("colors", colors)
    if not 1 <= len(codes) <= MAX_COLORS:
        raise OptionError(f"colors has {len(codes) or 'no'} colors: give 1 to {MAX_COLORS}, for numbers of two digits.")
    if values is not None:
        codes = grays(codes, values)
    elif isinstance(colors, Palette):
        return Plan(codes, np.arange(len(codes)), colors.colors)
    return Plan(codes, np.arange(len(codes)), Palette(codes.tolist()).colors)


def _mixed(answer: Paints) -> Plan:
    """The mixes of paints. Colors with one recipe have one number."""
    ordered = in_box_order(answer)
    mixes = {frozenset(recipe.parts.items()): recipe for recipe in reversed(ordered)}
    recipes = tuple(recipe for recipe in ordered if mixes[frozenset(recipe.parts.items())] is recipe)
    places = {frozenset(recipe.parts.items()): i for i, recipe in enumerate(recipes)}
    return Plan(
        np.array([recipe.original.srgb for recipe in ordered], np.uint8),
        np.array([places[frozenset(recipe.parts.items())] for recipe in ordered]),
        tuple(replace(recipe.color, label=None) for recipe in recipes),
        recipes,
        answer.stock,
    )


def in_box_order(answer: Paints) -> list[Recipe]:
    """The recipes by the paint with the most parts apart from white, in the order of the box, then from light to dark.

    So the reds come before the blues on each sheet, if they do in the box.
    """
    names, white = answer.box.names, answer.box.white.name
    paint_of = {tint.name: next(name for name in tint.parts if name != white) for tint in answer.stock}

    def key(recipe: Recipe) -> tuple[int, float]:
        parts: dict[str, int] = {}
        for name, count in recipe.parts.items():
            paint = paint_of.get(name, name)
            parts[paint] = parts.get(paint, 0) + count * (paint != white)
        main = max(parts, key=lambda name: (parts[name], -names.index(name)))
        return names.index(main), -recipe.color.to("cielab")[0]

    return sorted(answer.recipes, key=key)


def _gray_paints(answer: Paints, values: int) -> Paints:
    """The grays between the darkest and the lightest color, mixed from the same tubes."""
    codes = np.array([recipe.original.srgb for recipe in answer.recipes], np.uint8)
    own = [paint.name for paint in answer.tubes]
    value: Any = answer.value
    return paints(Palette(grays(codes, values).tolist()), len(own), box=answer.box, own=own, value=value)


def grays(colors: Codes, count: int) -> Codes:
    """Grays that are evenly spaced in CIELAB's lightness, from that of the darkest color to that of the lightest.

    uint8 sRGB (m, 3), dark first; fewer than `count` if the colors are too much alike.

    Examples
    --------
    >>> grays(np.array([[0, 0, 0], [255, 255, 255]], np.uint8), 3).tolist()
    [[0, 0, 0], [119, 119, 119], [255, 255, 255]]
    """
    lightness = spaces["cielab"].from_linear(decode(colors))[:, 0]
    steps = np.linspace(lightness.min(), lightness.max(), count)
    neutral = np.stack([steps, np.zeros(count), np.zeros(count)], 1)
    codes: Codes = np.unique(to_codes(spaces["cielab"].to_linear(neutral)), axis=0)
    return codes


def gray(codes: Codes) -> Codes:
    """A picture in grays of the same luminance: uint8 sRGB (h, w, 3)."""
    red, green, blue = (decode(np.arange(256)) * part for part in XYZ_FROM_LINEAR[1])
    luminance = (red[codes[..., 0]] + green[codes[..., 1]] + blue[codes[..., 2]]).clip(0, 1)
    levels = to_codes(np.arange(LEVELS) / (LEVELS - 1))
    one = levels[(luminance * (LEVELS - 1) + 0.5).astype(np.uint16)]
    return np.repeat(one[..., None], 3, 2)
