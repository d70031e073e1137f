"""`masked`: one color after the other, drawn by a network that has seen known palettes."""

from collections.abc import Iterator
from typing import Annotated

import numpy as np

from pochade.color import Array
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.option import Within
from pochade.suggestion.limits import Limits
from pochade.suggestion.methods import Draft, methods
from pochade.suggestion.methods.frequent import MAX_DRAFTS
from pochade.suggestion.network import STEP, Network
from pochade.suggestion.noise import gumbel, uniform

BATCH = 15
"""Drafts that are drawn together, because a batch takes hardly longer than one."""


@methods.register("masked")
def masked(
    kept: Array, k: int, *, seed: int, limits: Limits, temperature: Annotated[float, Within(0.1, 2)] = 1.0
) -> Iterator[Draft]:
    """Colors drawn one after the other, each by its probability after those before it.

    temperature : 1 draws by the network's probabilities; less prefers likely colors, more levels them.
    """
    network = Network.ours()
    cielab = spaces["cielab"].from_linear(spaces["oklab"].to_linear(network.oklab))
    allowed = limits.allows(network.codes)
    if not allowed.any():
        allowed[:] = True  # the ranges lie between the cells: the nearest colors are moved into them
    for start in range(0, MAX_DRAFTS, BATCH):
        sets = [kept] * BATCH
        free = np.broadcast_to(allowed & _clear(cielab, kept, limits.apart), (BATCH, len(allowed))).copy()
        for place in range(k - len(kept)):
            bits = network.bits(sets) * (np.log(2) / temperature)
            noise = np.stack([gumbel(seed, (6, start + i, place), len(cielab)) for i in range(BATCH)])
            # If no cell is free, the caller decides whether the codes between cells have room.
            open_cells = np.where(free.any(1, keepdims=True), free, allowed)
            at = np.where(open_cells, bits + noise, -np.inf).argmax(1)
            drawn = np.stack([_within(network.oklab[cell], seed, start + i, place) for i, cell in enumerate(at)])
            sets = [np.concatenate([colors, one[None]]) for colors, one in zip(sets, drawn, strict=True)]
            free &= differences["ciede2000"](cielab[None], cielab[at][:, None]) >= limits.apart
        for colors in sets:
            yield Draft(colors[len(kept) :])


def _clear(cielab: Array, kept: Array, apart: float) -> np.ndarray:
    """Whether each cell is apart from every kept color: bool (n,)."""
    if not len(kept):
        return np.ones(len(cielab), bool)
    others = spaces["cielab"].from_linear(spaces["oklab"].to_linear(kept))
    clear: np.ndarray = (differences["ciede2000"](cielab[:, None], others) >= apart).all(1)
    return clear


def _within(center: Array, seed: int, draft: int, place: int) -> Array:
    """A color of the cell."""
    color: Array = center + (uniform(seed, (7, draft, place), 3) - 0.5) * STEP
    return color
