"""The positions of a palette's colors in a gradient."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.palette import Palette

Spread = Literal["even", "weight"]
"""Equal distances, or by weight: each color in the middle of an interval as wide as its share."""

MIN_DISTANCE = 1e-6  # the resolution of GIMP, and the last digit that is written


def stops(palette: Palette, spread: Spread) -> NDArray[np.float64]:
    """The position of each color, increasing from 0 to 1: float64 (m,).

    Raises
    ------
    OptionError : by weight, two neighbors would have the same position.

    Examples
    --------
    >>> from pochade import Color
    >>> stops(Palette(tuple(Color((i, i, i), w) for i, w in enumerate((0.5, 0.25, 0.25)))), "weight").round(3)
    array([0. , 0.6, 1. ])
    """
    if spread == "even" or len(palette) < 2:
        return np.linspace(0, 1, len(palette))
    at = _normalized(np.cumsum(palette.weights) - palette.weights / 2)
    return _check_distinct(at)


def edges(palette: Palette, spread: Spread) -> NDArray[np.float64]:
    """The start of each color's stripe, and the end of the last stripe: float64 (m + 1,), 0 to 1."""
    if spread == "even":
        return np.linspace(0, 1, len(palette) + 1)
    return _check_distinct(_normalized(np.concatenate([[0.0], np.cumsum(palette.weights)])))


def _normalized(at: NDArray[np.float64]) -> NDArray[np.float64]:
    whole = at[-1] - at[0]
    return (at - at[0]) / whole if whole > 0 else np.zeros_like(at)


def _check_distinct(at: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(at) > 1 and not np.diff(at).min() >= MIN_DISTANCE:
        raise OptionError("spread='weight': colors with weight 0 would have the same position: give spread='even'.")
    return at
