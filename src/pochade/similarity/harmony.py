"""How the hues of a picture lie to each other, by the names that painters and designers have for it.

It is a description of where the hues are, on Oklch's circle, and not a measure of whether they please: what people find
harmonious depends on more than hues, and studies disagree. On other circles, such as painters' red-yellow-blue, other
hues are opposite.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRAY = 0.02
"""Mean Oklab chroma below which hues are not spoken of: two colors of it that are opposite are 0.04 apart, twice what
is just visible."""

HELD = 0.9
"""The share of the chroma that must lie within the arcs."""

PART = 0.1
"""The share that each of several arcs must have, to be spoken of."""

STEP = 5
"""Degrees from one place at which arcs are tried to the next; hues are counted by whole degrees."""

ARRANGEMENTS: tuple[tuple[str, int, int, int], ...] = (
    ("one hue", 1, 30, 0),
    ("neighboring hues", 1, 90, 0),
    ("opposite hues", 2, 60, 180),
    ("three hues evenly apart", 3, 60, 120),
)
"""Name, how many arcs, how wide each is, and how far apart their middles are, in degrees. The first that holds is it:
monochromatic, analogous, complementary, triadic are other words for them."""


@dataclass(frozen=True, slots=True)
class Harmony:
    """How hues lie to each other.

    name : "hardly any hue", "one hue", "neighboring hues", "opposite hues", "three hues evenly apart" or "many hues".
    hues : the middles of the arcs, in degrees of Oklch, rising; none for the first and the last name.
    held : the share of the chroma within them.
    """

    name: str
    hues: tuple[float, ...]
    held: float

    def __str__(self) -> str:
        return self.name


def harmony(oklab: Floats, weights: Floats) -> Harmony:
    """How the hues of colors lie to each other, each as much as it weighs and has chroma.

    oklab : float64 (n, 3). weights : float64 (n,), sum 1.

    Examples
    --------
    >>> harmony(np.array([[0.6, 0.1, 0.1], [0.6, -0.1, -0.1]]), np.array([0.5, 0.5]))
    Harmony(name='opposite hues', hues=(45.0, 225.0), held=1.0)
    """
    chroma = np.hypot(oklab[:, 1], oklab[:, 2])
    mass = weights * chroma
    if mass.sum() < GRAY:
        return Harmony("hardly any hue", (), 0.0)
    degrees = np.rint(np.degrees(np.arctan2(oklab[:, 2], oklab[:, 1]))).astype(np.int64) % 360
    mass = np.bincount(degrees, mass / mass.sum(), 360).astype(np.float64)
    best = 0.0
    for name, arcs, width, apart in ARRANGEMENTS:
        found = _fitted(mass, arcs, width, apart)
        best = max(best, found.held)
        if found.held >= HELD:
            return Harmony(name, found.hues, found.held)
    return Harmony("many hues", (), best)


def _fitted(mass: Floats, arcs: int, width: int, apart: int) -> Harmony:
    """The place of the arcs where they hold most; of equals the one in which their middles are nearest the hues."""
    middles = np.arange(0, 360, STEP)
    inside, off = np.empty((arcs, len(middles))), np.zeros(len(middles))
    for arc in range(arcs):
        away = np.abs((np.arange(360) - middles[:, None] - arc * apart + 180) % 360 - 180)
        near = np.where(away <= width // 2, mass, 0)
        inside[arc] = near.sum(1)
        off += (near * away).sum(1)
    held = np.where((inside >= (PART if arcs > 1 else 0)).all(0), inside.sum(0), 0)
    at = int(np.lexsort((off.round(6), -held.round(9)))[0])
    hues = sorted(float((middles[at] + arc * apart) % 360) for arc in range(arcs))
    return Harmony("", tuple(hues), min(float(held[at]), 1.0))
