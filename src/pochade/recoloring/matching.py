"""New colors for a palette from another palette, or from a harmony template."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.recoloring.change import Triple, triple
from pochade.recoloring.harmony import MEANINGS, Template, codes_of, harmonized
from pochade.recoloring.weights import STRETCH

LIGHTNESS = 0.05, 0.95
MAX_GAMMA = 1.6
"""Mean lightness is clipped to LIGHTNESS, and gamma to MAX_GAMMA or its inverse: turning night into day would amplify
noise."""

MAX_GAIN = 0.08
"""The most Oklab chroma that a color gains: clouds may turn cream, not lemon."""


def like_another(palette: Palette, other: Palette) -> tuple[list[Triple], str]:
    """The hue and chroma of another palette, by optimal transport, and its mean lightness, by one gamma.

    Each color becomes the mean of the colors that the transport assigns to it. Colors weigh the root of their share, so
    a gray background does not dominate; a color that the picture lacks stays.
    """
    if not other.weights.sum() > 0:
        raise OptionError("like is a palette without colors, or all its weights are 0: give one with colors.")
    after = [one.srgb for one in palette]
    present = np.flatnonzero(palette.weights).tolist()
    palette = replace(palette, colors=tuple(palette[i] for i in present))
    mine, theirs = np.sqrt(palette.weights), np.sqrt(other.weights)
    flow = kernel.transport(mine, theirs, _costs(palette.oklab, other.oklab))
    shares = flow / flow.sum(1, keepdims=True)
    mean, target = (palette.weights @ palette.oklab[:, 0], other.weights @ other.oklab[:, 0])
    exponent = np.log(np.clip(target, *LIGHTNESS)) / np.log(np.clip(mean, *LIGHTNESS))
    gamma = float(np.clip(exponent, 1 / MAX_GAMMA, MAX_GAMMA))
    color = shares @ other.oklab[:, 1:]
    most = np.hypot(*palette.oklab[:, 1:].T) + MAX_GAIN
    color *= np.minimum(1, most / np.maximum(np.hypot(*color.T), 1e-9))[:, None]
    to = np.column_stack([palette.oklab[:, 0] ** gamma, color])
    main = shares.argmax(1).tolist()
    parts = [
        f"{share[j]:.0%} of {one.hex} went to {other[j].hex}"
        for one, share, j in zip(palette, shares, main, strict=True)
    ]
    for i, codes in zip(present, codes_of(to), strict=True):
        after[i] = triple(codes)
    return after, f"{'; '.join(parts)}."


def _costs(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distances of the colors of two palettes, hue and chroma above lightness: float64 (m, n)."""
    costs: NDArray[np.float64] = np.sqrt((((one[:, None] - other) * STRETCH) ** 2).sum(2))
    return costs


def in_harmony(palette: Palette, template: Template) -> tuple[list[Triple], str]:
    """The colors with their hues in a template, and the reason in a sentence; colors inside the template stay."""
    moved, name, _ = harmonized(palette.oklab, palette.weights, template)
    after: list[Triple] = []
    for one, to, point in zip(palette, codes_of(moved), moved, strict=True):
        near = np.abs(point - one.oklab).max() < 1e-9
        after.append(one.srgb if near else triple(to))
    if after == [one.srgb for one in palette]:
        return after, f"The hues are in harmony already: {MEANINGS[name]}."
    return after, f"The hues were brought into harmony: {MEANINGS[name]}."
