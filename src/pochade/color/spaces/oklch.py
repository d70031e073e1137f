"""Oklch: Oklab in polar form, lightness 0..1, chroma 0..0.33 within sRGB, hue in degrees 0..360.

It serves for sorting, naming and display. For clustering use `oklab`, the same space in Cartesian coordinates, where
straight distances are valid. The hue of a gray is rounding noise.

References
----------
As for `oklab`.
"""

import numpy as np

from pochade.color import Array
from pochade.color.spaces import Space, oklab, register


def from_linear(linear: Array) -> Array:
    """Oklch of linear-light sRGB."""
    lightness, a, b = np.moveaxis(oklab.from_linear(linear), -1, 0)
    hue = np.mod(np.rad2deg(np.arctan2(b, a)), 360)
    return np.stack([lightness, np.hypot(a, b), np.where(hue == 360, 0, hue)], axis=-1)  # mod can round up


def to_linear(oklch: Array) -> Array:
    """Linear-light sRGB of Oklch, not clipped; the hue is any angle in degrees."""
    lightness, chroma, hue = np.moveaxis(oklch, -1, 0)
    hue = np.deg2rad(hue)
    return oklab.to_linear(np.stack([lightness, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1))


register(Space("oklch", ("L", "C", "h"), from_linear, to_linear, "Oklch: Oklab as lightness, chroma and hue.", hue=2))
