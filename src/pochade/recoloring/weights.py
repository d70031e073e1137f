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

FADE = 0.5, 1.0
"""Of the way from one color to another: until there the one has its full say, and from there none."""


@dataclass(frozen=True, eq=False)
class Influence:
    """What each color of a palette has to say.

    count : k, of the palette. nodes : float64 (c, 3), Oklab, stretched: the palette's, then black and white unless it
    has them. radius : of the radial basis functions.
    """

    count: int
    nodes: Array
    radius: float

    @classmethod
    def of(cls, centers: Array) -> "Influence":
        """That of a palette in Oklab, float64 (k, 3)."""
        palette = centers * STRETCH
        free = [end for end in ENDS * STRETCH if (((palette - end) ** 2).sum(1) > NEAR**2).all()]
        nodes = np.vstack([palette, *free])
        apart = np.sqrt(((nodes[:, None] - nodes) ** 2).sum(2))
        pairs = len(nodes) * (len(nodes) - 1)
        return cls(len(centers), nodes, float(apart.sum() / pairs) if pairs else 1.0)

    def weights(self, points: Array) -> Array:
        """How much of each color of the palette there is in points: float64 (n, k), 0..1, sums up to 1.

        What is missing to 1 is black and white. Each color has 1 at itself and 0 at and beyond every other: its radial
        basis function fades out on the way there. Solving for coefficients that make it 0 there, as is usual, leaves
        side lobes: an edited gray then tints grays on the far side of its neighbors.

        points : Oklab, float64 (n, 3).
        """
        x, y, z = np.ascontiguousarray((points * STRETCH).T)
        square = np.array([(x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 for a, b, c in self.nodes])
        square -= square.min(0)  # all are told from the nearest, so that far away from all no sum is 0
        shares = np.exp(square / (-2 * self.radius**2))
        low, high = FADE
        for i, node in enumerate(self.nodes):
            for way in np.delete(self.nodes, i, 0) - node:
                a, b, c = way / (max(float(way @ way), 1e-12) * (high - low))
                left = (high / (high - low) + float(np.dot((a, b, c), node))) - (a * x + b * y + c * z)
                left.clip(0, 1, out=left)
                shares[i] *= left * left * (3 - 2 * left)
        shares /= shares.sum(0)
        return np.ascontiguousarray(shares[: self.count].T)


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
