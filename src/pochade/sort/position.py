"""position: by the place in the picture."""

import numpy as np

from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("position")
def position(palette: Palette) -> Indices:
    """Left to right in the picture, then top to bottom; colors without a place (some kept colors) come last.

    Raises
    ------
    OptionError : no color has a place.
    """
    places = palette.positions
    if len(palette) and not any(places):
        raise OptionError(
            "the order 'position' needs places in the picture, and no color has one: choose another order."
        )
    return np.array(sorted(range(len(palette)), key=lambda i: places[i] or (np.inf, np.inf)), np.intp)
