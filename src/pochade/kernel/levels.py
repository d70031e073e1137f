"""The perceptual levels of a channel, the sides of the bins.

The 64 levels are equal steps of the mean of the sRGB code and the cube root of linear light, so neighboring bins differ
about equally to the eye from black to white. Against k-means over all pixels in Oklab they cost 0.06 to 0.34
(Oklab x 100); 32 equal levels of the code cost up to 2.7. No level spans more than 5 codes.
"""

import numpy as np
from numpy.typing import NDArray

LEVELS = 64


def linear_of_codes() -> NDArray[np.float64]:
    """Linear light, 0..1, of each of the 256 codes (IEC 61966-2-1)."""
    srgb = np.arange(256) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


LINEAR: NDArray[np.float64] = linear_of_codes()
LEVEL: NDArray[np.uint8] = np.minimum(LEVELS - 1, LEVELS * (np.cbrt(LINEAR) + np.arange(256) / 255) / 2).astype(
    np.uint8
)
"""uint8 (256,): the level of each code, 0..63."""

FIRST: NDArray[np.uint8] = np.searchsorted(LEVEL, LEVEL).astype(np.uint8)
"""uint8 (256,): the lowest code in the level of each code."""
