"""Orders of a palette's colors: one a file, each a function from a palette to the indices of its colors in order."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.registry import NoFacts, Registry

if TYPE_CHECKING:
    from pochade.palette import Palette

__all__ = ["Indices", "Order", "orders", "sort"]

Indices = NDArray[np.intp]

Order = Callable[["Palette"], Indices]
"""A function of a palette: intp (m,), each index once. Colors that are equal in what it goes by stay as they were."""

orders: Registry[Order, NoFacts] = Registry("order", "pochade.sort")


def sort(palette: "Palette", by: str, *, reverse: bool = False) -> Indices:
    """The indices of a palette's colors in an order.

    Parameters
    ----------
    by : a registered name, "hue".
    reverse : the whole order the other way round.

    Raises
    ------
    UnknownNameError : there is no such order.
    OptionError : the palette lacks what it goes by.

    Examples
    --------
    >>> from pochade import Palette
    >>> sort(Palette.from_dict({"colors": ["#fff", "#000", "#888"]}), "lightness").tolist()
    [1, 2, 0]
    """
    found = orders[by](palette)
    return found[::-1] if reverse else found
