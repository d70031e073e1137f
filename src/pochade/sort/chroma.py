"""chroma: by how far a color is from gray."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("chroma")
def chroma(palette: Palette) -> Indices:
    """Gray to vivid, by the chroma of Oklab."""
    return np.argsort(np.hypot(*palette.oklab[:, 1:].T).round(6), kind="stable")  # grays are 0, but for rounding
