"""name: alphabetical."""

import numpy as np

from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("name")
def name(palette: Palette) -> Indices:
    """Alphabetical, by `palette.names`; upper and lower case are equal."""
    names = [name.casefold() for name in palette.names]
    return np.array(sorted(range(len(palette)), key=names.__getitem__), np.intp)
