"""Jzazbz, for high dynamic range: lightness Jz, az (green to red) and bz (blue to yellow).

The model requires light in cd/m2. White of sRGB is 203 cd/m2, the reference white of ITU-R BT.2408; its Jz is 0.222, so
all coordinates are small. Within the sRGB gamut the inverse is exact. Far outside, where a cone signal is negative, the
signal is mirrored at 0; the model does not define this case.

References
----------
Muhammad Safdar, Guihua Cui, Youn Jin Kim and Ming Ronnier Luo, 2017: "Perceptually uniform color space for
image signals including high dynamic range and wide gamut", Optics Express 25(13). The transfer function is
SMPTE ST 2084, with an exponent p that the authors multiplied by 1.7.
"""

import numpy as np

from pochade.color import Array, xyz
from pochade.color.spaces import Space, register

_WHITE_LUMINANCE = 203.0  # cd/m2
_B, _G = 1.15, 0.66
_D, _D0 = -0.56, 1.6295499532821566e-11

# SMPTE ST 2084, with light relative to 10,000 cd/m2.
_C1, _C2, _C3 = 3424 / 2**12, 2413 / 2**7, 2392 / 2**7
_N, _P = 2610 / 2**14, 1.7 * 2523 / 2**5

_SKEWED_FROM_XYZ = np.array([[_B, 0, 1 - _B], [1 - _G, _G, 0], [0, 0, 1]])
_LMS_FROM_SKEWED = np.array(
    [
        [0.41478972, 0.579999, 0.0146480],
        [-0.2015100, 1.120649, 0.0531008],
        [-0.0166008, 0.264800, 0.6684799],
    ]
)
_LMS_FROM_LINEAR = _WHITE_LUMINANCE / 10000 * _LMS_FROM_SKEWED @ _SKEWED_FROM_XYZ @ xyz.XYZ_FROM_LINEAR
_LINEAR_FROM_LMS = np.linalg.inv(_LMS_FROM_LINEAR)
_IZAZBZ_FROM_SIGNAL = np.array(
    [
        [0.5, 0.5, 0],
        [3.524000, -4.066708, 0.542708],
        [0.199076, 1.096799, -1.295875],
    ]
)
_SIGNAL_FROM_IZAZBZ = np.linalg.inv(_IZAZBZ_FROM_SIGNAL)


def from_linear(linear: Array) -> Array:
    """Jzazbz of linear-light sRGB."""
    lms: Array = linear @ _LMS_FROM_LINEAR.T
    power = np.abs(lms) ** _N
    signal = np.copysign(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _P, lms)
    jzazbz: Array = signal @ _IZAZBZ_FROM_SIGNAL.T
    iz = jzazbz[..., 0]
    jzazbz[..., 0] = (1 + _D) * iz / (1 + _D * iz) - _D0
    return jzazbz


def to_linear(jzazbz: Array) -> Array:
    """Linear-light sRGB of Jzazbz, not clipped."""
    izazbz = jzazbz.copy()
    jz = jzazbz[..., 0] + _D0
    izazbz[..., 0] = jz / (1 + _D - _D * jz)
    signal: Array = izazbz @ _SIGNAL_FROM_IZAZBZ.T
    root = np.abs(signal) ** (1 / _P)
    power = np.maximum(root - _C1, 0) / (_C2 - _C3 * root)  # black may round to below 0
    linear: Array = np.copysign(power ** (1 / _N), signal) @ _LINEAR_FROM_LMS.T
    return linear


register(
    Space(
        "jzazbz",
        ("Jz", "az", "bz"),
        from_linear,
        to_linear,
        "Jzazbz: perceptually uniform up to high dynamic range.",
    )
)
