"""`example`: a known palette, moved so that it contains the kept colors."""

from collections.abc import Iterator
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.option import Within
from pochade.suggestion.assignment import assigned
from pochade.suggestion.known import Known, known
from pochade.suggestion.methods import Draft, methods
from pochade.suggestion.noise import gumbel, uniform
from pochade.suggestion.proposal import Moved

TURNS = np.arange(-20.0, 21.0, 5.0)
"""Degrees by which a palette is turned to fit. More would leave the palette's idea of warm and cool."""

TURNING = 0.1
"""The cost of a turn by one degree, in units of Oklab x 100: of two fits the one with the smaller turn counts."""

SHARE = 0.5
"""The other colors follow the kept ones half as far. Measured, no share from 0 to 1 comes nearer to people's palettes
by more than the error; half keeps some of the palette's steps and some of its place."""

SOFT = 0.03
"""Added to chroma before a ratio is taken, in Oklab, because grays have none."""

LEAST_TURN, LIGHTNESS, CHROMA = 7.0, 0.05, 0.15
"""Without kept colors: the least turn in degrees, and the most that lightness and the logarithm of chroma are moved. Of
the proposals, 1 in 200 is then a near copy of a known palette; without the least turn, 1 in 13."""


@methods.register("example")
def example(
    kept: Array,
    k: int,
    *,
    seed: int,
    collection: Annotated[str | None, "the name of a collection"] = None,
    variety: Annotated[float, Within(0, 20)] = 1.0,
) -> Iterator[Draft]:
    """Palettes by people, moved by as little as makes them contain the kept colors.

    variety : the noise that the seed adds to the movement, in units of Oklab x 100; 0 gives the least movement for
    every seed.
    """
    every = known(collection)
    palettes = every.only(every.sizes >= k)
    if not len(palettes):
        return
    noise = variety * gumbel(seed, (0,), len(palettes))
    if not len(kept):
        yield from _from_nothing(palettes, k, seed, noise)
        return
    costs, turns, columns = _fits(palettes, kept)
    for p in np.argsort(costs - noise, kind="stable").tolist():
        yield _moved(palettes, p, kept, k, seed, turns[p], columns[p], float(costs[p] - noise[p]))


def _fits(palettes: Known, kept: Array) -> tuple[Array, Array, NDArray[np.int64]]:
    """For each palette its cost, its turn, and its color for each kept one.

    The turn is the one with the least mean distance of the kept colors to their nearest color of the palette.
    """
    there = np.arange(palettes.oklab.shape[1]) < palettes.sizes[:, None]
    turned = _turned(palettes.oklab[:, None], TURNS[:, None])
    costs = np.empty((*turned.shape[:2], len(kept), turned.shape[2]))
    for i, color in enumerate(kept):
        apart = turned - color
        np.sqrt((apart * apart).sum(-1), out=costs[:, :, i])
    costs = np.where(there[:, None, None], costs * 100, np.inf)
    turning = TURNING * np.abs(TURNS)
    best = (costs.min(3).mean(2) + turning).argmin(1)
    sums, columns = assigned(costs[np.arange(len(palettes)), best])
    return sums / len(kept) + turning[best], TURNS[best], columns


def _moved(
    palettes: Known, p: int, kept: Array, k: int, seed: int, turn: float, columns: NDArray[np.int64], cost: float
) -> Draft:
    """The other colors of a palette, turned, and shifted half as far as those that became the kept ones."""
    size = int(palettes.sizes[p])
    colors = _turned(palettes.oklab[p, :size], np.array(turn))
    replaced, others = colors[columns], np.delete(colors, columns, 0)
    lightness = SHARE * float((kept - replaced)[:, 0].mean())
    ratio = (_chroma(kept).mean() + SOFT) / (_chroma(replaced).mean() + SOFT)
    factor = float(np.clip(ratio, 0.25, 4.0)) ** SHARE
    chosen = np.sort(np.argsort(uniform(seed, (1, p), len(others)), kind="stable")[: k - len(kept)])
    found = _shifted(others[chosen], lightness, factor)
    return Draft(found, cost, palettes.afters[p], Moved(turn, lightness, factor))


def _from_nothing(palettes: Known, k: int, seed: int, noise: Array) -> Iterator[Draft]:
    """Palettes in random order, each turned and moved at random."""
    for rank, p in enumerate(np.argsort(-noise, kind="stable").tolist()):
        size = int(palettes.sizes[p])
        draws = 2 * uniform(seed, (2, p), 3) - 1
        turn = float(np.copysign(LEAST_TURN + (TURNS[-1] - LEAST_TURN) * abs(draws[0]), draws[0]))
        lightness, factor = LIGHTNESS * draws[1], float(np.exp(CHROMA * draws[2]))
        chosen = np.sort(np.argsort(uniform(seed, (1, p), size), kind="stable")[:k])
        found = _shifted(_turned(palettes.oklab[p, chosen], np.array(turn)), float(lightness), factor)
        yield Draft(found, float(rank), palettes.afters[p], Moved(turn, float(lightness), factor))


def _turned(oklab: Array, degrees: Array) -> Array:
    """Colors (..., m, 3) with hues turned by degrees: one number, or (t, 1) for colors (..., 1, m, 3)."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    L, a, b = oklab[..., 0], oklab[..., 1], oklab[..., 2]
    return np.stack(np.broadcast_arrays(L, a * cos - b * sin, a * sin + b * cos), -1)


def _chroma(oklab: Array) -> Array:
    chroma: Array = np.hypot(oklab[..., 1], oklab[..., 2])
    return chroma


def _shifted(oklab: Array, lightness: float, factor: float) -> Array:
    """The colors with other lightness, within 0..1, and chroma."""
    L = (oklab[:, 0] + lightness).clip(0, 1)
    return np.stack([L, oklab[:, 1] * factor, oklab[:, 2] * factor], -1)
