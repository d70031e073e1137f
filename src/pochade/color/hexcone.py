"""Hue and chroma of HSV and HSL: angle and radius in the hexagon that the RGB cube forms when seen along its gray axis.

References
----------
Alvy Ray Smith, 1978: "Color Gamut Transform Pairs", SIGGRAPH.
"""

import numpy as np

from pochade.color import Array


def split(srgb: Array) -> tuple[Array, Array, Array]:
    """Hue in turns, 0 <= hue < 1 (0 for gray), the largest channel, and chroma (largest minus smallest channel)."""
    r, g, b = srgb[..., 0], srgb[..., 1], srgb[..., 2]
    top = srgb.max(axis=-1)
    chroma = top - srgb.min(axis=-1)
    divisor = np.where(chroma == 0, 1, chroma)
    sixths = np.where(top == r, (g - b) / divisor, np.where(top == g, 2 + (b - r) / divisor, 4 + (r - g) / divisor))
    hue = np.mod(sixths / 6, 1)
    return np.where(hue == 1, 0, hue), top, chroma  # mod rounds a hue just below 0 up to 1


def join(hue: Array, top: Array, chroma: Array) -> Array:
    """Encoded sRGB from hue in turns, largest channel and chroma: the inverse of `split`."""
    sixths = np.mod(6 * hue[..., None] + np.array([5.0, 3.0, 1.0]), 6)
    missing = np.clip(np.minimum(sixths, 4 - sixths), 0, 1)
    srgb: Array = top[..., None] - chroma[..., None] * missing
    return srgb


def to_circle(hue: Array, chroma: Array) -> tuple[Array, Array]:
    """The point in the hue circle: gray is its center, and 359 degrees lies next to 1."""
    return chroma * np.cos(2 * np.pi * hue), chroma * np.sin(2 * np.pi * hue)


def from_circle(x: Array, y: Array) -> tuple[Array, Array]:
    """Hue in turns and chroma of a point in the hue circle."""
    return np.arctan2(y, x) / (2 * np.pi), np.hypot(x, y)
