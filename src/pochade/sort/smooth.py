"""smooth: each color beside those that it is like.

It is the traveling salesman's problem of an open path. Up to 12 colors it is solved (Held and Karp 1962, "A dynamic
programming approach to sequencing problems", Journal of the SIAM 10(1)). Beyond, paths that always go on to the nearest
color are begun at each of them, and the best are mended until no turning of a stretch (2-opt: Croes 1958, "A method for
solving traveling-salesman problems", Operations Research 6(6)) and no moving of one to three colors (Or 1976) gains.

Differences are whole millionths, so that sums are exact, and equal ways equal on every machine.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.palette import Palette
from pochade.sort import Indices, orders
from pochade.sort.luminance import luminance

EXACT = 12
"""Colors up to which the best way is found: 12 take 8 ms, and each more twice as long."""

TRIED = 1024
"""Colors in all the ways that are mended: every way of 32 colors, 0.1 s; four ways of 256, a second."""

Whole = NDArray[np.int64]


@orders.register("smooth")
def smooth(palette: Palette) -> Indices:
    """Each color beside its like: the least total difference (CIEDE2000) between neighbors; from the darker end on.

    Exact up to 12 colors.
    """
    by_code = np.lexsort(palette.srgb.T)  # so that the order they had cannot matter
    linear = decode(palette.srgb[by_code])
    away = differences["ciede2000"].of_linear(linear[:, None], linear[None])
    found = by_code[shortest(np.rint(away * 1e6).astype(np.int64))]
    if len(palette) > 1 and (rank := np.argsort(luminance(palette)))[found[0]] > rank[found[-1]]:
        found = found[::-1]
    return found


def shortest(away: Whole) -> Indices:
    """The order of the shortest way past all: exact up to 12, else the best that was found.

    Parameters
    ----------
    away : int64 (m, m), symmetric, 0 to itself.
    """
    if len(away) < 3:
        return np.arange(len(away))
    return _exact(away) if len(away) <= EXACT else _found(away)


def _exact(away: Whole) -> Indices:
    """Held and Karp: the shortest way through each set of colors to each of its members, sets of one size at a time."""
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
    way = [int(length[left].argmin())]
    while len(way) < m:
        left ^= 1 << way[-1]
        way.append(int((length[left] + away[way[-1]]).argmin()))
    return np.array(way, np.intp)


def _found(away: Whole) -> Indices:
    starts = _greedy(away)
    lengths = np.array([_length(away, way) for way in starts])
    tried = np.argsort(lengths, kind="stable")[: TRIED // len(away) + 1]
    best = [_mended(away, starts[i]) for i in tried]
    return min(best, key=lambda way: _length(away, way))


def _length(away: Whole, way: Indices) -> int:
    return int(away[way[:-1], way[1:]].sum())


def _greedy(away: Whole) -> Indices:
    """From each color on, always to the nearest that is left: (m, m), a way a row."""
    m = len(away)
    ways = np.empty((m, m), np.intp)
    here = np.arange(m)
    left = ~np.eye(m, dtype=bool)
    for step in range(m):
        ways[:, step] = here
        here = np.where(left, away[here], np.iinfo(np.int64).max).argmin(1)
        left[np.arange(m), here] = False
    return ways


def _mended(away: Whole, way: Indices) -> Indices:
    """The way after every change that makes it shorter, the best one each time."""
    while True:
        changed = min((_turned(away, way), *(_moved(away, way, n) for n in (1, 2, 3))), key=lambda found: found[0])
        if changed[0] >= 0:
            return way
        way = changed[1]


def _turned(away: Whole, way: Indices) -> tuple[int, Indices]:
    """What turning the best stretch gains, below 0, and the way after it; stretches may reach to the ends."""
    m = len(way)
    ends = np.pad(away[np.ix_(way, way)], 1)  # beyond the ends of the way is nothing, 0 from all
    step = np.diagonal(ends, 1)
    gain = ends[:-2, 1:-1] + ends[1:-1, 2:] - step[:-1, None] - step[None, 1:]  # [i, j]: of i to j, both included
    gain = np.where(np.triu(np.ones((m, m), bool), 1), gain, 0)
    i, j = divmod(int(gain.argmin()), m)
    return int(gain[i, j]), np.concatenate([way[:i], way[i : j + 1][::-1], way[j + 1 :]])


def _moved(away: Whole, way: Indices, n: int) -> tuple[int, Indices]:
    """What moving the best n neighbors elsewhere, turned or not, gains, below 0, and the way after it."""
    m = len(way)
    ends = np.pad(away[np.ix_(way, way)], 1)
    step = np.diagonal(ends, 1)
    first = np.arange(1, m - n + 2)
    last = first + n - 1
    taken = ends[first - 1, last + 1] - step[first - 1] - step[last]
    gap = np.arange(m + 1)  # between gap and gap + 1
    straight = ends[gap, first[:, None]] + ends[last[:, None], gap + 1]
    turned = ends[gap, last[:, None]] + ends[first[:, None], gap + 1]
    gain = np.stack([straight, turned]) - step[gap] + taken[:, None]
    gain[:, (gap >= first[:, None] - 1) & (gap <= last[:, None])] = 0
    side, at, into = np.unravel_index(int(gain.argmin()), gain.shape)
    start = int(at)
    rest = np.concatenate([way[:start], way[start + n :]])
    piece = way[start : start + n][:: -1 if side else 1]
    cut = int(into) if into <= start else int(into) - n
    return int(gain[side, at, into]), np.concatenate([rest[:cut], piece, rest[cut:]])
