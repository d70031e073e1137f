"""Which tubes to buy: the sets of n tubes whose mixes come nearest to some colors, by look-up."""

import functools
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences
from pochade.paint.mixes import Mixes

MAX_LOOKUPS = 300_000_000
"""The most look-ups of an exact choice, about 1 s; beyond it the choice is greedy."""

MAX_CURVE_LOOKUPS = 20_000_000
"""The same for a point of the curve that nobody asked for."""

_BLOCK = 1 << 16
"""Sets of tubes in one block."""

Sets = NDArray[np.int64]
"""int64 (sets, j): tubes other than white, in ascending order."""


@dataclass(frozen=True)
class Choice:
    """Tubes, by their places in the box. difference : the weighted mean. is_exact : whether no other set is better."""

    tubes: tuple[int, ...]
    difference: float
    is_exact: bool


@dataclass(frozen=True, eq=False)
class Lookup:
    """The least difference of each color from the mixes of each small set of tubes.

    mixes : of the box. weights : float64 (colors,), of the colors, sum 1.
    with_white, without : for each number of tubes other than white, float64 (sets, colors); sets are ordered by `rank`.
    """

    mixes: Mixes
    weights: Array
    with_white: tuple[Array, ...]
    without: tuple[Array, ...]
    _choices: dict[tuple[int, tuple[int, ...]], Choice] = field(default_factory=dict, repr=False)

    @property
    def colorants(self) -> int:
        """The number of tubes other than white."""
        return self.mixes.tubes - 1

    def rows(self, sets: Sets, *, white: bool) -> Array:
        """The least difference of each color from the mixes of each set of tubes: float64 (sets, colors)."""
        tables = self.with_white if white else self.without
        size = sets.shape[1]
        if size < len(tables):
            return tables[size][rank(sets)]
        table = tables[-1]
        terms = [_binomials(self.colorants, i + 1)[sets] for i in range(len(tables) - 1)]
        best: Array = np.full((len(sets), table.shape[1]), np.inf)
        for places in itertools.combinations(range(size), len(tables) - 1):
            at = sum(term[:, place] for term, place in zip(terms, places, strict=True))
            np.minimum(best, table[at], out=best)
        return best

    def lookups(self, n: int, own: tuple[int, ...]) -> int:
        """The look-ups of an exact choice of n tubes."""
        free = self.mixes.tubes - len(own)
        each = sum(math.comb(n, r) for r in range(1, len(self.with_white)))
        return math.comb(free, n - len(own)) * each * len(self.weights)

    def choose(self, n: int, own: tuple[int, ...], limit: int = MAX_LOOKUPS) -> Choice:
        """The best n tubes, or, beyond a limit of look-ups, the best of a greedy search."""
        key = n, own
        known = self._choices.get(key)
        if known is None or (not known.is_exact and self.lookups(n, own) <= limit):
            search = self._exact if self.lookups(n, own) <= limit else self._greedy
            known = self._choices[key] = search(n, own)
        return known

    def curve(self, own: tuple[int, ...]) -> list[Choice]:
        """The best 1, 2, ... and all tubes; fewer than the own ones are the best of these.

        A point with too many look-ups adds one tube to those before it.
        """
        points: list[Choice] = []
        for n in range(1, self.mixes.tubes + 1):
            if n < len(own):
                choice = min((self._choice(set_, True) for set_ in itertools.combinations(own, n)), key=_by_difference)
            elif self.lookups(n, own) <= MAX_CURVE_LOOKUPS or (n, own) in self._choices:
                choice = self.choose(n, own, MAX_CURVE_LOOKUPS)
            else:
                choice = self._added(points[-1].tubes if points and n > len(own) else own[:-1], own)
            points.append(choice)
        return points

    def _choice(self, tubes: Sequence[int], is_exact: bool) -> Choice:
        white, sets = self._split([tuple(tubes)])
        return Choice(tuple(sorted(tubes)), float(self._means(self.rows(sets, white=white))[0]), is_exact)

    def _means(self, rows: Array) -> Array:
        """The weighted mean of each row; infinity if no mix exists."""
        means: Array = rows @ self.weights
        return means

    def _split(self, sets: Sequence[tuple[int, ...]]) -> tuple[bool, Sets]:
        """Whether white is in the sets, and their other tubes, numbered without white. White is in all or in none."""
        white = self.mixes.white
        tubes = np.array([[t - (t > white) for t in sorted(one) if t != white] for one in sets], np.int64)
        return white in sets[0], tubes.reshape(len(sets), -1)

    def _exact(self, n: int, own: tuple[int, ...]) -> Choice:
        white = self.mixes.white
        best, best_set, in_white = math.inf, list[int](), False
        own_colorants = np.array([t - (t > white) for t in own if t != white], np.int64)
        free = [t for t in range(self.colorants) if t not in own_colorants]
        for has_white in (True, False) if white not in own else (True,):
            more = n - has_white - len(own_colorants)
            if more < 0:
                continue
            combinations = itertools.combinations(free, more)
            while block := list(itertools.islice(combinations, _BLOCK)):
                sets = np.array(block, np.int64).reshape(len(block), more)
                sets = np.sort(np.hstack([sets, np.tile(own_colorants, (len(block), 1))]), axis=1)
                means = self._means(self.rows(sets, white=has_white))
                at = int(means.argmin())
                if means[at] < best:
                    best, best_set, in_white = float(means[at]), sets[at].tolist(), has_white
        tubes = [t + (t >= white) for t in best_set] + [white] * in_white
        return Choice(tuple(sorted(tubes)), best, True)

    def _greedy(self, n: int, own: tuple[int, ...]) -> Choice:
        """The best of greedy choices from each first tube: add the best until there are n, then swap while it helps."""
        starts = [own] if len(own) == n else [(*own, i) for i in range(self.mixes.tubes) if i not in own]
        ends: dict[frozenset[int], Choice] = {}
        grown: dict[frozenset[int], tuple[int, ...]] = {}
        for start in starts:
            tubes = frozenset(start)
            while len(tubes) < n:
                if tubes not in grown:
                    grown[tubes] = self._added(tuple(sorted(tubes)), own).tubes
                tubes = frozenset(grown[tubes])
            if tubes not in ends:
                ends[tubes] = self._swapped(self._choice(tuple(tubes), False), own)
        return min(ends.values(), key=_by_difference)

    def _added(self, tubes: tuple[int, ...], own: tuple[int, ...]) -> Choice:
        """The best set of these tubes and one more; the own tubes come first."""
        missing = [t for t in own if t not in tubes]
        free = missing[:1] or [t for t in range(self.mixes.tubes) if t not in tubes]
        return self._best([(*tubes, t) for t in free])

    def _best(self, sets: list[tuple[int, ...]]) -> Choice:
        """The best of some sets of the same number of tubes."""
        best = Choice(sets[0], math.inf, False)
        for has_white in (True, False):
            some = [one for one in sets if (self.mixes.white in one) == has_white]
            if some:
                means = self._means(self.rows(self._split(some)[1], white=has_white))
                at = int(means.argmin())
                if means[at] < best.difference:
                    best = Choice(tuple(sorted(some[at])), float(means[at]), False)
        return best

    def _swapped(self, choice: Choice, own: tuple[int, ...]) -> Choice:
        """The choice after every swap of one tube that helps."""
        while True:
            others = [t for t in range(self.mixes.tubes) if t not in choice.tubes]
            swaps = [
                (*(t for t in choice.tubes if t != old), new)
                for old in choice.tubes
                if old not in own
                for new in others
            ]
            best = self._best(swaps) if swaps else choice
            if best.difference >= choice.difference - 1e-9:
                return choice
            choice = best


