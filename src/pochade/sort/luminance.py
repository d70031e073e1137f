"""luminance: by relative luminance, as in contrast ratios."""

import numpy as np

from pochade.color import xyz
from pochade.color.srgb import decode
from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("luminance")
def luminance(palette: Palette) -> Indices:
    """Dark to light, by relative luminance, which contrast ratios use."""
    return np.argsort(xyz.from_linear(decode(palette.srgb))[:, 1], kind="stable")
