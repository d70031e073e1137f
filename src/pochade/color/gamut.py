"""Colors that no sRGB screen shows, brought to the nearest that it does, with lightness and hue kept."""

import numpy as np

from pochade.color import Array
from pochade.color.spaces import spaces

SLACK = 1e-9
"""How far outside 0..1 rounding alone may bring a color of the gamut."""

HALVINGS = 32


def into_gamut(linear: Array) -> Array:
    """The same colors, those outside of sRGB with as much less Oklab chroma as brings them in.

    Where even the gray of that lightness lies outside, it is black or white.

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
    outside = ((linear < -SLACK) | (linear > 1 + SLACK)).any(axis=-1)
    low, high = np.zeros(linear.shape[:-1]), np.where(outside, 1.0, 0.0)
    for _ in range(HALVINGS if outside.any() else 0):
        middle = (low + high) / 2
        tried = oklab.to_linear(points * np.stack([np.ones_like(middle), middle, middle], axis=-1))
        fits = ((tried >= -SLACK) & (tried <= 1 + SLACK)).all(axis=-1)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    inside: Array = oklab.to_linear(points * np.stack([np.ones_like(low), low, low], axis=-1))
    kept: Array = np.where(np.expand_dims(outside, -1), inside, linear).clip(0, 1)
    return kept
