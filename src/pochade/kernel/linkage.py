"""Trees of merged clusters: the NumPy twin of _linkage.pyx, and its specification.

A tree of n points is n - 1 pairs of points, int32 (n - 1, 2), and the heights at which their clusters merge, float64
(n - 1,). Pairs are in the order of the search, not of height. Distances are compared in float32, and the first of
equals wins, so both twins give the same tree.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.count import Floats

Singles = NDArray[np.float32]
Pairs = NDArray[np.int32]


def ward(points: Floats, weights: Floats) -> tuple[Pairs, Floats]:
    """The tree of Ward's method: each merger increases the sum of squared distances least. Heights are the increases.

    Nearest-neighbor chain over centers: points float64 (n, 3), weights float64 (n,). Memory is linear in n. Each
    neighbor is searched for among all clusters, 1.5 n^2 distances in all.
    References: Ward 1963, "Hierarchical grouping to optimize an objective function"; Murtagh 1983, "A survey of recent
    advances in hierarchical clustering algorithms" (the chain).
    """
    n = len(points)
    pairs, heights = np.empty((max(0, n - 1), 2), np.int32), np.empty(max(0, n - 1))
    centers, mass = points.copy(), weights * float(n)
    planes = np.vstack([points.T, mass]).astype(np.float32)  # of the clusters in `names`, which remain
    names, slots = list(range(n)), list(range(n))
    chain: list[int] = []
    steps: list[np.float32] = []
    for merged in range(n - 1):
        left = n - merged
        if not chain:
            chain, steps = [names[0]], [np.float32(np.inf)]
        while True:
            top, last = chain[-1], steps[-1]
            slot = slots[top]
            (x, y, z), w = planes[:3, :left] - planes[:3, slot, None], planes[3, :left]
            far = (x * x + y * y + z * z) * (w * w[slot] / (w + w[slot]))
            far[slot] = np.inf
            near = int(far.argmin())
            if len(chain) > 1 and not far[near] < last:
                break
            chain.append(names[near])
            steps.append(far[near])
            if len(chain) > n:
                chain, steps = [names[0]], [np.float32(np.inf)]
        a, b = chain[-2], chain[-1]
        del chain[-2:], steps[-2:]
        both = mass[a] + mass[b]
        apart = centers[a] - centers[b]
        pairs[merged] = a, b
        heights[merged] = mass[a] * mass[b] / both * (apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2])
        centers[a] = (mass[a] * centers[a] + mass[b] * centers[b]) / both
        mass[a] = both
        planes[:, slots[a]] = np.append(centers[a], both)
        _drop(planes, names, slots, b, left)
        chain, steps = _alive(chain, steps, slots)
    return pairs, heights


def _drop(planes: Singles, names: list[int], slots: list[int], gone: int, left: int) -> None:
    """Remove a cluster; the last of the `left` ones takes its slot."""
    slot, moved = slots[gone], names[left - 1]
    planes[:, slot] = planes[:, left - 1]
    names[slot], slots[moved], slots[gone] = moved, slot, -1


def _alive(chain: list[int], steps: list[np.float32], slots: list[int]) -> tuple[list[int], list[np.float32]]:
    """The chain, or an empty one if it contains a merged cluster, which rounding can let in twice."""
    return ([], []) if chain and slots[chain[-1]] < 0 else (chain, steps)


def spanning(points: Floats) -> tuple[Pairs, Floats]:
    """The minimum spanning tree of points, float64 (n, 3): that of single linkage. Heights are squared distances.

    It grows from the first point; memory is linear in n. Reference: Prim 1957, "Shortest connection networks and some
    generalizations".
    """
    n = len(points)
    pairs, heights = np.empty((max(0, n - 1), 2), np.int32), np.empty(max(0, n - 1))
    planes = points.T.astype(np.float32)
    far, source, names = np.full(n, np.inf, np.float32), np.zeros(n, np.int32), np.arange(n, dtype=np.int32)
    slot = 0
    for added in range(n - 1):
        name, one, left = names[slot], planes[:, slot].copy(), n - 1 - added
        for row in (*planes, far, source, names):
            row[slot] = row[left]
        x, y, z = planes[:, :left] - one[:, None]
        d = x * x + y * y + z * z
        closer = d < far[:left]
        source[:left][closer], far[:left][closer] = name, d[closer]
        slot = int(far[:left].argmin())
        pairs[added], heights[added] = (source[slot], names[slot]), far[slot]
    return pairs, heights


def linked(matrix: Singles, weights: Floats, linkage: str) -> tuple[Pairs, Floats]:
    """The tree of "average", "complete" or "single" linkage, from differences float32 (n, n), symmetric.

    Nearest-neighbor chain with the updates of Lance and Williams. Clusters count by weight, so average linkage is the
    mean over all pairs of pixels. Heights are differences. The matrix is overwritten.
    Reference: Lance and Williams 1967, "A general theory of classificatory sorting strategies: 1. Hierarchical
    systems".
    """
    n = len(matrix)
    pairs, heights = np.empty((max(0, n - 1), 2), np.int32), np.empty(max(0, n - 1))
    np.fill_diagonal(matrix, np.inf)
    mass = weights.astype(np.float64)
    names, slots = list(range(n)), list(range(n))
    chain: list[int] = []
    steps: list[np.float32] = []
    for merged in range(n - 1):
        left = n - merged
        if not chain:
            chain, steps = [names[0]], [np.float32(np.inf)]
        while True:
            row = matrix[slots[chain[-1]], :left]
            near = int(row.argmin())
            if len(chain) > 1 and not row[near] < steps[-1]:
                break
            chain.append(names[near])
            steps.append(row[near])
            if len(chain) > n:
                chain, steps = [names[0]], [np.float32(np.inf)]
        a, b, height = chain[-2], chain[-1], steps[-1]
        del chain[-2:], steps[-2:]
        pairs[merged], heights[merged] = (a, b), height
        i, j = slots[a], slots[b]
        one, other = matrix[i, :left], matrix[j, :left]
        if linkage == "average":
            share = np.float32(mass[a] / (mass[a] + mass[b]))
            row = share * one + (np.float32(1) - share) * other
        else:
            row = np.maximum(one, other) if linkage == "complete" else np.minimum(one, other)
        row[i] = np.inf
        matrix[i, :left] = matrix[:left, i] = row
        mass[a] += mass[b]
        matrix[j, :left] = matrix[left - 1, :left]
        matrix[:left, j] = matrix[:left, left - 1]
        matrix[j, j] = np.inf
        moved = names[left - 1]
        names[j], slots[moved], slots[b] = moved, j, -1
        chain, steps = _alive(chain, steps, slots)
    return pairs, heights
