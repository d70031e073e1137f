"""lightness: by how light a color looks."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("lightness")
def lightness(palette: Palette) -> Indices:
    """Dark to light, by the lightness of Oklab; vivid colors count as lighter than by luminance."""
    return np.argsort(palette.oklab[:, 0], kind="stable")
