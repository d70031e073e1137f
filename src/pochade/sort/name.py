"""name: by the alphabet."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("name")
def name(palette: Palette) -> Indices:
    """By the alphabet, capitals or not; by what `palette.names` says."""
    names = [name.casefold() for name in palette.names]
    return np.array(sorted(range(len(palette)), key=names.__getitem__), np.intp)
