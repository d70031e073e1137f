"""The arrangement of a picture's hues, with the names of painters and designers.

It describes positions on the hue circle of Oklch and does not measure beauty: harmony depends on more than hues, and
studies disagree. On other circles, such as the red-yellow-blue of painters, other hues are opposite.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MIN_CHROMA = 0.02
"""The least mean Oklab chroma for a name: two opposite colors of this chroma are 0.04 apart, twice a just visible
difference."""

MIN_HELD = 0.9
"""The least share of the chroma within the arcs."""

MIN_ARC_SHARE = 0.1
"""The least share of each arc, if there are several."""

STEP = 5
"""The step of the search for arcs, in degrees; hues are counted by whole degrees."""

ARRANGEMENTS: tuple[tuple[str, int, int, int], ...] = (
    ("one hue", 1, 30, 0),
    ("neighboring hues", 1, 90, 0),
    ("opposite hues", 2, 60, 180),
    ("three hues evenly apart", 3, 60, 120),
)
"""Name, number of arcs, width of each and distance of their middles, in degrees. The first that fits is chosen. Other
names: monochromatic, analogous, complementary, triadic."""


@dataclass(frozen=True, slots=True)
class Harmony:
    """An arrangement of hues.

    name : "hardly any hue", "one hue", "neighboring hues", "opposite hues", "three hues evenly apart" or "many hues".
    hues : the middles of the arcs, in degrees of Oklch, ascending; none for the first and the last name.
    held : the share of the chroma within them.
    """

    name: str
    hues: tuple[float, ...]
    held: float

    def __str__(self) -> str:
        return self.name


def harmony(oklab: Floats, weights: Floats) -> Harmony:
    """The arrangement of the hues of colors, weighted by weight and chroma.

    oklab : float64 (n, 3). weights : float64 (n,), sum 1.

    Examples
    --------
    >>> harmony(np.array([[0.6, 0.1, 0.1], [0.6, -0.1, -0.1]]), np.array([0.5, 0.5]))
    Harmony(name='opposite hues', hues=(45.0, 225.0), held=1.0)
    """
    chroma = np.hypot(oklab[:, 1], oklab[:, 2])
    mass = weights * chroma
    if mass.sum() < MIN_CHROMA:
        return Harmony("hardly any hue", (), 0.0)
    degrees = np.rint(np.degrees(np.arctan2(oklab[:, 2], oklab[:, 1]))).astype(np.int64) % 360
    mass = np.bincount(degrees, mass / mass.sum(), 360).astype(np.float64)
    best = 0.0
    for name, arcs, width, apart in ARRANGEMENTS:
        fit = _fit(mass, arcs, width, apart)
        best = max(best, fit.held)
        if fit.held >= MIN_HELD:
            return Harmony(name, fit.hues, fit.held)
    return Harmony("many hues", (), best)


def _fit(mass: Floats, arcs: int, width: int, apart: int) -> Harmony:
    """The position of the arcs with the most mass inside; of ties, the one whose middles are nearest to the hues."""
    middles = np.arange(0, 360, STEP)
    inside, off = np.empty((arcs, len(middles))), np.zeros(len(middles))
    for arc in range(arcs):
        away = np.abs((np.arange(360) - middles[:, None] - arc * apart + 180) % 360 - 180)
        near = np.where(away <= width // 2, mass, 0)
        inside[arc] = near.sum(1)
        off += (near * away).sum(1)
    held = np.where((inside >= (MIN_ARC_SHARE if arcs > 1 else 0)).all(0), inside.sum(0), 0)
    at = int(np.lexsort((off.round(6), -held.round(9)))[0])
    hues = sorted(float((middles[at] + arc * apart) % 360) for arc in range(arcs))
    return Harmony("", tuple(hues), min(float(held[at]), 1.0))
