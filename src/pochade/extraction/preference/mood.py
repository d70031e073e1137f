"""Moods: smooth factors of lightness and chroma on the weights of points."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RANGE = 1e5
"""The weight ratio between a pixel that fits the mood fully and one that does not. Most colors fit by half, so a
typical factor is 300. With it `prominent` has no vivid color in a muted palette of most photos; a hundredth of it left
vivid colors in every second one."""

VIVID = 0.1
"""The Oklab chroma of a rather vivid color: a brick, a lawn. (The primaries have 0.26 to 0.32.)"""

MOODS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "colorful": lambda light, vivid: vivid,
    "muted": lambda light, vivid: 1 - vivid,
    "light": lambda light, vivid: light,
    "dark": lambda light, vivid: 1 - light,
    "bright": lambda light, vivid: np.sqrt(light * vivid),
    "deep": lambda light, vivid: np.sqrt((1 - light) * vivid),
}
"""How well a color fits each mood, 0 to 1, by lightness (Oklab's) and vividness (0 for gray, 1 for a primary).

Bright is light and vivid at once, deep is dark and vivid at once (geometric means): white is not bright, and black is
not deep."""


def favor(oklab: Floats, mood: str) -> Floats:
    """The factor of each color in a mood: float64 (n,), 1 / RANGE to 1.

    Examples
    --------
    >>> favor(np.array([[0.6, 0.0, 0.0], [0.6, 0.2, 0.1]]), "colorful").round(3)
    array([0.   , 0.292])
    """
    vivid = 1 - np.exp(-np.hypot(oklab[:, 1], oklab[:, 2]) / VIVID)
    fit = MOODS[mood](np.clip(oklab[:, 0], 0, 1), vivid)
    factor: Floats = RANGE ** (fit - 1)
    return factor
