"""birch: collect points in a tree of small clusters, then merge these."""

from __future__ import annotations  # a node contains nodes

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, methods
from pochade.cluster.boxes import means
from pochade.cluster.spread import centered
from pochade.option import Within

Floats = NDArray[np.float64]

REACH = 2.0
"""The most thresholds between a small cluster and a point that joins it: two points at this distance have exactly the
threshold as radius. The paper bounds the radius only, so a heavy color absorbs light ones at any distance."""

MIN_RADIUS_SHARE = 1e-6
"""The smallest radius, as a share of the spread: below it, float32 distances do not distinguish points."""


@methods.register("birch")
def birch(
    points: Points,
    weights: Weights,
    k: int,
    *,
    threshold: Annotated[float, Within(above=0, most=1_000_000)] = 0.1,
    branching_factor: Annotated[int, Within(2, 10_000)] = 50,
) -> Clusters:
    """BIRCH: collect the points in a tree of small clusters, and merge these to k by Ward's method.

    Each point descends the tree to the nearest small cluster. It joins if the cluster is near and its radius stays
    below the threshold; otherwise it starts another. Weights count in both steps.

    Parameters
    ----------
    threshold : the largest radius (root mean squared distance to the mean) of a small cluster, in units of the radius
        of all colors, so the same value serves in every space. It is halved until there are k small clusters.
    branching_factor : the number of entries of a node before it splits.

    References
    ----------
    Zhang, Ramakrishnan and Livny 1996, "BIRCH: an efficient data clustering method for very large databases"; Ward
    1963, "Hierarchical grouping to optimize an objective function".
    """
    about, _, spread = centered(points, weights)
    radius, few = threshold * spread, min(k, len(points))
    while True:
        gathered, held = gather(about, weights, radius, branching_factor)
        if len(gathered) >= few or radius < MIN_RADIUS_SHARE * spread:
            break
        radius /= 2
    merged = ward(gathered, held, k)
    nearest, _ = kernel.assign(about, gathered)
    used, among = np.unique(merged[nearest], return_inverse=True)  # rounding can leave a cluster without a point
    labels: NDArray[np.int32] = among.astype(np.int32)
    return Clusters(means(points, weights, labels, len(used)), labels)


@dataclass(slots=True)
class _Node:
    """A node of the tree. Each row 0..size-1 is a small cluster or, above the leaves, the sum of a child node.

    features : float64 (most + 1, 5), weight, sums of coordinates, and sum of squares. means : float64 (most + 1, 3).
    below : the child nodes of the rows, empty in a leaf.
    """

    features: Floats
    means: Points
    size: int = 0
    below: list[_Node] = field(default_factory=list)

    def put(self, i: int, feature: Floats) -> None:
        """Set row i, which may be the first free one."""
        self.features[i], self.means[i] = feature, feature[1:4] / feature[0]
        self.size = max(self.size, i + 1)


def _empty(most: int) -> _Node:
    return _Node(np.zeros((most + 1, 5)), np.zeros((most + 1, 3)))


def gather(points: Points, weights: Weights, radius: float, most: int) -> tuple[Points, Weights]:
    """The small clusters of the tree: means float64 (m, 3) and weights (m,), m at least 1."""
    root = _empty(most)
    features = np.column_stack([weights, weights[:, None] * points, weights * (points * points).sum(1)])
    for feature, point in zip(features, points, strict=True):
        other = _insert(root, feature, point, radius * radius)
        if other is not None:
            halves, root = [root, other], _empty(most)
            for half in halves:
                root.put(root.size, half.features[: half.size].sum(0))
                root.below.append(half)
    leaves = list(_leaves(root))
    held = np.concatenate([leaf.features[: leaf.size, 0] for leaf in leaves])
    return np.vstack([leaf.means[: leaf.size] for leaf in leaves]), held


def _insert(node: _Node, feature: Floats, point: Points, square: float) -> _Node | None:
    """Add a point. A node that overflows keeps one part of its rows and returns the other."""
    if not node.size:
        node.put(0, feature)
        return None
    away = node.means[: node.size] - point
    far = (away * away).sum(1)
    i = int(far.argmin())
    both = node.features[i] + feature
    if node.below:
        half = node.below[i]
        other = _insert(half, feature, point, square)
        if other is None:
            node.put(i, both)
            return None
        node.put(i, half.features[: half.size].sum(0))
        node.put(node.size, other.features[: other.size].sum(0))
        node.below.append(other)
    else:
        mass, x, y, z, squares = both.tolist()
        radius = squares / mass - (x * x + y * y + z * z) / (mass * mass)
        if radius <= square and far[i] <= REACH * REACH * square:
            node.put(i, both)
            return None
        node.put(node.size, feature)
    return _split(node) if node.size == len(node.features) else None


def _split(node: _Node) -> _Node:
    """Split a node at its two rows farthest apart; return the rows nearer to the second."""
    means, features, below = node.means.copy(), node.features.copy(), node.below
    apart = ((means[:, None] - means) ** 2).sum(2)
    one, two = np.unravel_index(apart.argmax(), apart.shape)
    stays = apart[one] < apart[two]
    stays[one] = True
    other = _empty(len(features) - 1)
    node.size, node.below = 0, []
    for i, stay in enumerate(stays.tolist()):
        half = node if stay else other
        half.put(half.size, features[i])
        if below:
            half.below.append(below[i])
    return other


def _leaves(node: _Node) -> Iterator[_Node]:
    """The leaves below a node, from the left."""
    if not node.below:
        yield node
    for below in node.below:
        yield from _leaves(below)


def ward(points: Points, weights: Weights, k: int) -> NDArray[np.int32]:
    """Merge points to k clusters, each time the two that increase the squared error least: labels, int32 (n,).

    The nearest neighbor of each cluster is stored. No merger reduces a distance, so only clusters whose nearest
    neighbor merged search again.
    """
    n = len(points)
    centers, mass = points.copy(), weights.copy()
    alive, group = np.ones(n, bool), np.arange(n)
    nearest, least = np.zeros(n, np.int64), np.full(n, np.inf)

    def look(i: int) -> None:
        away = centers - centers[i]
        cost = (away * away).sum(1) * (mass * mass[i] / (mass + mass[i]))
        cost[~alive] = cost[i] = np.inf
        nearest[i] = cost.argmin()
        least[i] = cost[nearest[i]]

    for i in range(n):
        look(i)
    for _ in range(n - k):
        a = int(least.argmin())
        b = int(nearest[a])
        centers[a] = (mass[a] * centers[a] + mass[b] * centers[b]) / (mass[a] + mass[b])
        mass[a] += mass[b]
        alive[b], least[b], group[group == b] = False, np.inf, a
        for i in {a, *np.flatnonzero(alive & ((nearest == a) | (nearest == b))).tolist()}:
            look(i)
    return np.unique(group, return_inverse=True)[1].astype(np.int32)
