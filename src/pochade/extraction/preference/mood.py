"""Moods: the same road with another taste. A mood is a smooth factor of lightness and chroma on what methods see."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RANGE = 1000.0
"""How many times as much a pixel counts that is all that a mood wants as one that is nothing of it. Colors are half of
what a mood wants more often than all or nothing, so a typical factor is 30. A tenth moves `prominent` half as far,
for that looks for what is vivid anyway; ten times as much leaves k-means hardly a color out of the mood."""

VIVID = 0.1
"""The Oklab chroma that is felt to be well on the way to vivid: a brick, a lawn. (The primaries have 0.26 to 0.32.)"""

MOODS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "colorful": lambda light, vivid: vivid,
    "muted": lambda light, vivid: 1 - vivid,
    "light": lambda light, vivid: light,
    "dark": lambda light, vivid: 1 - light,
    "bright": lambda light, vivid: np.sqrt(light * vivid),
    "deep": lambda light, vivid: np.sqrt((1 - light) * vivid),
}
"""What each mood wants, 0 to 1, of lightness (Oklab's) and vividness (0 for gray, 1 for a primary).

Bright is light and vivid at once, deep is dark and vivid at once (geometric means): white is not bright, nor is black
deep."""


def favor(oklab: Floats, mood: str) -> Floats:
    """How much each color counts in a mood: float64 (n,), 1 / RANGE to 1.

    Examples
    --------
    >>> favor(np.array([[0.6, 0.0, 0.0], [0.6, 0.2, 0.1]]), "colorful").round(3)
    array([0.001, 0.478])
    """
    vivid = 1 - np.exp(-np.hypot(oklab[:, 1], oklab[:, 2]) / VIVID)
    wanted = MOODS[mood](np.clip(oklab[:, 0], 0, 1), vivid)
    factor: Floats = RANGE ** (wanted - 1)
    return factor
