"""Which shade of each color to take, so that all can stand together at the least cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.shades import Shades
from pochade.color import Array

Choice = NDArray[np.intp]
"""The number of a shade for each color: (m,)."""

NODES = 4000
"""So many branches are looked at before a search gives up proving that nothing is better: about a second."""

PATIENCE = 30
"""So many moves without an improvement, and the descent ends."""

TABU = 3
"""A color that was moved is left alone for so many moves, or the descent would go back and forth."""


def clashes(shades: Shades, choice: Choice) -> NDArray[np.bool_]:
    """The pairs of chosen shades that cannot stand together: bool (m, m)."""
    at = np.arange(len(choice))
    clash: NDArray[np.bool_] = ~shades.fits[at[:, None], choice[:, None], at, choice]
    return clash


def descend(shades: Shades) -> Choice:
    """A choice with few clashes and, among those seen, the least cost: a tabu search from the colors as they are.

    The best single move is made, one after another: that with the fewest clashes after it, then the least cost.
    """
    m, c = shades.cost.shape
    at, choice = np.arange(m), np.zeros(m, np.intp)
    free, best, found = np.zeros(m, int), (np.inf, np.inf), choice.copy()
    made = improved = 0
    while True:
        others = ~shades.fits[:, :, at, choice]  # (m, c, m): a shade against the others as they stand
        count = others.sum(-1)
        now = count[at, choice]
        score = int(now.sum()) // 2, float(shades.cost[at, choice].sum())
        if score < best:
            best, found, improved = score, choice.copy(), made
        if best[0] == 0 or made - improved >= PATIENCE:
            return found
        after = count - now[:, None] + score[0]
        cost = shades.cost - shades.cost[at, choice][:, None]
        allowed = np.isfinite(shades.cost) & (free <= made)[:, None] & (now > 0)[:, None]
        allowed[at, choice] = False
        if not allowed.any():
            made += 1
            continue
        fewest = allowed & (after == after[allowed].min())
        i, shade = divmod(int(np.where(fewest, cost, np.inf).argmin()), c)
        choice[i] = shade
        free[i] = made + 1 + TABU
        made += 1


@dataclass(slots=True)
class _Search:
    """A branch and bound over shades; `best` is what it has found, `nodes` how many branches it looked at."""

    shades: Shades
    together: Array
    best: Choice
    least: float
    nodes: int = 0

    def go(self, allowed: NDArray[np.bool_], fixed: NDArray[np.bool_]) -> None:
        """Try what is left of the shades; where the cheapest of each fit together, nothing below is cheaper."""
        self.nodes += 1
        if self.nodes > NODES:
            return
        cost = np.where(allowed, self.shades.cost, np.inf)
        cheapest = cost.argmin(1)
        least = cost[np.arange(len(cost)), cheapest]
        if not least.sum() + self._pairs(least, fixed) < self.least - 1e-9:
            return
        clash = clashes(self.shades, cheapest)
        if not clash.any():
            self.best, self.least = cheapest, float(least.sum())
            return
        i = int(np.where(fixed, -1, clash.sum(1)).argmax())
        for shade in np.argsort(cost[i], kind="stable").tolist():
            if not least.sum() - least[i] + cost[i, shade] < self.least - 1e-9:
                break
            left = allowed & self.shades.fits[i, shade]
            left[i] = False
            left[i, shade] = True
            if left.any(1).all():
                self.go(left, fixed | (np.arange(len(cost)) == i))

    def _pairs(self, least: Array, fixed: NDArray[np.bool_]) -> float:
        """What disjoint pairs of colors cost at least beyond the cheapest shade of each."""
        more = self.together - least[:, None] - least
        more[fixed] = more[:, fixed] = 0
        total = 0.0
        while True:
            worst = int(more.argmax())
            i, j = divmod(worst, len(least))
            if not more[i, j] > 1e-9:
                return total
            total += float(more[i, j])
            more[[i, j]] = more[:, [i, j]] = 0


def cheapest(shades: Shades, start: Choice) -> tuple[Choice, bool]:
    """The cheapest choice without a clash, and whether that is proven; `start` is one without a clash."""
    m = len(start)
    together = np.zeros((m, m))
    for i, j in np.argwhere(np.triu(clashes(shades, np.zeros(m, np.intp)))).tolist():
        pair = np.where(shades.fits[i, :, j], shades.cost[i][:, None] + shades.cost[j], np.inf)
        together[i, j] = together[j, i] = pair.min()
    search = _Search(shades, together, start, float(shades.cost[np.arange(m), start].sum()))
    search.go(np.isfinite(shades.cost), np.zeros(m, bool))
    return search.best, search.nodes <= NODES
