"""Agglomerative clustering: merge the two nearest clusters until k are left."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, DifferenceName, Points, Weights, methods
from pochade.cluster.pairwise import cells, centers, measured
from pochade.color.spaces import Space
from pochade.errors import OptionError


@methods.register("agglomerative")
def agglomerative(
    points: Points,
    weights: Weights,
    k: int,
    *,
    colors: Points,
    space: Space,
    linkage: Literal["ward", "average", "complete", "single"] = "ward",
    difference: DifferenceName = None,
) -> Clusters:
    """Hierarchical clustering from the bottom up: each step to a smaller k merges two colors and moves no other.

    Each color counts with its pixels, so the result is the same as for clustering single pixels.

    Parameters
    ----------
    linkage : the distance of two clusters. "ward": the increase of the squared distances; "average": the mean over all
        pairs of pixels; "complete": the farthest pair; "single": the nearest pair.
    difference : the color difference; None for the straight distance in the space. Ward's method needs a straight
        distance. CIE94 and CMC depend on the order of the two colors; their mean over both orders counts.

    References
    ----------
    Ward 1963, "Hierarchical grouping to optimize an objective function"; Lance and Williams 1967, "A general theory of
    classificatory sorting strategies: 1. Hierarchical systems"; Murtagh 1983, "A survey of recent advances in
    hierarchical clustering algorithms".
    """
    measure, coordinates = measured(points, colors, space, difference)
    if linkage == "ward" and not measure.straight:
        raise OptionError(
            f"linkage='ward' adds up squared straight distances, and {difference} is not one: take another linkage, "
            "or difference='cie76', 'oklab' or 'cam16-ucs', which are."
        )
    if linkage == "ward":
        labels = _cut(*kernel.ward(coordinates, weights), k)
    elif linkage == "single" and measure.straight:
        labels = _cut(*kernel.spanning(coordinates), k)
    else:
        few = cells(coordinates, weights)
        labels = _cut(*kernel.linked(measure.matrix(few.points), few.weights, linkage), k)[few.of]
    return Clusters(centers(points, colors, weights, labels, space), labels)


def _cut(pairs: NDArray[np.int32], heights: Weights, k: int) -> NDArray[np.int32]:
    """The labels of the k clusters before the last mergers of a tree; at most one cluster for each point."""
    n = len(pairs) + 1
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for i, j in pairs[np.argsort(heights, kind="stable")[: max(0, n - k)]].tolist():
        parent[root(j)] = root(i)
    _, labels = np.unique([root(i) for i in range(n)], return_inverse=True)
    return labels.astype(np.int32)
