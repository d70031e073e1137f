"""The curves of encoded signals: from a signal, 0..1, to light.

Light of 1 is white. Of PQ, 1 is HDR reference white, 203 cd/m2, and light reaches 49.3. HLG gives the light of the
scene, 0..1; `encoding` makes it light of the display.

References
----------
ITU-T H.273 (2024), table 3. ITU-R BT.2100-2 (2018), tables 4 and 5. ITU-R BT.2408-8 (2024), 2.1: reference white.
"""

from collections.abc import Callable

import numpy as np

from pochade.color import Array
from pochade.color.srgb import decode_unit, encode_unit

WHITE_NITS = 203.0
"""HDR reference white in cd/m2: a white sheet of paper in the scene, or the white of a web page (BT.2408, 2.1)."""

Curve = str | tuple[float, float, float]
"""The name of one of CURVES, or the exponents of red, green and blue."""

_PQ_NITS = 10_000.0
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32

_HLG_A = 0.17883277
_HLG_B, _HLG_C = 1 - 4 * _HLG_A, 0.5 - _HLG_A * np.log(4 * _HLG_A)


def _linear(signal: Array) -> Array:
    return signal


def _camera(scale: float, cut: float, slope: float) -> Callable[[Array], Array]:
    """The inverse of a camera's curve: slope * light up to `cut`, above it scale * light ** 0.45 - (scale - 1)."""

    def curve(signal: Array) -> Array:
        power = (np.maximum(signal + scale - 1, 0) / scale) ** (1 / 0.45)
        return np.where(signal < slope * cut, signal / slope, power)

    return curve


def _logarithm(decades: float) -> Callable[[Array], Array]:
    return lambda signal: np.where(signal > 0, 10 ** (decades * (signal - 1)), 0.0)


def _power(exponent: float) -> Callable[[Array], Array]:
    return lambda signal: signal**exponent


def _cinema(signal: Array) -> Array:
    return 52.37 / 48 * signal**2.6


def _pq(signal: Array) -> Array:
    power = signal ** (1 / _M2)
    light: Array = (np.maximum(power - _C1, 0) / (_C2 - _C3 * power)) ** (1 / _M1) * (_PQ_NITS / WHITE_NITS)
    return light


def pq_signal(light: Array) -> Array:
    """The PQ signal, 0..1, of light; the inverse of the curve "pq"."""
    power = (light * (WHITE_NITS / _PQ_NITS)) ** _M1
    signal: Array = ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2
    return signal


_WHITE_CODE = 190 / 255
"""Leaves steps of 6 % of light above white, which the mapping to sRGB compresses further."""


def _reduced_pq(signal: Array) -> Array:
    above = (_PQ_NITS / WHITE_NITS) ** ((signal - _WHITE_CODE) / (1 - _WHITE_CODE))
    return np.where(signal <= _WHITE_CODE, decode_unit(signal / _WHITE_CODE), above)


def reduced_pq_signal(light: Array) -> Array:
    """The signal, 0..1, of light; the inverse of the curve "reduced PQ".

    8 bits of PQ have 148 codes up to white. This curve has 190, spaced as those of sRGB, for PQ of 16 bits.
    """
    share = np.log(np.maximum(light, 1)) / np.log(_PQ_NITS / WHITE_NITS)
    return np.where(light <= 1, encode_unit(light) * _WHITE_CODE, _WHITE_CODE + share * (1 - _WHITE_CODE))


def _hlg(signal: Array) -> Array:
    return np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - _HLG_C) / _HLG_A) + _HLG_B) / 12)


CURVES: dict[str, Callable[[Array], Array]] = {
    "sRGB": decode_unit,
    "linear": _linear,
    "BT.709": _camera(1.099296826809442, 0.018053968510807, 4.5),
    "SMPTE 240M": _camera(1.111572195921731, 0.022821585529445, 4.0),
    "gamma 2.2": _power(2.2),
    "gamma 2.8": _power(2.8),
    "logarithm 100:1": _logarithm(2),
    "logarithm 316:1": _logarithm(2.5),
    "SMPTE 428": _cinema,
    "PQ": _pq,
    "reduced PQ": _reduced_pq,
    "HLG": _hlg,
}

HDR = frozenset({"PQ", "reduced PQ", "HLG"})
