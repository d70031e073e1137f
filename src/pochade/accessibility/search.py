"""The search for one shade per color without clashes at the least cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.accessibility.shades import Shades
from pochade.color import Array

Choice = NDArray[np.intp]
"""The index of a shade for each color: intp (m,)."""

MAX_NODES = 4000
"""The most nodes that a search visits before it gives up the proof: about a second."""

MAX_MOVES_WITHOUT_GAIN = 30
"""The descent ends after so many moves without an improvement."""

TABU_MOVES = 3
"""The moves for which a moved color stays fixed; this prevents cycles."""


def clashes(shades: Shades, choice: Choice) -> NDArray[np.bool_]:
    """The pairs of chosen shades that clash: bool (m, m)."""
    at = np.arange(len(choice))
    clash: NDArray[np.bool_] = ~shades.fits[at[:, None], choice[:, None], at, choice]
    return clash


def descend(shades: Shades) -> Choice:
    """The choice with the fewest clashes, then the least cost, of a tabu search from the unchanged colors.

    Each step makes the best single move: the fewest clashes, then the least cost.
    """
    m, c = shades.cost.shape
    at, choice = np.arange(m), np.zeros(m, np.intp)
    free, best, best_choice = np.zeros(m, int), (np.inf, np.inf), choice.copy()
    moves = improved = 0
    while True:
        others = ~shades.fits[:, :, at, choice]  # (m, c, m): each shade against the current choice
        count = others.sum(-1)
        now = count[at, choice]
        score = int(now.sum()) // 2, float(shades.cost[at, choice].sum())
        if score < best:
            best, best_choice, improved = score, choice.copy(), moves
        if best[0] == 0 or moves - improved >= MAX_MOVES_WITHOUT_GAIN:
            return best_choice
        after = count - now[:, None] + score[0]
        cost = shades.cost - shades.cost[at, choice][:, None]
        allowed = np.isfinite(shades.cost) & (free <= moves)[:, None] & (now > 0)[:, None]
        allowed[at, choice] = False
        if not allowed.any():
            moves += 1
            continue
        fewest = allowed & (after == after[allowed].min())
        i, shade = divmod(int(np.where(fewest, cost, np.inf).argmin()), c)
        choice[i] = shade
        free[i] = moves + 1 + TABU_MOVES
        moves += 1


@dataclass(slots=True)
class _Search:
    """A branch and bound over shades. best : the cheapest choice so far, of cost `least`. nodes : the nodes visited."""

    shades: Shades
    together: Array
    best: Choice
    least: float
    nodes: int = 0

    def go(self, allowed: NDArray[np.bool_], fixed: NDArray[np.bool_]) -> None:
        """Search the allowed shades; if the cheapest of each color fit together, no descendant is cheaper."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
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
        """A lower bound of the extra cost of disjoint pairs of colors over the cheapest shade of each."""
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
    """The cheapest choice without clashes, and whether this is proven; `start` has no clashes."""
    m = len(start)
    together = np.zeros((m, m))
    for i, j in np.argwhere(np.triu(clashes(shades, np.zeros(m, np.intp)))).tolist():
        pair = np.where(shades.fits[i, :, j], shades.cost[i][:, None] + shades.cost[j], np.inf)
        together[i, j] = together[j, i] = pair.min()
    search = _Search(shades, together, start, float(shades.cost[np.arange(m), start].sum()))
    search.go(np.isfinite(shades.cost), np.zeros(m, bool))
    return search.best, search.nodes <= MAX_NODES
