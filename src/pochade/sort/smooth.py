"""smooth: similar colors side by side.

This is the traveling salesman problem for an open path. Up to 12 colors the solution is exact (Held and Karp 1962, "A
dynamic programming approach to sequencing problems", Journal of the SIAM 10(1)). For more colors, a nearest-neighbor
path starts at each color; the shortest of these paths are improved until no reversal of a segment (2-opt: Croes 1958,
"A method for solving traveling-salesman problems", Operations Research 6(6)) and no move of one to three colors (Or
1976) shortens them.

Differences are integers, in millionths, so sums and ties are the same on every machine.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.palette import Palette
from pochade.sort import Indices, orders
from pochade.sort.luminance import luminance

MAX_EXACT = 12
"""The most colors for the exact solution: 12 take 8 ms, and each further color doubles the time."""

MAX_IMPROVED = 1024
"""Total colors of the paths that are improved: every path of 32 colors, 0.1 s; four paths of 256, a second."""

Whole = NDArray[np.int64]


@orders.register("smooth")
def smooth(palette: Palette) -> Indices:
    """Similar colors side by side: the least total CIEDE2000 between neighbors; the darker end first.

    Exact up to 12 colors.
    """
    by_code = np.lexsort(palette.srgb.T)  # the result does not depend on the input order
    linear = decode(palette.srgb[by_code])
    away = differences["ciede2000"].of_linear(linear[:, None], linear[None])
    path = by_code[shortest(np.rint(away * 1e6).astype(np.int64))]
    if len(palette) > 1 and (rank := np.argsort(luminance(palette)))[path[0]] > rank[path[-1]]:
        path = path[::-1]
    return path


def shortest(away: Whole) -> Indices:
    """The order of the shortest path through all colors: exact up to 12, approximate beyond.

    Parameters
    ----------
    away : int64 (m, m), the differences: symmetric, 0 on the diagonal.
    """
    if len(away) < 3:
        return np.arange(len(away))
    return _exact(away) if len(away) <= MAX_EXACT else _approximate(away)


def _exact(away: Whole) -> Indices:
    """Held and Karp: the shortest path through each set of colors to each of its members, by rising size of the set."""
    m = len(away)
    sets = np.arange(1 << m)
    members = (sets[:, None] >> np.arange(m) & 1).astype(bool)
    size = members.sum(1)
    length = np.full((1 << m, m), np.iinfo(np.int64).max // 2)
    length[1 << np.arange(m), np.arange(m)] = 0
    for s in range(2, m + 1):
        whole, last = np.nonzero(members & (size == s)[:, None])
        length[whole, last] = (length[whole ^ (1 << last)] + away[last]).min(1)
    left = (1 << m) - 1
    path = [int(length[left].argmin())]
    while len(path) < m:
        left ^= 1 << path[-1]
        path.append(int((length[left] + away[path[-1]]).argmin()))
    return np.array(path, np.intp)


def _approximate(away: Whole) -> Indices:
    starts = _greedy(away)
    lengths = np.array([_length(away, path) for path in starts])
    shortest_first = np.argsort(lengths, kind="stable")[: MAX_IMPROVED // len(away) + 1]
    improved = [_improve(away, starts[i]) for i in shortest_first]
    return min(improved, key=lambda path: _length(away, path))


def _length(away: Whole, path: Indices) -> int:
    return int(away[path[:-1], path[1:]].sum())


def _greedy(away: Whole) -> Indices:
    """The nearest-neighbor path from each color: intp (m, m), one path per row."""
    m = len(away)
    paths = np.empty((m, m), np.intp)
    here = np.arange(m)
    left = ~np.eye(m, dtype=bool)
    for step in range(m):
        paths[:, step] = here
        here = np.where(left, away[here], np.iinfo(np.int64).max).argmin(1)
        left[np.arange(m), here] = False
    return paths


def _improve(away: Whole, path: Indices) -> Indices:
    """The path after the best change, repeated while one shortens it."""
    while True:
        changes = (_reverse(away, path), *(_move(away, path, n) for n in (1, 2, 3)))
        gain, changed = min(changes, key=lambda change: change[0])
        if gain >= 0:
            return path
        path = changed


def _reverse(away: Whole, path: Indices) -> tuple[int, Indices]:
    """The change of length, at most 0, by the best reversal of a segment, and the new path."""
    m = len(path)
    ends = np.pad(away[np.ix_(path, path)], 1)  # a segment may reach the ends: 0 to the padding
    step = np.diagonal(ends, 1)
    gain = (
        ends[:-2, 1:-1] + ends[1:-1, 2:] - step[:-1, None] - step[None, 1:]
    )  # [i, j]: for the segment i to j, both included
    gain = np.where(np.triu(np.ones((m, m), bool), 1), gain, 0)
    i, j = divmod(int(gain.argmin()), m)
    return int(gain[i, j]), np.concatenate([path[:i], path[i : j + 1][::-1], path[j + 1 :]])


def _move(away: Whole, path: Indices, n: int) -> tuple[int, Indices]:
    """The change of length, at most 0, by the best move of n neighbors, reversed or not, and the new path."""
    m = len(path)
    ends = np.pad(away[np.ix_(path, path)], 1)
    step = np.diagonal(ends, 1)
    first = np.arange(1, m - n + 2)
    last = first + n - 1
    removed = ends[first - 1, last + 1] - step[first - 1] - step[last]
    gap = np.arange(m + 1)  # between gap and gap + 1
    straight = ends[gap, first[:, None]] + ends[last[:, None], gap + 1]
    reversed_ = ends[gap, last[:, None]] + ends[first[:, None], gap + 1]
    gain = np.stack([straight, reversed_]) - step[gap] + removed[:, None]
    gain[:, (gap >= first[:, None] - 1) & (gap <= last[:, None])] = 0
    side, at, into = np.unravel_index(int(gain.argmin()), gain.shape)
    start = int(at)
    rest = np.concatenate([path[:start], path[start + n :]])
    piece = path[start : start + n][:: -1 if side else 1]
    cut = int(into) if into <= start else int(into) - n
    return int(gain[side, at, into]), np.concatenate([rest[:cut], piece, rest[cut:]])
