"""All mixes of a few ingredients in whole parts, and their colors."""

import functools
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.color.xyz import XYZ_FROM_LINEAR
from pochade.errors import OptionError
from pochade.paint.box import Box
from pochade.paint.kubelka_munk import opaque, outside
from pochade.paint.spectrum import linear_of

STOCK = 1, 9
"""Parts of paint and of white in a stock tint. With it, 1 part in 6 is 1:59, and nobody has to measure that."""

MAX_MIXES = 5_000_000
"""The most mixes of a box. Their colors take about 8 s of CPU time and 120 MB."""

_BLOCK = 1 << 10
"""Mixes in one block: its curves take 0.25 MB, so they stay in a core's own cache."""


@dataclass(frozen=True)
class Ingredient:
    """One thing that a mix measures in parts: a tube, or a stock tint of it.

    name : as recipes write it. tube : the place of the paint in the box. is_tint : whether white is in it too.
    """

    name: str
    tube: int
    is_tint: bool = False


@dataclass(frozen=True, eq=False)
class Mixes:
    """All mixes of up to `most` ingredients of a box.

    ingredients : tubes in the box's order, then stock tints. white : the place of the white in the box.
    groups : for each number of ingredients, int64 (groups, r), which they are. parts : for each, int64 (mixes, r), the
        parts of each mix, with no common divisor.
    cielab : for each, float64 (groups * mixes, 3), the colors; those of one group follow one another.
    dark, light : the least and the largest Y of all, 0..1.
    """

    ingredients: tuple[Ingredient, ...]
    white: int
    tubes: int
    groups: tuple[NDArray[np.int64], ...]
    parts: tuple[NDArray[np.int64], ...]
    cielab: tuple[Array, ...]
    dark: float
    light: float

    @functools.cached_property
    def colorants(self) -> tuple[tuple[NDArray[np.int64], NDArray[np.bool_]], ...]:
        """For each number of ingredients: the tubes other than white of each group, and whether white is in it.

        int64 (groups, r), different ones in ascending order, with -1 in free places at the end. The tubes are numbered
        without white.
        """
        tube = np.array([one.tube for one in self.ingredients])
        own = np.where(tube == self.white, -1, tube - (tube > self.white))
        white = (tube == self.white) | np.array([one.is_tint for one in self.ingredients])
        every = []
        for groups in self.groups:
            tubes = -np.sort(-own[groups], axis=1)  # descending, so free places come last
            tubes[:, 1:][tubes[:, 1:] == tubes[:, :-1]] = -1
            every.append((_ascending(tubes), white[groups].any(axis=1)))
        return tuple(every)


def _ascending(tubes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows in ascending order, with -1 at the end."""
    ordered = np.sort(np.where(tubes < 0, np.iinfo(np.int64).max, tubes), axis=1)
    return np.where(ordered == np.iinfo(np.int64).max, -1, ordered)


@functools.lru_cache(maxsize=4)
def mixes_of(box: Box, most: int, parts: int | tuple[int, ...], *, stock: bool) -> Mixes:
    """All mixes of a box; the last few are kept.

    Parameters
    ----------
    most : the most ingredients of a mix. parts : the most parts, or a number for each number of ingredients from 1.
    stock : whether stock tints are ingredients too.

    Raises
    ------
    OptionError : there are more than `MAX_MIXES`.
    """
    absorption, scattering = box.constants
    white = box.paints.index(box.white)
    ingredients = [Ingredient(name, i) for i, name in enumerate(box.names)]
    if stock:
        own, rest = (part / sum(STOCK) for part in STOCK)
        colorants = [i for i in range(len(box)) if i != white]
        ingredients += [Ingredient(_tint_name(box, i), i, True) for i in colorants]
        absorption = np.concatenate([absorption, own * absorption[colorants] + rest * absorption[white]])
        scattering = np.concatenate([scattering, own * scattering[colorants] + rest * scattering[white]])
    limits = (parts,) * most if isinstance(parts, int) else parts
    measures = [_measures(r, limits[r - 1]) for r in range(1, most + 1)]
    count = sum(math.comb(len(ingredients), r) * len(one) for r, one in enumerate(measures, 1))
    if count > MAX_MIXES:
        raise OptionError(
            f"{len(box)} paints with most={most}, parts={parts} and stock={stock} have {count:,} mixes: give "
            f"{'stock=False, ' * stock}fewer parts or a smaller box, for at most {MAX_MIXES:,}."
        )
    groups, cielab, y = [], [], []
    for r, one in enumerate(measures, 1):
        chosen = np.array(list(itertools.combinations(range(len(ingredients)), r)), np.int64).reshape(-1, r)
        linear = np.concatenate([*_linear(chosen, one, absorption, scattering), np.empty((0, 3))])
        groups.append(chosen)
        y.append(linear @ XYZ_FROM_LINEAR[1])
        cielab.append(spaces["cielab"].from_linear(linear))
    return Mixes(
        tuple(ingredients),
        white,
        len(box),
        tuple(groups),
        tuple(measures),
        tuple(cielab),
        float(min(one.min(initial=1) for one in y)),
        float(max(one.max(initial=0) for one in y)),
    )


def _linear(
    groups: NDArray[np.int64], measures: NDArray[np.int64], absorption: Array, scattering: Array
) -> Iterator[Array]:
    """Linear-light sRGB of every mix of groups of ingredients, in blocks: float64 (mixes, 3)."""
    rows = max(1, _BLOCK // max(1, len(measures)))
    for start in range(0, len(groups), rows):
        block = groups[start : start + rows]
        k, s = (_summed(block, measures, column) for column in (absorption, scattering))
        yield linear_of(outside(opaque(k / s)).reshape(-1, absorption.shape[1]))


def _summed(groups: NDArray[np.int64], measures: NDArray[np.int64], column: Array) -> Array:
    """The sum of coefficients over the parts of each mix of each group: float64 (groups, mixes, 31)."""
    total: Array = measures[:, 0, None] * column[groups[:, 0], None]
    for i in range(1, groups.shape[1]):
        total = total + measures[:, i, None] * column[groups[:, i], None]
    return total


def _measures(ingredients: int, most: int) -> NDArray[np.int64]:
    """All whole parts of some ingredients with at most `most` in all and no common divisor: int64 (m, ingredients)."""
    if ingredients == 1:
        return np.ones((1, 1), np.int64)
    every = [
        parts
        for parts in itertools.product(range(1, most), repeat=ingredients)
        if sum(parts) <= most and math.gcd(*parts) == 1
    ]
    return np.array(every, np.int64).reshape(-1, ingredients)


def _tint_name(box: Box, i: int) -> str:
    """The name of a paint's stock tint, unlike every paint."""
    name = f"{box.names[i]} tint"
    while name in box.names:
        name += " from stock"
    return name
