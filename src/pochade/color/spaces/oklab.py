"""Oklab: lightness 0..1 and, within sRGB, a -0.24..0.28 (green to red) and b -0.32..0.20 (blue to yellow).

References
----------
Björn Ottosson, 2020: "A perceptual color space for image processing", with the matrices of January 2021,
which the author recomputed from more precise sRGB primaries. Both forward matrices are as published. Their inverses are
computed in float64, because the ten digits of the published inverses would impair the round trip.
"""

import numpy as np

from pochade.color import Array
from pochade.color.spaces import Space, register

LMS_FROM_LINEAR = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OKLAB_FROM_ROOTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
LINEAR_FROM_LMS = np.linalg.inv(LMS_FROM_LINEAR)
ROOTS_FROM_OKLAB = np.linalg.inv(OKLAB_FROM_ROOTS)


def from_linear(linear: Array) -> Array:
    """Oklab of linear-light sRGB."""
    lms: Array = linear @ LMS_FROM_LINEAR.T
    oklab: Array = np.cbrt(lms, out=lms) @ OKLAB_FROM_ROOTS.T
    return oklab


def to_linear(oklab: Array) -> Array:
    """Linear-light sRGB of Oklab, not clipped."""
    roots = oklab @ ROOTS_FROM_OKLAB.T
    linear: Array = (roots * roots * roots) @ LINEAR_FROM_LMS.T
    return linear


register(
    Space(
        "oklab",
        ("L", "a", "b"),
        from_linear,
        to_linear,
        "Oklab: perceptually uniform in lightness, hue and chroma, and fast.",
    )
)
