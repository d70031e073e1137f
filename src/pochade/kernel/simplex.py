"""Optimal transport by the network simplex: the twin of _simplex.pyx, and its specification.

All numbers are integers, so the result is exact and the same on every machine, and the search ends. Shares are in units
of 2^-48; costs are in units of 2^-40 of the least power of two above the highest.

References
----------
George B. Dantzig, 1951: "Application of the simplex method to a transportation problem". The basis is a spanning tree
of rows and columns; the first one takes each row's cheapest columns. Alex Orden, 1956: "The transhipment problem",
Management Science 2(3), describes the perturbation: each supply is a little larger, and the last demand absorbs the
excess. So every step gains, and no two arcs become empty at once. The perturbation is in the lower `SPARE` bits.
"""

import math

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.count import Floats

SHARES = 48
"""Bits of a share: 2^-48 is 4e-15."""

SPARE = 14
"""Lower bits for the perturbation; with those of a share they fit into 63."""

PRICE = 40
"""Bits of a cost; a path through the tree has at most 2^14 arcs."""

LARGEST = 2 ** (SPARE - 1) - 1
"""The most rows or columns."""

REFUSED = "weights must be at least 0 and have a sum above 0, and costs be finite and at least 0."


def transport(a: Floats, b: Floats, costs: Floats) -> Floats:
    """The flows with the least sum of flow x cost: float64 (m, n); its rows sum to a, its columns to b.

    At most m + n - 1 of the flows are not 0.
    a : float64 (m,). b : float64 (n,). Both at least 0; they are divided by their sums.
    costs : float64 (m, n), finite, at least 0.

    Raises
    ------
    ValueError : shapes that do not match, a sum of 0, a weight or cost that is negative or not finite, or more than
        8,191 rows or columns.

    Examples
    --------
    >>> transport(np.array([0.5, 0.5]), np.array([0.25, 0.75]), np.array([[0.0, 1.0], [1.0, 0.0]])).tolist()
    [[0.25, 0.25], [0.0, 0.5]]
    """
    m, n = len(a), len(b)
    if costs.shape != (m, n) or not 0 < m <= LARGEST or not 0 < n <= LARGEST:
        raise ValueError(f"costs must be (len(a), len(b)), of 1 to {LARGEST} each.")
    if not ((costs >= 0) & (costs < math.inf)).all():
        raise ValueError(REFUSED)
    supply = [(share << SPARE) + 1 for share in _whole(a)]
    demand = [share << SPARE for share in _whole(b)]
    used = [j for j in range(n) if demand[j]]
    demand = [demand[j] for j in used]
    demand[-1] += m
    exponent = math.frexp(float(costs.max()))[1]
    prices = np.rint(costs[:, used] * 2.0 ** -max(exponent, -1022) * 2.0**PRICE).astype(np.int64)
    tree = _Tree(supply, demand, prices)
    tree.improve()
    flow = np.zeros((m, n))
    for node in range(1, m + len(used)):
        i, j = sorted((node, tree.parent[node]))
        flow[i, used[j - m]] = math.ldexp((tree.flow[node] + (1 << SPARE - 1)) >> SPARE, -SHARES)
    return flow


def fares(a: Floats, b: Floats, ends: NDArray[np.int64], costs: Floats, turned: NDArray[np.uint8]) -> Floats:
    """The least cost of transport from one set to each of many, the sum of flow x cost: float64 (n,).

    a : float64 (m,). b : float64, the weights of all sets in sequence. ends : int64 (n,), the end of each set in b.
    costs : float64 (m, len(b)). turned : (n,), 1 for transport from that set to a: of several optimal flows another may
    result, whose sum differs in the last bit.

    Raises
    ------
    ValueError : as by `transport`.

    Examples
    --------
    >>> costs = np.array([[4.0, 0.0, 7.0]])
    >>> fares(np.array([1.0]), np.array([1.0, 3.0, 1.0]), np.array([2, 3]), costs, np.zeros(2, np.uint8))
    array([1., 7.])
    """
    sets = np.split(np.arange(len(b)), ends[:-1]) if len(ends) else []
    if not all(0 < len(at) <= LARGEST for at in sets):
        raise ValueError(f"a set must have 1 to {LARGEST} weights.")
    if costs.shape != (len(a), len(b)) or sum(len(at) for at in sets) != len(b) or (len(ends) and ends[-1] != len(b)):
        raise ValueError(f"costs must be (len(a), len(b)), of 1 to {LARGEST} each.")
    if len(turned) != len(ends):
        raise ValueError("turned must be as long as ends.")
    out = np.empty(len(sets))
    for t, at in enumerate(sets):
        prices = costs[:, at].T if turned[t] else costs[:, at]
        flow = transport(b[at], a, prices) if turned[t] else transport(a, b[at], prices)
        out[t] = np.cumsum(flow * prices)[-1]  # added one by one, in order
    return out


def straight(points: Floats, others: Floats) -> Floats:
    """The straight distances between two sets of points, float64 (m, 3) and (n, 3): float64 (m, n).

    Examples
    --------
    >>> straight(np.array([[0.0, 3.0, 0.0]]), np.array([[0.0, 0.0, 4.0], [0.0, 3.0, 0.0]]))
    array([[5., 0.]])
    """
    if points.shape[1] != 3 or others.shape[1] != 3:
        raise ValueError("points must be (n, 3).")
    with np.errstate(over="ignore", invalid="ignore"):
        x, y, z = np.moveaxis(points[:, None] - others, 2, 0)
        far: Floats = np.sqrt(x * x + y * y + z * z)
    return far


