"""prominence: the order in which a viewer would name the colors."""

import numpy as np

from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("prominence")
def prominence(palette: Palette) -> Indices:
    """The most prominent first; only for extracted palettes.

    Raises
    ------
    OptionError : a color was not extracted, so its prominence is unknown.
    """
    rank = [color.prominence for color in palette]
    if None in rank:
        raise OptionError(
            "the order 'prominence' is known for extracted colors only, and this palette was loaded or made by hand: "
            "keep its order, or choose another one."
        )
    return np.argsort(-np.array(rank, np.float64), kind="stable")
