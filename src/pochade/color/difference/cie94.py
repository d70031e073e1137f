"""CIE94: CIELAB differences, with chroma and hue weighted by the chroma of the reference.

References
----------
CIE 116-1995: "Industrial colour-difference evaluation". The defaults are its reference conditions; textiles use
`lightness=2, chroma=0.048, hue=0.014`.
"""

import numpy as np

from pochade.color import Array
from pochade.color.difference import Difference, register


def cie94(a: Array, b: Array, *, lightness: float = 1.0, chroma: float = 0.045, hue: float = 0.015) -> Array:
    """CIE94: like CIE76, but smaller if the first color is vivid.

    Parameters
    ----------
    a, b : float64 (..., 3), CIELAB; `a` is the reference.
    lightness : k_L, the divisor of lightness differences.
    chroma, hue : K_1 and K_2; the divisors of chroma and hue differences grow by them with each unit of chroma.
    """
    d = a - b
    reference = np.hypot(a[..., 1], a[..., 2])
    d_chroma = reference - np.hypot(b[..., 1], b[..., 2])
    d_hue_squared = np.maximum(d[..., 1] ** 2 + d[..., 2] ** 2 - d_chroma**2, 0)
    squared: Array = (
        (d[..., 0] / lightness) ** 2
        + (d_chroma / (1 + chroma * reference)) ** 2
        + d_hue_squared / (1 + hue * reference) ** 2
    )
    return np.sqrt(squared)


register(Difference("cie94", "cielab", cie94, symmetric=False))
