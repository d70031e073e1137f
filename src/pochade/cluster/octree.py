"""octree: the color cube, halved along all coordinates at once."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Clusters, Points, Weights, methods
from pochade.cluster.boxes import means
from pochade.option import Within

MAX_DEPTH = 20
"""The most levels: three bits each, in 64 bits."""


@methods.register("octree")
def octree(points: Points, weights: Weights, k: int, *, depth: Annotated[int, Within(1, MAX_DEPTH)] = 8) -> Clusters:
    """Octree: merge the cells of a cube into cells twice as large, the lightest first, until k are left.

    The deepest cells merge first. Gervautz and Purgathofer merge all of up to eight cells at once, and so can end with
    k - 7. Here the last merger takes only the lightest ones, as many as needed.

    Parameters
    ----------
    depth : the number of halvings of the cube around all points, 1 to 20; 8 is one for each bit of an 8-bit channel.

    References
    ----------
    Gervautz and Purgathofer 1988, "A simple method for color quantization: octree quantization".
    """
    keys, labels = np.unique(_cells(points, depth), return_inverse=True)
    while len(keys) > k:
        held = np.bincount(labels, weights, len(keys)).astype(np.float64)
        merged = _merged(keys >> 3, held, k)
        _, first, inverse = np.unique(merged, return_index=True, return_inverse=True)
        keys, labels = keys[first] >> 3, inverse[labels]
    found: NDArray[np.int32] = labels.astype(np.int32)
    return Clusters(means(points, weights, found, len(keys)), found)


def _cells(points: Points, depth: int) -> NDArray[np.int64]:
    """The number of each point's cell, int64 (n,); dropping three bits gives the parent cell."""
    low = points.min(0)
    side = (points.max(0) - low).max()
    lattice = np.minimum((points - low) / (side or 1) * 2**depth, 2**depth - 1).astype(np.int64)
    cells = np.zeros(len(points), np.int64)
    for bit in reversed(range(depth)):
        for row in lattice.T:
            cells = cells << 1 | row >> bit & 1
    return cells


def _merged(parents: NDArray[np.int64], held: Weights, k: int) -> NDArray[np.int64]:
    """The cell that each cell merges into, int64 (m,): cells of the lightest parents merge until k are left.

    parents : the parent of each cell, rising. held : the weights of the cells.
    """
    first = np.flatnonzero(np.diff(parents, prepend=-1))
    children = np.diff(first, append=len(parents))
    lightest = np.argsort(np.add.reduceat(held, first), kind="stable")
    left = len(parents) - np.cumsum(children[lightest] - 1)
    merged = np.arange(len(parents))
    last = int(np.argmax(left <= k)) if left[-1] <= k else len(left)
    for parent in lightest[:last]:
        merged[first[parent] : first[parent] + children[parent]] = first[parent]
    if last < len(left):
        family = first[lightest[last]] + np.arange(children[lightest[last]])
        spare = int(children[lightest[last]] - (k - left[last]))  # the number of cells to merge into one
        merged[family[np.argsort(held[family], kind="stable")[:spare]]] = family[held[family].argmin()]
    return merged
