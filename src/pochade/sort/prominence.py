"""prominence: the order of extract()."""

import numpy as np

from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("prominence")
def prominence(palette: Palette) -> Indices:
    """The most prominent first, the order of `extract()`; only for extracted palettes.

    Raises
    ------
    OptionError : the palette was loaded or copied, so its original order is unknown.
    """
    if palette.origin is None:
        raise OptionError(
            "the order 'prominence' needs the histogram of the picture, which this palette lacks: it was loaded or "
            "copied, or comes from extract_many(). Keep its order, or choose another one."
        )
    return np.argsort(palette.origin.indices(palette.srgb), kind="stable")
