"""lightness: by perceived lightness."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("lightness")
def lightness(palette: Palette) -> Indices:
    """Dark to light, by Oklab lightness; it ranks vivid colors higher than luminance does."""
    return np.argsort(palette.oklab[:, 0], kind="stable")
