"""CIELAB for D65: lightness 0..100, a* (green to red) and b* (blue to yellow).

The white point is that of sRGB, so grays have a* = b* = 0 and no chromatic adaptation is needed. ICC profiles and CSS
`lab()` use D50 and have other numbers for the same color.

References
----------
CIE 15:2004: "Colorimetry, 3rd edition", section 8.2.1.1, with the exact fractions (6/29)^3 = 216/24389 and
(29/3)^3 = 24389/27.
"""

import numpy as np

from pochade.color import Array, xyz
from pochade.color.spaces import Space, register

EPSILON = 216 / 24389
KAPPA = 24389 / 27

_CIELAB_FROM_ROOTS = np.array([[0.0, 116.0, 0.0], [500.0, -500.0, 0.0], [0.0, 200.0, -200.0]])


def from_linear(linear: Array) -> Array:
    """CIELAB of linear-light sRGB."""
    ratio = xyz.from_linear(linear) / xyz.WHITE
    roots = np.where(ratio > EPSILON, np.cbrt(ratio), (KAPPA * ratio + 16) / 116)
    cielab: Array = roots @ _CIELAB_FROM_ROOTS.T
    cielab[..., 0] -= 16
    return cielab


def to_linear(cielab: Array) -> Array:
    """Linear-light sRGB of CIELAB, not clipped."""
    y = (cielab[..., 0] + 16) / 116
    roots = np.stack([y + cielab[..., 1] / 500, y, y - cielab[..., 2] / 200], axis=-1)
    ratio = np.where(roots > 6 / 29, roots**3, (116 * roots - 16) / KAPPA)
    return xyz.to_linear(ratio * xyz.WHITE)


register(
    Space(
        "cielab",
        ("L*", "a*", "b*"),
        from_linear,
        to_linear,
        "CIELAB, D65: the space of CIEDE2000.",
    )
)
