"""CMC l:c, of the Colour Measurement Committee of the Society of Dyers and Colourists.

References
----------
F. J. J. Clarke, R. McDonald and B. Rigg, 1984: "Modification to the JPC79 colour-difference formula", Journal
of the Society of Dyers and Colourists 100(4).
"""

import numpy as np

from pochade.color import Array
from pochade.color.difference import Difference, register


def cmc(a: Array, b: Array, *, lightness: float = 2.0, chroma: float = 1.0) -> Array:
    """CMC l:c, from the textile trade: 2:1 measures acceptability, 1:1 visibility.

    Parameters
    ----------
    a, b : float64 (..., 3), CIELAB; `a` is the reference.
    lightness, chroma : l and c, the divisors of lightness and chroma differences.
    """
    d = a - b
    L = a[..., 0]
    C = np.hypot(a[..., 1], a[..., 2])
    h = np.mod(np.rad2deg(np.arctan2(a[..., 2], a[..., 1])), 360)
    d_chroma = C - np.hypot(b[..., 1], b[..., 2])
    d_hue_squared = np.maximum(d[..., 1] ** 2 + d[..., 2] ** 2 - d_chroma**2, 0)

    bluish = (h >= 164) & (h <= 345)
    T = np.where(
        bluish,
        0.56 + np.abs(0.2 * np.cos(np.deg2rad(h + 168))),
        0.36 + np.abs(0.4 * np.cos(np.deg2rad(h + 35))),
    )
    f = np.sqrt(C**4 / (C**4 + 1900))
    S_L = np.where(L < 16, 0.511, 0.040975 * L / (1 + 0.01765 * L))
    S_C = 0.638 + 0.0638 * C / (1 + 0.0131 * C)
    S_H = S_C * (f * T + 1 - f)
    squared: Array = (d[..., 0] / (lightness * S_L)) ** 2 + (d_chroma / (chroma * S_C)) ** 2 + d_hue_squared / S_H**2
    return np.sqrt(squared)


register(Difference("cmc", "cielab", cmc, symmetric=False))
