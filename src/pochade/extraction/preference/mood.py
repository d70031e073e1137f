"""Moods: smooth factors of lightness and chroma on the weights of points."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

VIVID = 0.1
"""The Oklab chroma of a rather vivid color: a brick, a lawn. (The primaries have 0.26 to 0.32.)"""

PART = 0.25
"""The part of the picture that fits a mood best. It fits the mood fully, however little that is: the darkest quarter of
a light picture is its dark colors."""

FALL = 0.04
"""The fit that a color must lack to have a tenth of the weight. So a light color (L 0.7) has 1/100,000 of the weight
of a dark one (L 0.5) in a dark palette, and appears only when the dark colors are used up."""


@dataclass(frozen=True, slots=True)
class Mood:
    """fit : how well colors fit, 0..1, by lightness (Oklab's) and vividness (0 for gray, 1 for a primary).

    full : the fit from which a color fits fully.
    """

    fit: Callable[[Floats, Floats], Floats]
    full: float


MOODS: dict[str, Mood] = {
    "colorful": Mood(lambda light, vivid: vivid, 0.6),
    "muted": Mood(lambda light, vivid: 1 - vivid, 0.65),
    "light": Mood(lambda light, vivid: light, 0.75),
    "dark": Mood(lambda light, vivid: 1 - light, 0.5),
    "bright": Mood(lambda light, vivid: np.sqrt(light * vivid), 0.72),
    "deep": Mood(lambda light, vivid: np.sqrt((1 - light) * vivid), 0.6),
}
"""Bright is light and vivid at once, deep is dark and vivid at once (geometric means): white is not bright, and black
is not deep."""


def favor(oklab: Floats, weights: Floats, mood: str) -> Floats:
    """The factor of each color in a mood: float64 (n,), above 0, 1 for a color that fits fully.

    Examples
    --------
    >>> favor(np.array([[0.6, 0.0, 0.0], [0.6, 0.2, 0.1]]), np.array([0.5, 0.5]), "colorful").round(3)
    array([0., 1.])
    """
    vivid = 1 - np.exp(-np.hypot(oklab[:, 1], oklab[:, 2]) / VIVID)
    fit = MOODS[mood].fit(np.clip(oklab[:, 0], 0, 1), vivid)
    order = np.argsort(-fit, kind="stable")
    best = order[np.searchsorted(np.cumsum(weights[order]), PART * weights.sum())]
    factor: Floats = 10 ** (np.minimum(fit - min(MOODS[mood].full, fit[best]), 0) / FALL)
    return factor
