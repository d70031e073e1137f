"""weight: by share of the picture."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("weight")
def weight(palette: Palette) -> Indices:
    """The largest share of the picture first."""
    return np.argsort(-palette.weights, kind="stable")
