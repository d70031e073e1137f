"""The color spaces of CSS with primaries or a white point of their own: from linear-light sRGB, and back.

References
----------
W3C, CSS Color Module Level 4: the primaries and transfer functions of the predefined spaces, and the linear Bradford
transform between the white points D65 and D50.
"""

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pochade.color import Array, xyz
from pochade.color.spaces import spaces
from pochade.color.srgb import decode_unit, encode_unit

# Chromaticities x, y: red, green, blue, white.
_D65 = (0.3127, 0.3290)
_D50 = (0.3457, 0.3585)
_P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65)
_A98 = ((0.6400, 0.3300), (0.2100, 0.7100), (0.1500, 0.0600), _D65)
_REC2020 = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65)
_PROPHOTO = ((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105), _D50)

# XYZ to the cone responses of Bradford.
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])

_A98_GAMMA = 563 / 256
_REC2020_GAMMA = 2.4
"""ITU-R BT.1886's display curve, which CSS adopted in 2025. Before, CSS used the camera curve of BT.2020."""


Point = tuple[float, float]
"""The chromaticity x, y (CIE 1931, 2 degrees)."""


class Predefined(NamedTuple):
    """A space of color(): functions on float64 (3,) from linear-light sRGB, not clipped, and back."""

    from_linear: Callable[[Array], Array]
    to_linear: Callable[[Array], Array]


def to_srgb_matrix(red: Point, green: Point, blue: Point, white: Point) -> Array:
    """The matrix, float64 (3, 3), from light in other primaries to linear-light sRGB, by the chromaticities x, y.

    Raises
    ------
    ValueError : no light has these primaries and this white.
    """
    points = np.array([red, green, blue, white])
    if not (np.isfinite(points).all() and (points[:, 1] != 0).all()):
        raise ValueError("a chromaticity is not finite, or its y is 0")
    try:
        matrix = _to_xyz((red, green, blue, white))
    except np.linalg.LinAlgError:
        raise ValueError("the primaries lie on a line") from None
    gain = (_BRADFORD @ xyz.WHITE) / (_BRADFORD @ _xyz(white))
    adapted: Array = xyz.LINEAR_FROM_XYZ @ np.linalg.solve(_BRADFORD, gain[:, None] * (_BRADFORD @ matrix))
    return adapted


def cielab_d50(linear: Array) -> Array:
    """CIELAB for D50, as lab() has it, from the color whose D65 XYZ has the same ratios to its white."""
    return spaces["cielab"].from_linear(xyz.to_linear(_xyz_d50(linear) / _xyz(_D50) * xyz.WHITE))


def from_cielab_d50(lab: Array) -> Array:
    """Linear-light sRGB, not clipped: the inverse."""
    return _from_xyz_d50(xyz.from_linear(spaces["cielab"].to_linear(lab)) / xyz.WHITE * _xyz(_D50))


def _wide(
    primaries: tuple[tuple[float, float], ...],
    encode: Callable[[Array], Array],
    decode: Callable[[Array], Array],
    *,
    d50: bool = False,
) -> Predefined:
    """An RGB space with other primaries. Its transfer functions are extended below 0 as odd functions."""

    def from_linear(linear: Array) -> Array:
        start = _xyz_d50(linear) if d50 else xyz.from_linear(linear)
        light = np.linalg.solve(_to_xyz(primaries), start)
        coded: Array = np.copysign(encode(np.abs(light)), light)
        return coded

    def to_linear(coded: Array) -> Array:
        light = _to_xyz(primaries) @ np.copysign(decode(np.abs(coded)), coded)
        return _from_xyz_d50(light) if d50 else xyz.to_linear(light)

    return Predefined(from_linear, to_linear)


@functools.cache
def _to_xyz(primaries: tuple[tuple[float, float], ...]) -> Array:
    """The matrix from an RGB space to XYZ, from the chromaticities of its primaries and its white."""
    *corners, white = (_xyz(point) for point in primaries)
    columns = np.stack(corners, axis=1)
    matrix: Array = columns * np.linalg.solve(columns, white)
    return matrix


def _xyz(point: tuple[float, float]) -> Array:
    """XYZ of a chromaticity, with Y = 1."""
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _xyz_d50(linear: Array) -> Array:
    """XYZ for D50, by Bradford's adaptation from D65."""
    gain = (_BRADFORD @ _xyz(_D50)) / (_BRADFORD @ xyz.WHITE)
    adapted: Array = np.linalg.solve(_BRADFORD, gain * (_BRADFORD @ xyz.from_linear(linear)))
    return adapted


def _from_xyz_d50(adapted: Array) -> Array:
    """Linear-light sRGB: the inverse."""
    gain = (_BRADFORD @ xyz.WHITE) / (_BRADFORD @ _xyz(_D50))
    return xyz.to_linear(np.linalg.solve(_BRADFORD, gain * (_BRADFORD @ adapted)))


def _encode_prophoto(light: Array) -> Array:
    return np.where(light >= 1 / 512, light ** (1 / 1.8), 16 * light)


def _decode_prophoto(coded: Array) -> Array:
    return np.where(coded >= 16 / 512, coded**1.8, coded / 16)


def _same(values: Array) -> Array:
    return values


PREDEFINED: dict[str, Predefined] = {
    "srgb": Predefined(encode_unit, decode_unit),
    "srgb-linear": Predefined(_same, _same),
    "display-p3": _wide(_P3, encode_unit, decode_unit),
    "display-p3-linear": _wide(_P3, _same, _same),
    "a98-rgb": _wide(_A98, lambda light: light ** (1 / _A98_GAMMA), lambda coded: coded**_A98_GAMMA),
    "prophoto-rgb": _wide(_PROPHOTO, _encode_prophoto, _decode_prophoto, d50=True),
    "rec2020": _wide(_REC2020, lambda light: light ** (1 / _REC2020_GAMMA), lambda coded: coded**_REC2020_GAMMA),
    "xyz": Predefined(xyz.from_linear, xyz.to_linear),
    "xyz-d50": Predefined(_xyz_d50, _from_xyz_d50),
    "xyz-d65": Predefined(xyz.from_linear, xyz.to_linear),
}
"""The spaces of color(), by their CSS names."""
