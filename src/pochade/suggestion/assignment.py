"""The cheapest assignment of a few rows to different columns, for many tables at once."""

import functools
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array

Table = NDArray[np.int64]


def assigned(costs: Array) -> tuple[Array, Table]:
    """The least sum of costs with a column of its own for every row, and the columns.

    Parameters
    ----------
    costs : float64 (s, f, m), f at most m; infinite where a column does not exist.

    Returns
    -------
    tuple : the sums, float64 (s,), and the column of each row, int64 (s, f).

    Notes
    -----
    The best cost of the first i rows is known for each set of i columns (Michael Held and Richard M. Karp, 1962); for
    10 columns these are at most 252 sets. Of equal costs the column with the smaller number counts.
    """
    s, f, m = costs.shape
    best, choices = np.zeros((s, 1)), []
    for row in range(f):
        last, before = _steps(m, row + 1)
        sums = best[:, before] + costs[:, row, :][:, last]
        choice = sums.argmin(2)
        choices.append(choice)
        best = np.take_along_axis(sums, choice[..., None], 2)[..., 0]
    at = best.argmin(1)
    total, columns = best[np.arange(s), at], np.empty((s, f), np.int64)
    for row in reversed(range(f)):
        last, before = _steps(m, row + 1)
        chosen = choices[row][np.arange(s), at]
        columns[:, row], at = last[at, chosen], before[at, chosen]
    return total, columns


@functools.cache
def _steps(m: int, size: int) -> tuple[Table, Table]:
    """For each set of `size` columns: each of its columns, and the number of the set without it."""
    number = {group: i for i, group in enumerate(combinations(range(m), size - 1))}
    groups = list(combinations(range(m), size))
    before = [[number[group[:i] + group[i + 1 :]] for i in range(size)] for group in groups]
    return np.array(groups, np.int64), np.array(before, np.int64)