def _whole(weights: Floats) -> list[int]:
    """Shares in units; the largest one absorbs the rounding error."""
    total = float(np.cumsum(weights)[-1])  # added one by one, in order
    if not (weights >= 0).all() or not 0 < total < math.inf:
        raise ValueError(REFUSED)
    shares = [int(share) for share in np.rint(weights / total * 2.0**SHARES)]
    shares[int(np.argmax(weights))] += 2**SHARES - sum(shares)
    return shares


class _Tree:
    """A basis, a tree whose root is row 0: rows are nodes 0 to m - 1, columns are nodes m to m + n - 1.

    Each other node has a parent, the flow between the two, and a potential; children are linked lists.
    """

    def __init__(self, supply: list[int], demand: list[int], prices: np.ndarray[tuple[int, int], np.dtype[np.int64]]):
        self.m, self.prices = len(supply), prices
        nodes = self.m + len(demand)
        self.parent, self.depth, self.flow = [-1] * nodes, [0] * nodes, [0] * nodes
        self.child, self.next, self.previous = [-1] * nodes, [-1] * nodes, [-1] * nodes
        self.potential = np.zeros(nodes, np.int64)  # in the basis, a price is the sum of the row's and the column's
        self._hang(self._cheapest(supply, demand), nodes)

    def _cheapest(self, supply: list[int], demand: list[int]) -> list[tuple[int, int, int]]:
        """The cells of a first basis (row, column, flow): row by row, the cheapest columns with remaining demand."""
        left = demand.copy()
        cells = []
        for i, rest in enumerate(supply):
            while rest:
                open_ = np.where(np.array(left, np.int64) > 0, self.prices[i], np.iinfo(np.int64).max)
                j = int(open_.argmin())
                moved = min(rest, left[j])
                rest -= moved
                left[j] -= moved
                cells.append((i, j, moved))
        return cells

    def _hang(self, cells: list[tuple[int, int, int]], nodes: int) -> None:
        """Build the tree from row 0. The last column of every row but the last has demand left for a later row."""
        beside: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
        for i, j, flow in reversed(cells):
            beside[i].append((self.m + j, flow))
            beside[self.m + j].append((i, flow))
        stack = [0]
        while stack:
            node = stack.pop()
            for other, flow in beside[node]:
                if other != self.parent[node]:
                    self._adopt(other, node)
                    self.flow[other] = flow
                    self.depth[other] = self.depth[node] + 1
                    self.potential[other] = self._price(node, other) - self.potential[node]
                    stack.append(other)

    def _price(self, one: int, other: int) -> int:
        i, j = (one, other) if one < other else (other, one)
        return int(self.prices[i, j - self.m])

    def _adopt(self, node: int, parent: int) -> None:
        self.parent[node] = parent
        self.previous[node], self.next[node] = -1, self.child[parent]
        if self.next[node] >= 0:
            self.previous[self.next[node]] = node
        self.child[parent] = node

    def _leave(self, node: int) -> None:
        before, after = self.previous[node], self.next[node]
        if before >= 0:
            self.next[before] = after
        else:
            self.child[self.parent[node]] = after
        if after >= 0:
            self.previous[after] = before

    def improve(self) -> None:
        """Row by row, add the cell that saves most to the basis, until none saves."""
        i, without = 0, 0
        while without < self.m:
            saved = self.prices[i] - self.potential[self.m :]
            j = int(saved.argmin())
            change = int(saved[j] - self.potential[i])
            if change < 0:
                self._take_in(i, self.m + j, change)
                without = 0
            else:
                without += 1
            i = i + 1 if i + 1 < self.m else 0

    def _take_in(self, row: int, column: int, change: int) -> None:
        """Send as much flow as possible round the cycle that the cell closes, and remove the arc that becomes empty."""
        emptied, left_of_row = -1, True
        x, y = row, column
        while x != y:  # flow out of rows shrinks on the path up from the row, flow into columns on that from the column
            on_row = self.depth[x] >= self.depth[y]
            node = x if on_row else y
            if (node < self.m) == on_row and (emptied < 0 or self.flow[node] < self.flow[emptied]):
                emptied, left_of_row = node, on_row
            if on_row:
                x = self.parent[x]
            else:
                y = self.parent[y]
        moved = self.flow[emptied]
        for start, on_row in ((row, True), (column, False)):
            while start != x:
                self.flow[start] += -moved if (start < self.m) == on_row else moved
                start = self.parent[start]
        if left_of_row:
            self._rehang(row, column, emptied, moved, change)
        else:
            self._rehang(column, row, emptied, moved, change)

    def _rehang(self, node: int, parent: int, last: int, flow: int, change: int) -> None:
        """Make `node` the top of the subtree below `last`, and attach it to `parent`."""
        top = node
        while True:
            above, through = self.parent[node], self.flow[node]
            self._leave(node)
            self._adopt(node, parent)
            self.flow[node] = flow
            if node == last:
                break
            node, parent, flow = above, node, through
        stack = [top]
        while stack:
            node = stack.pop()
            self.depth[node] = self.depth[self.parent[node]] + 1
            self.potential[node] += change if (node < self.m) == (top < self.m) else -change
            child = self.child[node]
            while child >= 0:
                stack.append(child)
                child = self.next[child]
