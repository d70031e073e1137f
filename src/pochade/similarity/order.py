"""The order of pictures with similar neighbors."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pochade.errors import OptionError
from pochade.sort.smooth import shortest

STEPS = 1e6
"""The unit of distances: millionths of the largest, as integers, so the order is the same on every machine."""


def order(distances: ArrayLike) -> NDArray[np.intp]:
    """The order with the least sum of distances between neighbors; exact up to 12, approximate beyond.

    It begins at the end that comes first in `distances`, float64 (n, n), symmetric.

    Raises
    ------
    OptionError : `distances` is not such an array.

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
        raise OptionError("distances must be numbers (n, n), symmetric: give the result of distances().")
    largest = float(far.max(initial=0)) or 1.0
    path = shortest(np.rint(far / largest * STEPS).astype(np.int64))
    return path[::-1] if len(path) and path[0] > path[-1] else path
