"""CIELUV for D65: lightness 0..100, u* (green to red) and v* (blue to yellow).

References
----------
CIE 15:2004: "Colorimetry, 3rd edition", section 8.2.2; the white point is that of sRGB, as in `cielab`.
"""

import numpy as np

from pochade.color import Array, xyz
from pochade.color.spaces import Space, register

_EPSILON = 216 / 24389
_KAPPA = 24389 / 27


def _chromaticity(xyz_: Array) -> tuple[Array, Array]:
    """u' and v' (CIE 1976). Black has no chromaticity and gets that of white."""
    x, y, z = np.where((xyz_ == 0).all(axis=-1, keepdims=True), xyz.WHITE, xyz_).T
    total = x + 15 * y + 3 * z
    return (4 * x / total).T, (9 * y / total).T


_U_WHITE, _V_WHITE = (float(each) for each in _chromaticity(xyz.WHITE))


def from_linear(linear: Array) -> Array:
    """CIELUV of linear-light sRGB."""
    coordinates = xyz.from_linear(linear)
    y = coordinates[..., 1]
    lightness = np.where(y > _EPSILON, 116 * np.cbrt(y) - 16, _KAPPA * y)
    u, v = _chromaticity(coordinates)
    return np.stack([lightness, 13 * lightness * (u - _U_WHITE), 13 * lightness * (v - _V_WHITE)], axis=-1)


def to_linear(cieluv: Array) -> Array:
    """Linear-light sRGB of CIELUV, not clipped."""
    lightness = cieluv[..., 0]
    scale = 13 * np.where(lightness == 0, 1, lightness)
    u = cieluv[..., 1] / scale + _U_WHITE
    v = cieluv[..., 2] / scale + _V_WHITE
    y = np.where(lightness > _KAPPA * _EPSILON, ((lightness + 16) / 116) ** 3, lightness / _KAPPA)
    return xyz.to_linear(np.stack([9 * u / (4 * v) * y, y, (12 - 3 * u - 20 * v) / (4 * v) * y], axis=-1))


register(Space("cieluv", ("L*", "u*", "v*"), from_linear, to_linear, "CIELUV, D65: the CIE's second space of 1976."))
