"""Gradients: the colors on the way from each color of a palette to the next."""

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.errors import OptionError

GRAY = 1e-3
"""Colors of less Oklab chroma have no hue of their own; half a code of a mid-gray is about that."""


def gradient(srgb: NDArray[np.uint8], n: int, space: str) -> NDArray[np.uint8]:
    """n colors along the palette's, evenly from each to the next, uint8 (n, 3); the first and the last are its own.

    Parameters
    ----------
    srgb : uint8 (m, 3), at least two colors.
    space : where the way is straight; in one with a hue, the way goes the shorter arc.
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 2:
        raise OptionError(f"n={n!r} is not allowed: give a whole number, 2 or more.")
    if len(srgb) < 2:
        raise OptionError(f"a gradient needs two colors, and the palette has {len(srgb)}.")
    codes = to_codes(into_gamut(along(srgb, np.linspace(0, len(srgb) - 1, n), space)))
    whole = np.arange(n) * (len(srgb) - 1) % (n - 1) == 0  # where it passes one of the palette's colors, it is that
    codes[whole] = srgb[(np.arange(n) * (len(srgb) - 1) // (n - 1))[whole]]
    return codes


def along(srgb: NDArray[np.uint8], at: Array, space: str) -> Array:
    """Linear-light sRGB, float64 (n, 3), not clipped, of places on the way: 0.5 is halfway from color 0 to color 1."""
    into = spaces[space]
    points = into.from_linear(decode(srgb))
    if into.hue is not None:
        points[:, into.hue] = _unwound(points[:, into.hue], decode(srgb))
    stops = np.arange(len(srgb))
    return into.to_linear(np.stack([np.interp(at, stops, points[:, i]) for i in range(3)], axis=-1))


def _unwound(hue: Array, linear: Array) -> Array:
    """Hues in degrees, each within half a turn of the one before; a gray has that of the nearest color with a hue."""
    oklab = spaces["oklab"].from_linear(linear)
    own = np.flatnonzero(np.hypot(oklab[:, 1], oklab[:, 2]) >= GRAY)
    if not len(own):
        return np.zeros_like(hue)
    nearest = own[np.abs(np.arange(len(hue))[:, None] - own).argmin(axis=1)]
    unwound: Array = np.unwrap(hue[nearest], period=360)
    return unwound
