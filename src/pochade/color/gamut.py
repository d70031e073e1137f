"""Map colors outside the sRGB gamut into it, at constant lightness and hue."""

import numpy as np

from pochade.color import Array
from pochade.color.spaces import spaces

TOLERANCE = 1e-9
"""Largest excess over 0..1 that counts as rounding."""

HALVINGS = 32
"""Steps of the bisection: chroma is exact to 2^-32 of itself."""


def into_gamut(linear: Array) -> Array:
    """The colors, with the Oklab chroma of those outside sRGB reduced until they fit.

    If even the gray of that lightness lies outside, the result is black or white.

    Parameters
    ----------
    linear : float64 (..., 3), linear-light sRGB.

    Examples
    --------
    >>> import numpy as np
    >>> into_gamut(np.array([[0.2, 0.4, 0.6], [1.2, 0.0, 0.0]])).round(3)
    array([[0.2  , 0.4  , 0.6  ],
           [1.   , 0.068, 0.042]])
    """
    oklab = spaces["oklab"]
    points = oklab.from_linear(linear)
    outside = ((linear < -TOLERANCE) | (linear > 1 + TOLERANCE)).any(axis=-1)
    low, high = np.zeros(linear.shape[:-1]), np.where(outside, 1.0, 0.0)
    for _ in range(HALVINGS if outside.any() else 0):
        middle = (low + high) / 2
        candidate = oklab.to_linear(points * np.stack([np.ones_like(middle), middle, middle], axis=-1))
        fits = ((candidate >= -TOLERANCE) & (candidate <= 1 + TOLERANCE)).all(axis=-1)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    inside: Array = oklab.to_linear(points * np.stack([np.ones_like(low), low, low], axis=-1))
    mapped: Array = np.where(np.expand_dims(outside, -1), inside, linear).clip(0, 1)
    return mapped
