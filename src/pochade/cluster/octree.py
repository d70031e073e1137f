"""octree: the color cube, halved along all coordinates at once."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Clusters, Points, Weights, methods
from pochade.cluster.boxes import means
from pochade.option import Within

DEEPEST = 20
"""Levels of which three bits each fit into 64."""


@methods.register("octree")
def octree(points: Points, weights: Weights, k: int, *, depth: Annotated[int, Within(1, DEEPEST)] = 8) -> Clusters:
    """Octree: cells of a cube are merged into the cell that is twice as large, the lightest first, down to k.

    The deepest cells go first, whatever they weigh. Gervautz and Purgathofer merge all of up to eight cells at once,
    and so may end with k - 7; here the last merger takes only as many, the lightest, as are too many.

    Parameters
    ----------
    depth : how often the cube about all points is halved, 1 to 20; 8 is one level for each bit of an 8-bit channel.

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
    """The cell of each point, numbered so that three bits fewer are the cell that it is in, int64 (n,)."""
    low = points.min(0)
    side = (points.max(0) - low).max()
    lattice = np.minimum((points - low) / (side or 1) * 2**depth, 2**depth - 1).astype(np.int64)
    cells = np.zeros(len(points), np.int64)
    for bit in reversed(range(depth)):
        for row in lattice.T:
            cells = cells << 1 | row >> bit & 1
    return cells


def _merged(parents: NDArray[np.int64], held: Weights, k: int) -> NDArray[np.int64]:
    """To which cell each goes, as one of theirs, int64 (m,): the lightest parents take theirs in, until k are left.

    parents : rising. held : the weights of the cells, not of the parents.
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
        spare = int(children[lightest[last]] - (k - left[last]))  # so many become one
        merged[family[np.argsort(held[family], kind="stable")[:spare]]] = family[held[family].argmin()]
    return merged
