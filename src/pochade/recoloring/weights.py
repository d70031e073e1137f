"""Weights of a palette's colors at any color: radial basis functions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array

STRETCH = np.array([0.6, 2.5, 2.5])
"""Hue and chroma count more than lightness: a shirt's shadow belongs to the shirt, not to a gray of its lightness. a
and b are stretched as in the default method's search for colors; the factor of lightness looked best."""

ENDS = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
"""Black and white in Oklab, which stay unless the palette has them."""

HUE, SATURATION, COLORED = 20.0, 0.5, 0.05
"""A color is a shade of another if its hue is within 20 degrees, its chroma by lightness at least half of the other's,
and both have Oklab chroma 0.05: a door's red in the shadow, but not a face beside it."""

NEAR = 0.1
"""A palette's color within this stretched distance of black or white replaces it."""

FADE = 0.5, 1.0
"""Parts of the way from one color to another: full weight up to the first, none from the second."""


@dataclass(frozen=True, eq=False)
class Influence:
    """The radial basis functions of a palette.

    count : number of the palette's colors. nodes : float64 (c, 3), stretched Oklab: the palette's, then black and white
    unless it has them. radius : of the functions.
    """

    count: int
    nodes: Array
    radius: float

    @classmethod
    def of(cls, centers: Array) -> "Influence":
        """For a palette in Oklab, float64 (k, 3)."""
        palette = centers * STRETCH
        free = [end for end in ENDS * STRETCH if (((palette - end) ** 2).sum(1) > NEAR**2).all()]
        nodes = np.vstack([palette, *free])
        apart = np.sqrt(((nodes[:, None] - nodes) ** 2).sum(2))
        pairs = len(nodes) * (len(nodes) - 1)
        return cls(len(centers), nodes, float(apart.sum() / pairs) if pairs else 1.0)

    def weights(self, points: Array) -> Array:
        """The weight of each color of the palette at points: float64 (n, k), 0..1; rows sum to at most 1.

        The rest to 1 belongs to black and white. Each color has weight 1 at itself and 0 at and beyond every other: its
        radial basis function fades out on the way there. The usual way, solving for coefficients that make it 0 there,
        leaves side lobes: an edited gray then tints grays on the far side of its neighbors.

        points : Oklab, float64 (n, 3).
        """
        x, y, z = np.ascontiguousarray((points * STRETCH).T)
        square = np.array([(x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 for a, b, c in self.nodes])
        square -= square.min(0)  # relative to the nearest, so that no sum underflows to 0
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
    """The weights, with those of shades added to their edited color: float64 (n, k).

    centers : Oklab (k, 3). edited, free : bool (k,); only free colors count as shades.
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
