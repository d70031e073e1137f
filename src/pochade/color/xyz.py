"""Convert linear-light sRGB to CIE XYZ (1931, 2 degrees) and back; D65, with Y = 1 for white.

The matrix follows from the primaries and the white point of IEC 61966-2-1. W3C, CSS Color Module Level 4, "Sample code
for color conversions", states it as these exact fractions.
"""

import numpy as np

from pochade.color import Array

XYZ_FROM_LINEAR = np.array(
    [
        [506752 / 1228815, 87881 / 245763, 12673 / 70218],
        [87098 / 409605, 175762 / 245763, 12673 / 175545],
        [7918 / 409605, 87881 / 737289, 1001167 / 1053270],
    ]
)
LINEAR_FROM_XYZ = np.linalg.inv(XYZ_FROM_LINEAR)

# D65, from its chromaticity in IEC 61966-2-1: x = 0.3127, y = 0.3290.
WHITE = np.array([0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290])


def from_linear(linear: Array) -> Array:
    """XYZ of linear-light sRGB."""
    xyz: Array = linear @ XYZ_FROM_LINEAR.T
    return xyz


def to_linear(xyz: Array) -> Array:
    """Linear-light sRGB of XYZ, not clipped."""
    linear: Array = xyz @ LINEAR_FROM_XYZ.T
    return linear
