"""How much each color of a palette has to say about any color: radial basis functions."""

from dataclasses import dataclass

import numpy as np

from pochade.color import Array

STRETCH = np.array([1.0, 2.5, 2.5])
"""Hue and chroma tell apart more than lightness: a shirt's shadow goes with the shirt, not with gray of its lightness.
It is what the default method stretches by when it looks for colors."""

ENDS = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
"""Black and white in Oklab, which stay what they are unless the palette has them."""

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
        free = [end for end in ENDS if (((palette - end) ** 2).sum(1) > NEAR**2).all()]
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
