"""The different colors of an option, in the forms in which a caller writes them."""

from typing import Any

import numpy as np

from pochade.extraction.preference.preference import Codes
from pochade.palette.written import Colors, read_every_color

__all__ = ["Colors", "read_colors", "read_every_color"]


def read_colors(name: str, given: Any) -> Codes | None:
    """The different colors of an option, uint8 (n, 3); None stays None.

    Raises
    ------
    OptionError, UnknownNameError : a value is no color; the message starts with `name`.
    """
    if given is None:
        return None
    different = dict.fromkeys(map(tuple, read_every_color(name, given).tolist()))
    return np.array(list(different), np.uint8).reshape(-1, 3)
