"""kmedoids: like k-means, but the centers are colors of the picture."""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, DifferenceName, Points, Weights, compact, methods
from pochade.cluster.pairwise import Cells, Measure, cells, measured, nearest
from pochade.color.spaces import Space


@methods.register("kmedoids", spellings=("k-medoids",))
def k_medoids(
    points: Points,
    weights: Weights,
    k: int,
    *,
    colors: Points,
    space: Space,
    fixed: Points | None = None,
    among: Points | None = None,
    difference: DifferenceName = None,
) -> Clusters:
    """The colors of the picture with the least sum of differences to all others; no color is a mean.

    Differences are not squared, so distant colors have less influence than in k-means. Every color is that of pixels.

    Parameters
    ----------
    difference : the color difference; None for the straight distance in the space. CIE94 and CMC depend on the order
        of the two colors; their mean over both orders counts.

    References
    ----------
    Kaufman and Rousseeuw 1990, "Finding Groups in Data"; Schubert and Rousseeuw 2021, "Fast and eager k-medoids
    clustering: O(k) runtime improvement of the PAM, CLARA, and CLARANS algorithms".
    """
    measure, coordinates = measured(points, colors, space, difference)
    few = cells(coordinates, weights)
    stay = _coordinates(fixed, space, measure)
    own = _heaviest(few, weights)
    offered = coordinates[own] if among is None else _coordinates(among, space, measure)
    candidates = np.vstack([stay, offered])
    if among is None and len(stay) == 0 and len(own) == len(points):
        matrix = measure.matrix(coordinates)
    else:
        matrix = measure.between(candidates, few.points)
    chosen = kernel.medoids(matrix, few.weights, k, len(stay))
    labels = nearest(coordinates, candidates[chosen], measure)
    parts = [part for part in (fixed, points[own] if among is None else among) if part is not None]
    medoids, labels = compact(np.vstack(parts)[chosen], labels, len(stay))
    if among is not None:
        return Clusters(medoids, labels)
    shown = np.zeros(len(points))  # the color of a cluster is that of its medoid alone
    shown[own[chosen[len(stay) :] - len(stay)]] = 1
    return Clusters(medoids, labels, emphasis=shown, lean=np.ones(len(medoids)))


def _coordinates(points: Points | None, space: Space, measure: Measure) -> Points:
    """Points of the user's space, converted to the space of the measure; empty for None."""
    if points is None:
        return np.empty((0, 3))
    return points if measure.space is space else measure.space.from_linear(space.to_linear(points))


def _heaviest(few: Cells, weights: Weights) -> NDArray[np.int64]:
    """The index of the heaviest point of each cell: int64 (m,)."""
    order = np.lexsort((-weights, few.of))
    first = np.flatnonzero(np.diff(few.of[order], prepend=-1))
    heaviest: NDArray[np.int64] = order[first]
    return heaviest
