"""Near copies of known palettes."""

import functools

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.suggestion.known import After, known
from pochade.suggestion.limits import Codes

WIDE = 12.0
"""A distance in CIELAB that contains all colors within CIEDE2000 3 of a color: the formula shrinks no distance between
similar colors by more than 4."""


@functools.cache
def _every() -> tuple[Array, NDArray[np.int64]]:
    """The colors of all known palettes in CIELAB, and the place at which each palette starts."""
    every = known()
    starts = np.concatenate([[0], np.cumsum(every.sizes)[:-1]])
    return spaces["cielab"].from_linear(decode(np.concatenate(every.codes))), starts


def near_copy(codes: Codes, within: float) -> After | None:
    """The first known palette that has a color within a CIEDE2000 of each color; None if there is none."""
    colors, starts = _every()
    cielab = spaces["cielab"].from_linear(decode(codes))
    copies = np.ones(len(starts), bool)
    for one in cielab:
        close = ((colors - one) ** 2).sum(1) < WIDE**2
        places = np.flatnonzero(close)
        close[places] = differences["ciede2000"](colors[places], one) <= within
        copies &= np.logical_or.reduceat(close, starts)
    return known().afters[int(copies.argmax())] if copies.any() else None
