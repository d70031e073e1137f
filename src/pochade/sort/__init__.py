"""Orders of a palette's colors, one file each: functions from a palette to the sorted indices of its colors."""

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
"""A function from a palette to intp (m,), each index once. The sort is stable: equal colors keep their order."""

orders: Registry[Order, NoFacts] = Registry("order", "pochade.sort")


def sort(palette: "Palette", by: str, *, reverse: bool = False) -> Indices:
    """The indices of a palette's colors in an order.

    Parameters
    ----------
    by : a registered name, such as "hue".
    reverse : reverse the order.

    Raises
    ------
    UnknownNameError : no order has this name.
    OptionError : the palette lacks the data that the order needs.

    Examples
    --------
    >>> from pochade import Palette
    >>> sort(Palette.from_dict({"colors": ["#fff", "#000", "#888"]}), "lightness").tolist()
    [1, 2, 0]
    """
    indices = orders[by](palette)
    return indices[::-1] if reverse else indices
