"""Where the colors of a palette lie in a gradient."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.palette import Palette

Spread = Literal["even", "weight"]
"""Equal distances, or by weight: each color in the middle of a stretch as wide as its share."""

NARROWEST = 1e-6  # what GIMP tells apart, and the last digit that is written


def stops(palette: Palette, spread: Spread) -> NDArray[np.float64]:
    """The place of each color, rising from 0 to 1: float64 (m,).

    Raises
    ------
    OptionError : by weight, two neighbors would come to lie on one another.

    Examples
    --------
    >>> from pochade import Color
    >>> stops(Palette(tuple(Color((i, i, i), w) for i, w in enumerate((0.5, 0.25, 0.25)))), "weight").round(3)
    array([0. , 0.6, 1. ])
    """
    if spread == "even" or len(palette) < 2:
        return np.linspace(0, 1, len(palette))
    at = _rising(np.cumsum(palette.weights) - palette.weights / 2)
    return _told_apart(at)


def edges(palette: Palette, spread: Spread) -> NDArray[np.float64]:
    """Where the stripe of each color begins, and the end of the last: float64 (m + 1,), 0 to 1."""
    if spread == "even":
        return np.linspace(0, 1, len(palette) + 1)
    return _told_apart(_rising(np.concatenate([[0.0], np.cumsum(palette.weights)])))


def _rising(at: NDArray[np.float64]) -> NDArray[np.float64]:
    whole = at[-1] - at[0]
    return (at - at[0]) / whole if whole > 0 else np.zeros_like(at)


def _told_apart(at: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(at) > 1 and not np.diff(at).min() >= NARROWEST:
        raise OptionError("spread='weight': colors that weigh nothing lie on one another: give spread='even'.")
    return at
