"""How much each color of a palette has to say about any color: radial basis functions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array

STRETCH = np.array([0.6, 2.5, 2.5])
"""Hue and chroma tell apart more than lightness: a shirt's shadow goes with the shirt, not with gray of its lightness.
Oklab's a and b are stretched as by the default method when it looks for colors; lightness by what looked best."""

ENDS = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
"""Black and white in Oklab, which stay what they are unless the palette has them."""

HUE, SATURATION, COLORED = 20.0, 0.5, 0.05
"""A color is a shade of another if its hue is within 20 degrees, its chroma by lightness at least half of the other's,
and both have Oklab chroma 0.05: a door's red in the shadow, but not a face beside it."""

NEAR = 0.1
"""A palette's color within this of black or white, stretched, stands for it."""

RIDGE = 1e-9
"""Added to the diagonal, so that two colors that are nearly one do not pull against each other without bound."""


@dataclass(frozen=True, eq=False)
class Influence:
    """The palette's radial basis functions.

    centers : Oklab, float64 (k, 3), of the palette. nodes : float64 (c, 3), stretched, of the palette and of black and
    white. radius : of the functions. solved : float64 (c, c), their coefficients.
    """

    centers: Array
    nodes: Array
    radius: float
    solved: Array

    @classmethod
    def of(cls, centers: Array) -> "Influence":
        """The functions that are 1 at their own color and 0 at the others."""
        palette = centers * STRETCH
        free = [end for end in ENDS * STRETCH if (((palette - end) ** 2).sum(1) > NEAR**2).all()]
        nodes = np.vstack([palette, *free])
        apart = np.sqrt(((nodes[:, None] - nodes) ** 2).sum(2))
        count = len(nodes) * (len(nodes) - 1)
        radius = float(apart.sum() / count) if count else 1.0
        gram = np.exp(-((apart / radius) ** 2) / 2)
        return cls(centers, nodes, radius, np.linalg.inv(gram + RIDGE * np.eye(len(nodes))))

    def weights(self, points: Array) -> Array:
        """How much of each color of the palette there is in points: float64 (n, k), 0..1, sums up to 1.

        What is missing to 1 is black and white.

        points : Oklab, float64 (n, 3).
        """
        stretched = points * STRETCH
        square = (stretched**2).sum(1)[:, None] + (self.nodes**2).sum(1) - 2 * stretched @ self.nodes.T
        basis = np.exp(-square / (2 * self.radius**2))
        raw = np.maximum(basis @ self.solved, 0)
        shares: Array = raw / np.maximum(raw.sum(1, keepdims=True), 1e-12)
        return shares[:, : len(self.centers)]


def folded(weights: Array, centers: Array, edited: NDArray[np.bool_], free: NDArray[np.bool_]) -> Array:
    """The weights, those of shades of an edited color given to it: float64 (n, k).

    centers : Oklab (k, 3). edited, free : bool (k,); only free colors are given away.
    """
    chroma = np.hypot(centers[:, 1], centers[:, 2])
    hue = np.rad2deg(np.arctan2(centers[:, 2], centers[:, 1]))
    saturation = chroma / np.maximum(centers[:, 0], 1e-9)
    out = weights.copy()
    for j in np.flatnonzero(free & ~edited & (chroma >= COLORED)).tolist():
        off = np.abs((hue - hue[j] + 180) % 360 - 180)
        able = edited & (chroma >= COLORED) & (off <= HUE) & (saturation[j] >= SATURATION * saturation)
        if able.any():
            i = int(np.where(able, off, np.inf).argmin())
            out[:, i] += out[:, j]
            out[:, j] = 0
    return out
