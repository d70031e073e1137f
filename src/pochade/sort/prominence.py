"""prominence: as extract() answers."""

import numpy as np

from pochade.errors import OptionError
from pochade.palette import Palette
from pochade.sort import Indices, orders


@orders.register("prominence")
def prominence(palette: Palette) -> Indices:
    """The most telling first, as `extract()` answers; for palettes that still know how they were made.

    Raises
    ------
    OptionError : the palette was loaded or copied; what order its colors once had is not known.
    """
    if palette.origin is None:
        raise OptionError(
            "the order 'prominence' needs what the palette was made of, which is gone: it was loaded or copied, not "
            "extracted, or it is of extract_many(). Keep it as it is, or give another order."
        )
    return np.argsort(palette.origin.indices(palette.srgb), kind="stable")