def _by_difference(choice: Choice) -> tuple[float, tuple[int, ...]]:
    return choice.difference, choice.tubes


def rank(sets: Sets) -> NDArray[np.int64]:
    """The place of each set among all of its size: for a < b < c, a + b (b - 1) / 2 + c (c - 1) (c - 2) / 6.

    References
    ----------
    Edwin F. Beckenbach (editor), 1964: "Applied combinatorial mathematics", chapter 1 by D. H. Lehmer: the
    combinatorial number system.

    Examples
    --------
    >>> rank(np.array([[0, 1], [0, 2], [1, 2], [0, 3]])).tolist()
    [0, 1, 2, 3]
    """
    places = np.zeros(len(sets), np.int64)
    for i in range(sets.shape[1]):
        places += _binomials(int(sets.max(initial=0)) + 1, i + 1)[sets[:, i]]
    return places


@functools.cache
def _binomials(count: int, of: int) -> NDArray[np.int64]:
    """How many sets of `of` things there are among 0, 1, ... and count - 1 things: int64 (count,)."""
    return np.array([math.comb(things, of) for things in range(count)], np.int64)


@functools.lru_cache(maxsize=8)
def lookup(mixes: Mixes, targets: tuple[tuple[float, float, float], ...], weights: tuple[float, ...]) -> Lookup:
    """The look-up of some colors; the last few are kept, so that another n costs little.

    targets : CIELAB of each color. weights : of each, sum 1.
    """
    ciede2000 = differences["ciede2000"]
    goals = np.array(targets)
    most = len(mixes.groups)
    colorants = mixes.tubes - 1
    tables: dict[bool, list[Array]] = {
        white: [np.full((math.comb(colorants, size), len(goals)), np.inf) for size in range(min(most, colorants) + 1)]
        for white in (True, False)
    }
    for (tubes, white), measures, cielab in zip(mixes.colorants, mixes.parts, mixes.cielab, strict=True):
        if not len(measures):
            continue
        least = np.stack([ciede2000(cielab, goal).reshape(-1, len(measures)).min(axis=1) for goal in goals], axis=1)
        size = (tubes >= 0).sum(axis=1)
        for has_white, s in itertools.product((True, False), range(len(tables[True]))):
            chosen = (white == has_white) & (size == s)
            if chosen.any():
                np.minimum.at(tables[has_white][s], rank(tubes[chosen, :s]), least[chosen])
    _spread(tables, colorants)
    return Lookup(mixes, np.array(weights), tuple(tables[True]), tuple(tables[False]))


def _spread(tables: dict[bool, list[Array]], colorants: int) -> None:
    """Let each set have the mixes of its subsets too."""
    for white, size in itertools.product((False, True), range(len(tables[True]))):
        table = tables[white][size]
        if white:
            np.minimum(table, tables[False][size], out=table)
        if not size:
            continue
        sets = np.array(list(itertools.combinations(range(colorants), size)), np.int64)
        places = rank(sets)
        for gone in range(size):
            kept = [i for i in range(size) if i != gone]
            table[places] = np.minimum(table[places], tables[white][size - 1][rank(sets[:, kept])])
