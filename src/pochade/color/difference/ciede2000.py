"""CIEDE2000.

References
----------
Gaurav Sharma, Wencheng Wu and Edul N. Dalal, 2005: "The CIEDE2000 color-difference formula: implementation
notes, supplementary test data, and mathematical observations", Color Research and Application 30(1). Symbols
are theirs, with p for a prime. The parametric factors k_C and k_H are 1, and k_L is an option.

The computation differs from the paper in form, not in value. Hues are vectors: the mean hue is their bisector, the hue
difference follows from the distance and the chroma difference, and the weight of the mean hue is a polynomial in its
cosine and sine. So a pair needs only one arc tangent. Opposite hues have no bisector; `_opposite` applies the paper's
rule. Arrays are overwritten in place, because allocating memory would take longer than the arithmetic.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import Difference, register

_POW25_7 = 25.0**7
_DEGREE = np.pi / 180

# Hues that differ from opposite by less than this, in radians, count as opposite: rounding determines their bisector.
_NEARLY_OPPOSITE = 1e-12

# T = 1 - 0.17 cos(h - 30) + 0.24 cos 2h + 0.32 cos(3h + 6) - 0.20 cos(4h - 63) is, by the
# multiple-angle formulas, P(cos h) + sin h Q(cos h); coefficients from the highest power down.
_COS_6, _SIN_6 = float(np.cos(6 * _DEGREE)), float(np.sin(6 * _DEGREE))
_COS_30, _SIN_30 = float(np.cos(30 * _DEGREE)), float(np.sin(30 * _DEGREE))
_COS_63, _SIN_63 = float(np.cos(63 * _DEGREE)), float(np.sin(63 * _DEGREE))
_P = (
    -1.6 * _COS_63,
    1.28 * _COS_6,
    0.48 + 1.6 * _COS_63,
    -0.17 * _COS_30 - 0.96 * _COS_6,
    0.76 - 0.2 * _COS_63,
)
_Q = (-1.6 * _SIN_63, -1.28 * _SIN_6, 0.8 * _SIN_63, 0.32 * _SIN_6 - 0.17 * _SIN_30)


def ciede2000(a: Array, b: Array, *, lightness: float = 1.0) -> Array:
    """CIEDE2000: the standard for small differences, in common use for all; 1 is just visible.

    Parameters
    ----------
    lightness : k_L, the divisor of lightness differences; the textile industry uses 2.
    """
    if a.ndim == b.ndim == 1:
        one: Array = ciede2000(a[None], b, lightness=lightness)[0]
        return one
    a, b = np.atleast_2d(a, b)  # in-place operations need arrays, not scalars
    L1, a1, b1 = a[..., 0], a[..., 1], a[..., 2]
    L2, a2, b2 = b[..., 0], b[..., 1], b[..., 2]
    stretch = _saturating((_length(a1, b1) + _length(a2, b2)) / 2)
    stretch *= -0.5
    stretch += 1.5  # 1 + G
    a1p, a2p = a1 * stretch, a2 * stretch
    C1p, C2p = _length(a1p, b1), _length(a2p, b2)

    x, y, size, turn = _mean_hue(a1p, b1, C1p, a2p, b2, C2p)

    dC = C2p - C1p
    dH = a1p
    dH -= a2p
    dH *= dH
    dH += (b2 - b1) ** 2
    dH -= dC * dC
    np.sqrt(np.maximum(dH, 0, out=dH), out=dH)
    np.copysign(dH, turn, out=dH)

    Cp = C1p
    Cp += C2p
    Cp /= 2
    weight = _hue_weight(x / size, y / size)
    weight *= Cp
    weight *= 0.015
    weight += 1
    dH /= weight
    dC /= 0.045 * Cp + 1
    rotation = _rotation(x, y, Cp)
    rotation *= dC
    rotation += dH
    rotation *= dH  # dH^2 + R_T dC dH
    dC *= dC
    rotation += dC
    rotation += _lightness(L1, L2) / lightness**2
    return np.sqrt(np.maximum(rotation, 0, out=rotation), out=rotation)


def _mean_hue(
    a1p: Array, b1: Array, C1p: Array, a2p: Array, b2: Array, C2p: Array
) -> tuple[Array, Array, Array, Array]:
    """A vector x, y in the direction of the mean hue, its length, and a number with the sign of the hue difference."""
    x, y = a1p * C2p, b1 * C2p
    x += a2p * C1p
    y += b2 * C1p
    turn = a1p * b2
    turn -= a2p * b1
    size = _length(x, y)
    opposite = size <= _NEARLY_OPPOSITE * C1p * C2p
    if opposite.any():
        x, y, turn = _opposite(opposite, x, y, turn, a1p, b1, a2p, b2)
        size = np.where(opposite, _length(x, y), size)
        size[size == 0] = 1  # one color is gray: the hue difference is 0, so the mean hue has no effect
    return x, y, size, turn


def _length(x: Array, y: Array) -> Array:
    squared = x * x
    squared += y * y
    return np.sqrt(squared, out=squared)


def _saturating(C: Array) -> Array:
    """sqrt(C^7 / (C^7 + 25^7)): 0 for gray, 1 for vivid."""
    power = C * C
    power *= power * power
    power *= C
    power /= power + _POW25_7
    return np.sqrt(power, out=power)


def _lightness(L1: Array, L2: Array) -> Array:
    """The squared lightness term."""
    from_50 = (L1 + L2) / 2
    from_50 -= 50
    from_50 *= from_50
    scale = np.sqrt(from_50 + 20)
    np.divide(from_50, scale, out=scale)
    scale *= 0.015
    scale += 1
    term: Array = (L2 - L1) / scale
    term *= term
    return term


def _hue_weight(cosine: Array, sine: Array) -> Array:
    """T of the mean hue."""
    even, odd = _polynomial(_P, cosine), _polynomial(_Q, cosine)
    odd *= sine
    even += odd
    return even


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    value = coefficients[0] * x
    for coefficient in coefficients[1:-1]:
        value += coefficient
        value *= x
    value += coefficients[-1]
    return value


def _rotation(x: Array, y: Array, Cp: Array) -> Array:
    """R_T: the rotation of the tolerance ellipses of blue."""
    h = np.arctan2(-y, -x)
    h += np.pi  # 0 to a full turn: the formula's distance from 275 degrees does not wrap around
    h -= 275 * _DEGREE
    h /= 25 * _DEGREE
    h *= h
    np.exp(np.negative(h, out=h), out=h)
    h *= 60 * _DEGREE
    np.sin(h, out=h)
    h *= _saturating(Cp)
    h *= -2
    return h


def _opposite(
    opposite: NDArray[np.bool_], x: Array, y: Array, turn: Array, a1p: Array, b1: Array, a2p: Array, b2: Array
) -> tuple[Array, Array, Array]:
    """Mean hue and turn, replaced for opposite hues: a quarter turn after the smaller hue."""
    full_turn = 2 * np.pi
    first_smaller = np.mod(np.arctan2(b1, a1p), full_turn) < np.mod(np.arctan2(b2, a2p), full_turn)
    x = np.where(opposite, -np.where(first_smaller, b1, b2), x)
    y = np.where(opposite, np.where(first_smaller, a1p, a2p), y)
    return x, y, np.where(opposite, np.where(first_smaller, 1.0, -1.0), turn)


register(Difference("ciede2000", "cielab", ciede2000))
