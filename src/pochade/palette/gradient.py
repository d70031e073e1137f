"""Gradients: interpolated colors between each color of a palette and the next."""

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.gamut import into_gamut
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.errors import OptionError

GRAY = 1e-3
"""Colors of less Oklab chroma have no hue of their own; it is about half a code of a mid-gray."""


def gradient(srgb: NDArray[np.uint8], n: int, space: str) -> NDArray[np.uint8]:
    """n colors through those of the palette, evenly spaced, uint8 (n, 3); the first and the last are its own.

    Parameters
    ----------
    srgb : uint8 (m, 3), at least two colors.
    space : the space of the interpolation; a hue takes the shorter arc.
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 2:
        raise OptionError(f"n={n!r} is not allowed: give a whole number, 2 or more.")
    if len(srgb) < 2:
        raise OptionError(f"a gradient needs two colors, and the palette has {len(srgb)}.")
    codes = to_codes(into_gamut(along(srgb, np.linspace(0, len(srgb) - 1, n), space)))
    whole = np.arange(n) * (len(srgb) - 1) % (n - 1) == 0  # at a color of the palette, take its exact codes
    codes[whole] = srgb[(np.arange(n) * (len(srgb) - 1) // (n - 1))[whole]]
    return codes


def along(srgb: NDArray[np.uint8], at: Array, space: str) -> Array:
    """Linear-light sRGB, float64 (n, 3), not clipped, at places: 0.5 is halfway from color 0 to color 1."""
    into = spaces[space]
    points = into.from_linear(decode(srgb))
    if into.hue is not None:
        points[:, into.hue] = _unwound(points[:, into.hue], decode(srgb))
    stops = np.arange(len(srgb))
    return into.to_linear(np.stack([np.interp(at, stops, points[:, i]) for i in range(3)], axis=-1))


def _unwound(hue: Array, linear: Array) -> Array:
    """Hues in degrees, each within half a turn of the one before; a gray takes the hue of the nearest hued color."""
    oklab = spaces["oklab"].from_linear(linear)
    own = np.flatnonzero(np.hypot(oklab[:, 1], oklab[:, 2]) >= GRAY)
    if not len(own):
        return np.zeros_like(hue)
    nearest = own[np.abs(np.arange(len(hue))[:, None] - own).argmin(axis=1)]
    unwound: Array = np.unwrap(hue[nearest], period=360)
    return unwound
