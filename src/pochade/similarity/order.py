"""Pictures in an order in which neighbors look alike."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pochade.errors import OptionError
from pochade.sort.smooth import shortest

STEPS = 1e6
"""Distances are counted in millionths of the largest, so that sums are exact and the order is the same everywhere."""


def order(distances: ArrayLike) -> NDArray[np.intp]:
    """The order in which the sum of distances between neighbors is least; exact up to 12, else the best found.

    It is begun at the end that comes first in `distances`, float64 (n, n), symmetric.

    Raises
    ------
    OptionError : it is no such array.

    Examples
    --------
    >>> order(np.array([[0.0, 9.0, 1.0], [9.0, 0.0, 8.0], [1.0, 8.0, 0.0]])).tolist()
    [0, 2, 1]
    """
    try:
        far = np.asarray(distances, np.float64)
    except (TypeError, ValueError):
        far = np.zeros(1)
    if far.ndim != 2 or not np.isfinite(far).all() or not np.array_equal(far, far.T):
        raise OptionError("distances must be numbers (n, n), the same both ways: give what distances() answers.")
    largest = float(far.max(initial=0)) or 1.0
    way = shortest(np.rint(far / largest * STEPS).astype(np.int64))
    return way[::-1] if len(way) and way[0] > way[-1] else way
