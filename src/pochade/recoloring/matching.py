"""What a palette's colors become where nobody edits them: after another palette, or in harmony."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.recoloring.change import Triple, triple
from pochade.recoloring.harmony import Template, codes_of, harmonized
from pochade.recoloring.weights import STRETCH

LIT = 0.05, 0.95
GENTLE = 1.6
"""A mean lightness beyond LIT is taken for that, and a gamma is at most GENTLE or its inverse: night does not become
day, for noise would."""

GAINED = 0.08
"""The Oklab chroma that a color gains at most: clouds may turn cream, not lemon."""


def like_another(palette: Palette, other: Palette) -> tuple[list[Triple], str]:
    """The hue and chroma of another palette, by optimal transport, and its mean lightness, by one gamma.

    Each color goes to the mean of what it is brought to. Colors count by the root of their share, so that a gray
    ground does not swallow the colors on it; one that the picture lacks stays.
    """
    if not other.weights.sum() > 0:
        raise OptionError("like is a palette without colors, or whose colors weigh nothing: give one that has some.")
    after = [one.srgb for one in palette]
    had = np.flatnonzero(palette.weights).tolist()
    palette = replace(palette, colors=tuple(palette[i] for i in had))
    mine, theirs = np.sqrt(palette.weights), np.sqrt(other.weights)
    flow = kernel.transport(mine, theirs, _costs(palette.oklab, other.oklab))
    shares = flow / flow.sum(1, keepdims=True)
    mean, wanted = (palette.weights @ palette.oklab[:, 0], other.weights @ other.oklab[:, 0])
    gamma = float(np.clip(np.log(np.clip(wanted, *LIT)) / np.log(np.clip(mean, *LIT)), 1 / GENTLE, GENTLE))
    color = shares @ other.oklab[:, 1:]
    most = np.hypot(*palette.oklab[:, 1:].T) + GAINED
    color *= np.minimum(1, most / np.maximum(np.hypot(*color.T), 1e-9))[:, None]
    to = np.column_stack([palette.oklab[:, 0] ** gamma, color])
    main = shares.argmax(1).tolist()
    parts = [
        f"{share[j]:.0%} of {one.hex} went to {other[j].hex}"
        for one, share, j in zip(palette, shares, main, strict=True)
    ]
    for i, codes in zip(had, codes_of(to), strict=True):
        after[i] = triple(codes)
    return after, f"{'; '.join(parts)}."


def _costs(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the colors of two palettes are apart, hue and chroma before lightness: float64 (m, n)."""
    costs: NDArray[np.float64] = np.sqrt((((one[:, None] - other) * STRETCH) ** 2).sum(2))
    return costs


def in_harmony(palette: Palette, template: Template) -> tuple[list[Triple], str]:
    """Its colors with their hues in a template, and the reason in a sentence; a color that need not move stays."""
    moved, name, turn = harmonized(palette.oklab, palette.weights, template)
    after: list[Triple] = []
    for one, to, point in zip(palette, codes_of(moved), moved, strict=True):
        near = np.abs(point - one.oklab).max() < 1e-9
        after.append(one.srgb if near else triple(to))
    return after, f"Hues were brought into template {name}, turned by {turn:.0f} degrees."
