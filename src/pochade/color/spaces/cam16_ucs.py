"""CAM16-UCS: lightness J' 0..100, a' (green to red) and b' (blue to yellow), for viewing on a screen.

The viewing conditions are those of IEC 61966-2-1 for sRGB: white D65; ambient light of 64 lux on a gray background of
20 %, hence an adapting luminance of 64 / pi / 5 cd/m2; average surround. The illuminant is not discounted, so white is
not quite neutral: a' = -1.9, b' = -1.1. The model is defined, and its inverse exact, for real colors, which include
the sRGB gamut.

References
----------
Changjun Li, Zhiqiang Li, Zhifeng Wang, Yang Xu, Ming Ronnier Luo, Guihua Cui, Manuel Melgosa, Michael H.
Brill and Michael Pointer, 2017: "Comprehensive color solutions: CAM16, CAT16, and CAM16-UCS", Color Research
and Application 42(6). Nico Schlömer, 2018: "Algorithmic improvements for the CIECAM02 and CAM16 color appearance
models", shows that the 0.1 added to each response cancels everywhere except in one denominator, which keeps 0.305.
"""

import numpy as np

from pochade.color import Array, xyz
from pochade.color.spaces import Space, register

_ADAPTING_LUMINANCE = 64 / np.pi / 5  # cd/m2
_BACKGROUND = 0.2  # of white
_F, _C, _N_C = 1.0, 0.69, 1.0  # average surround

_N_BB = 0.725 * _BACKGROUND**-0.2  # and N_cb
_Z = 1.48 + _BACKGROUND**0.5
_D = _F * (1 - np.exp((-_ADAPTING_LUMINANCE - 42) / 92) / 3.6)
_K4 = (5 * _ADAPTING_LUMINANCE + 1) ** -4
_F_L = _K4 * _ADAPTING_LUMINANCE + 0.1 * (1 - _K4) ** 2 * (5 * _ADAPTING_LUMINANCE) ** (1 / 3)
_CHROMA_SCALE = (1.64 - 0.29**_BACKGROUND) ** 0.73 * _F_L**0.25  # of M, after t^0.9 and sqrt(J / 100)
_T_SCALE = 50000 / 13 * _N_C * _N_BB
_C1, _C2 = 0.007, 0.0228  # of UCS

_CAT16 = np.array(
    [
        [0.401288, 0.650173, -0.051461],
        [-0.250268, 1.204414, 0.045854],
        [-0.002079, 0.048952, 0.953127],
    ]
)
_CONES_OF_WHITE = _CAT16 @ xyz.WHITE
# Linear light to adapted cone responses, multiplied by F_L / 100 for a white of 100.
_CONES_FROM_LINEAR = _F_L * (_D / _CONES_OF_WHITE + 1 - _D)[:, None] * _CAT16 @ xyz.XYZ_FROM_LINEAR
_LINEAR_FROM_CONES = np.linalg.inv(_CONES_FROM_LINEAR)

# Rows: achromatic p_2, red-green a, yellow-blue b. Then the sum in the denominator of t, from the responses and from
# those three.
_OPPONENT_FROM_RESPONSE = np.array([[2, 1, 1 / 20], [1, -12 / 11, 1 / 11], [1 / 9, 1 / 9, -2 / 9]])
_RESPONSE_FROM_OPPONENT = np.linalg.inv(_OPPONENT_FROM_RESPONSE)
_SUM_FROM_RESPONSE = np.array([1, 1, 21 / 20])
_SUM_FROM_OPPONENT = _SUM_FROM_RESPONSE @ _RESPONSE_FROM_OPPONENT


def _compress(cones: Array) -> Array:
    power: Array = np.abs(cones) ** 0.42
    return np.copysign(400 * power / (power + 27.13), cones)


def _expand(response: Array) -> Array:
    size: Array = np.abs(response)
    cones: Array = np.copysign((27.13 * size / (400 - size)) ** (1 / 0.42), response)
    return cones


_P2_OF_WHITE = float(_OPPONENT_FROM_RESPONSE[0] @ _compress(_CONES_FROM_LINEAR.sum(axis=1)))


def _t_factor(h: Array) -> Array:
    """Ratio of t to the saturation of the opponent signal at a hue in radians: the scaled eccentricity of the hue."""
    factor: Array = _T_SCALE * (np.cos(h + 2) + 3.8) / 4
    return factor


def from_linear(linear: Array) -> Array:
    """CAM16-UCS of linear-light sRGB."""
    response = _compress(linear @ _CONES_FROM_LINEAR.T)
    p2, a, b = np.moveaxis(response @ _OPPONENT_FROM_RESPONSE.T, -1, 0)
    h = np.arctan2(b, a)
    t = _t_factor(h) * np.hypot(a, b) / (response @ _SUM_FROM_RESPONSE + 0.305)
    lightness = (np.maximum(p2, 0) / _P2_OF_WHITE) ** (_C * _Z)  # J / 100; black may round to below 0
    colorfulness = t**0.9 * np.sqrt(lightness) * _CHROMA_SCALE
    radius = np.log1p(_C2 * colorfulness) / _C2
    stretched = (1 + 100 * _C1) * 100 * lightness / (1 + 100 * _C1 * lightness)
    return np.stack([stretched, radius * np.cos(h), radius * np.sin(h)], axis=-1)


def to_linear(cam16_ucs: Array) -> Array:
    """Linear-light sRGB of CAM16-UCS, not clipped; black if J' is 0."""
    stretched, x, y = np.moveaxis(cam16_ucs, -1, 0)
    lightness = stretched / (1 + 100 * _C1 - _C1 * stretched) / 100
    colorfulness = np.expm1(_C2 * np.hypot(x, y)) / _C2
    h = np.arctan2(y, x)
    dark = lightness == 0
    t = np.where(dark, 0, colorfulness / (np.sqrt(np.where(dark, 1, lightness)) * _CHROMA_SCALE)) ** (1 / 0.9)
    p2 = _P2_OF_WHITE * lightness ** (1 / (_C * _Z))
    along, across = np.cos(h), np.sin(h)
    _, of_a, of_b = _SUM_FROM_OPPONENT  # the coefficient of p_2 is 1
    saturation = t * (p2 + 0.305) / (_t_factor(h) - t * (of_a * along + of_b * across))
    opponent = np.stack([p2, saturation * along, saturation * across], axis=-1)
    linear: Array = _expand(opponent @ _RESPONSE_FROM_OPPONENT.T) @ _LINEAR_FROM_CONES.T
    return linear


register(
    Space(
        "cam16-ucs",
        ("J'", "a'", "b'"),
        from_linear,
        to_linear,
        "CAM16-UCS: the CIE's model of color appearance.",
    )
)
