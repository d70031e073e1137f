"""chroma: by the distance from gray."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("chroma")
def chroma(palette: Palette) -> Indices:
    """Gray to vivid, by Oklab chroma."""
    return np.argsort(np.hypot(*palette.oklab[:, 1:].T).round(6), kind="stable")  # rounded, so that every gray has 0
