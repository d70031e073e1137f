"""`masked`: one color after the other, drawn by a network that has seen known palettes."""

from collections.abc import Iterator
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

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

DIFFERENT = 10.0
"""The first new colors of the drafts of a batch are so far apart (CIEDE2000), so that the proposals differ."""


@methods.register("masked")
def masked(
    kept: Array, k: int, *, seed: int, limits: Limits, temperature: Annotated[float, Within(0.1, 2)] = 0.5
) -> Iterator[Draft]:
    """Colors drawn one after the other, the likely ones after those before them.

    temperature : 1 draws by the network's probabilities; less prefers likely colors, more levels them. With 0.5 the
    proposals come nearer to what people chose than with 1.
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
            scores = np.where(open_cells, bits + noise, -np.inf)
            at = scores.argmax(1) if place else _different(scores, cielab)
            drawn = np.stack([_within(network.oklab[cell], seed, start + i, place) for i, cell in enumerate(at)])
            sets = [np.concatenate([colors, one[None]]) for colors, one in zip(sets, drawn, strict=True)]
            free &= differences["ciede2000"](cielab[None], cielab[at][:, None]) >= limits.apart
        for colors in sets:
            yield Draft(colors[len(kept) :])


def _different(scores: Array, cielab: Array) -> NDArray[np.int64]:
    """The cell of the best score of each draft, not near the cell of an earlier draft if others are left."""
    chosen = np.empty(len(scores), np.int64)
    far = np.ones(len(cielab), bool)
    for i, one in enumerate(scores):
        left = np.where(far, one, -np.inf)
        chosen[i] = (left if np.isfinite(left).any() else one).argmax()
        np.logical_and(far, differences["ciede2000"](cielab, cielab[chosen[i]]) >= DIFFERENT, out=far)
    return chosen


def _clear(cielab: Array, kept: Array, apart: float) -> NDArray[np.bool_]:
    """Whether each cell is apart from every kept color: bool (n,)."""
    if not len(kept):
        return np.ones(len(cielab), bool)
    others = spaces["cielab"].from_linear(spaces["oklab"].to_linear(kept))
    return np.asarray(differences["ciede2000"](cielab[:, None], others).min(1) >= apart)


def _within(center: Array, seed: int, draft: int, place: int) -> Array:
    """A color of the cell."""
    color: Array = center + (uniform(seed, (7, draft, place), 3) - 0.5) * STEP
    return color
