"""Bayer's ordered dither.

References
----------
Bayer 1973, "An optimum method for two-level rendition of continuous-tone pictures", IEEE ICC 1.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.quantization.dither import Dither, register


def mask() -> NDArray[np.uint8]:
    """The 4 x 4 mask: uint8, 0..15, each once."""
    two = np.array([[0, 2], [3, 1]])
    return (4 * np.tile(two, (2, 2)) + np.kron(two, np.ones((2, 2), np.int64))).astype(np.uint8)


register(
    Dither("bayer", "A pattern of crosses, the same in every frame: animations keep still, files small.", mask=mask)
)
