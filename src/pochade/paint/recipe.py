"""Recipes: which parts of which tubes make each color."""

import itertools
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.paint.mixes import STOCK, Mixes
from pochade.paint.paint import color_of
from pochade.palette import Color

REACH = 10.0
"""The largest CIEDE2000 of a color within reach; beyond it, people give the two colors different names."""


@dataclass(frozen=True)
class Recipe:
    """The mix of one color.

    target : the color to mix, in the range of paint; its weight and position are those of the picture's color.
    parts : whole parts by weight of each tube or stock tint, in the order of the box, tints last.
    color : the color of the mix, the nearest sRGB codes.
    difference : CIEDE2000 of the target and the mix.
    original : the picture's color. It is the target too, unless its lightness was fitted.
    """

    target: Color
    parts: dict[str, int]
    color: Color
    difference: float
    original: Color

    @property
    def within_reach(self) -> bool:
        """Whether the mix is at most 10 (CIEDE2000) from the target."""
        return self.difference <= REACH

    @property
    def words(self) -> str:
        """The parts in words: "3 white + 1 black"; "white" if it is one tube alone."""
        if len(self.parts) == 1:
            return next(iter(self.parts))
        return " + ".join(f"{count} {name}" for name, count in self.parts.items())

    def to_dict(self) -> dict[str, Any]:
        """The recipe in the types of JSON."""
        return {
            "original": self.original.hex,
            "target": self.target.hex,
            "weight": self.original.weight,
            "parts": dict(self.parts),
            "color": self.color.hex,
            "difference": round(self.difference, 2),
            "within_reach": self.within_reach,
        }


@dataclass(frozen=True)
class Stock:
    """A tint to make first, in a jar, because its paint is strong.

    name : as recipes write it. parts : of the paint and of white, by weight. color : of the tint.
    """

    name: str
    parts: dict[str, int]
    color: Color

    @property
    def words(self) -> str:
        """The parts in words: "1 black + 9 white"."""
        return " + ".join(f"{count} {name}" for name, count in self.parts.items())

    def to_dict(self) -> dict[str, Any]:
        """The tint in the types of JSON."""
        return {"name": self.name, "parts": dict(self.parts), "color": self.color.hex}


@dataclass(frozen=True)
class _Candidates:
    """All mixes of some tubes: for each, the ingredients and parts, and what `simple` compares."""

    groups: NDArray[np.int64]
    parts: NDArray[np.int64]
    cielab: Array
    tubes: NDArray[np.int64]
    tints: NDArray[np.int64]


def recipes(
    mixes: Mixes, tubes: tuple[int, ...], originals: tuple[Color, ...], targets: tuple[Color, ...], simple: float
) -> tuple[Recipe, ...]:
    """The recipe of each target from some tubes of the box.

    Of all mixes within `simple` of the nearest it has the fewest tubes, then the fewest parts, then the fewest
    ingredients and stock tints; of these, the nearest.
    """
    every = _candidates(mixes, tubes)
    ingredients, parts = (every.groups >= 0).sum(axis=1), every.parts.sum(axis=1)
    ciede2000 = differences["ciede2000"]
    made = []
    for original, target in zip(originals, targets, strict=True):
        apart = ciede2000(every.cielab, np.array(target.to("cielab")))
        near = np.flatnonzero(apart <= apart.min() + simple)
        by = apart, every.tints, ingredients, parts, every.tubes  # the last counts first
        best = near[np.lexsort([column[near] for column in by])[0]]
        named = {
            mixes.ingredients[i].name: int(count)
            for i, count in zip(every.groups[best], every.parts[best], strict=True)
            if count
        }
        color = color_of(_linear(every.cielab[best]), replace(target, label=None))
        made.append(Recipe(target, named, color, float(apart[best]), original))
    return tuple(made)


def stock_of(mixes: Mixes, names: tuple[str, ...], recipes: tuple[Recipe, ...]) -> tuple[Stock, ...]:
    """The stock tints that recipes use. names : of the box's paints."""
    white = names[mixes.white]
    used = set(itertools.chain.from_iterable(recipe.parts for recipe in recipes))
    return tuple(
        Stock(one.name, {names[one.tube]: STOCK[0], white: STOCK[1]}, color_of(_linear(mixes.cielab[0][i])))
        for i, one in enumerate(mixes.ingredients)
        if one.is_tint and one.name in used
    )


def _linear(cielab: Array) -> Array:
    return spaces["cielab"].to_linear(cielab)


def _candidates(mixes: Mixes, tubes: tuple[int, ...]) -> _Candidates:
    """All mixes of some tubes of the box."""
    allowed = np.array([one.tube in tubes and (not one.is_tint or mixes.white in tubes) for one in mixes.ingredients])
    most = len(mixes.groups)
    is_tint = np.array([one.is_tint for one in mixes.ingredients])
    rows = []
    for groups, measures, cielab, (others, white) in zip(
        mixes.groups, mixes.parts, mixes.cielab, mixes.colorants, strict=True
    ):
        chosen = np.flatnonzero(allowed[groups].all(axis=1))
        count, r = len(measures), groups.shape[1]
        places = (chosen[:, None] * count + np.arange(count)).ravel()
        used = (others >= 0).sum(axis=1) + white
        wide = ((0, 0), (0, most - r))
        rows.append(
            (
                np.pad(groups[chosen], wide, constant_values=-1).repeat(count, axis=0),
                np.tile(np.pad(measures, wide), (len(chosen), 1)),
                cielab[places],
                used[chosen].repeat(count),
                is_tint[groups[chosen]].sum(axis=1).repeat(count),
            )
        )
    return _Candidates(*(np.concatenate(column) for column in zip(*rows, strict=True)))
