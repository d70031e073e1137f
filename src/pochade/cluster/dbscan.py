"""DBSCAN: clusters are dense regions of colors; the picture determines their number."""

import math
from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, DifferenceName, Points, Weights, methods
from pochade.cluster.pairwise import Measure, cells, centers, means, measured, nearest, visible
from pochade.color.spaces import Space
from pochade.errors import OptionError
from pochade.option import Within

VISIBLE = 2.0
"""The default eps, in just noticeable differences."""

ROUNDING = 1e-9
"""The tolerance of `min_weight` for rounded sums of shares."""


@methods.register("dbscan", fewer="its colors form no more dense clusters. A smaller eps or min_weight may find more.")
def dbscan(
    points: Points,
    weights: Weights,
    k: int,
    *,
    colors: Points,
    space: Space,
    eps: Annotated[float | None, Within(above=0)] = None,
    min_weight: Annotated[float, Within(above=0, most=1)] = 0.005,
    difference: DifferenceName = None,
) -> Clusters:
    """Connected dense regions of colors: the picture determines their number, and the k heaviest are kept.

    A color is dense if the colors within `eps` of it cover `min_weight` of the picture. Dense colors within `eps` of
    each other form one cluster.

    Parameters
    ----------
    eps : the radius of the neighborhood, in units of the space or the difference. None for 2 just noticeable
        differences.
    min_weight : the share of the picture, 0 to 1, that makes a color dense.
    difference : the color difference; None for the straight distance in the space. CIE94 and CMC depend on the order
        of the two colors; their mean over both orders counts.

    Raises
    ------
    OptionError : no color is dense; the message gives an eps that works.

    References
    ----------
    Ester, Kriegel, Sander and Xu 1996, "A density-based algorithm for discovering clusters in large spatial databases
    with noise".
    """
    measure, coordinates = measured(points, colors, space, difference)
    radius = VISIBLE * visible(measure) if eps is None else float(eps)
    enough = min_weight * (1 - ROUNDING)
    if measure.straight:
        found = _straight(coordinates, weights, radius, enough)
    else:
        few = cells(coordinates, weights)
        found = _by_matrix(measure.matrix(few.points), few.weights, radius, enough)[few.of]
    return kept(found, k, points, colors, weights, space, measure, coordinates)


def kept(
    found: NDArray[np.int32],
    k: int,
    points: Points,
    colors: Points,
    weights: Weights,
    space: Space,
    measure: Measure,
    coordinates: Points,
) -> Clusters:
    """The k heaviest clusters. All other points go to the nearest of them and do not change its color.

    found : labels int32 (n,), -1 for noise.
    """
    inside = found >= 0
    held = np.bincount(found[inside], weights[inside])
    heaviest = np.argsort(-held, kind="stable")[: min(k, np.count_nonzero(held))]
    place = np.full(int(found.max()) + 2, -1, np.int32)  # the last one is for noise
    place[heaviest] = np.arange(len(heaviest), dtype=np.int32)
    labels = place[found]
    core = labels >= 0
    middles = means(coordinates[core], weights[core], labels[core], len(heaviest))
    labels[~core] = nearest(coordinates[~core], middles, measure)
    return Clusters(
        centers(points[core], colors[core], weights[core], labels[core], space),
        labels,
        emphasis=core.astype(np.float64),
        lean=np.ones(len(heaviest)),
    )


def _straight(points: Points, weights: Weights, radius: float, enough: float) -> NDArray[np.int32]:
    """Labels by straight distances."""
    core = kernel.within(points, weights, radius) >= enough
    if not core.any():
        raise _nothing(radius, enough, lambda eps: kernel.within(points, weights, eps).max())
    return kernel.spread(points, core, radius)


def _by_matrix(matrix: NDArray[np.float32], weights: Weights, radius: float, enough: float) -> NDArray[np.int32]:
    """Labels by differences, float32 (n, n)."""

    def held(eps: float) -> Weights:
        return np.array([np.cumsum(weights[row <= eps])[-1] for row in matrix])

    core = held(radius) >= enough
    if not core.any():
        raise _nothing(radius, enough, lambda eps: held(eps).max())
    return spread(matrix, core, radius)


def spread(matrix: NDArray[np.float32], core: NDArray[np.bool_], radius: float) -> NDArray[np.int32]:
    """`kernel.spread`, on differences between points."""
    labels = np.full(len(matrix), -1, np.int32)
    found = 0
    for seed in np.flatnonzero(core).tolist():
        if labels[seed] >= 0:
            continue
        labels[seed] = found
        stack = [seed]
        while stack:
            near = np.flatnonzero((matrix[stack.pop()] <= radius) & (labels < 0))
            labels[near] = found
            stack += near[core[near]].tolist()
        found += 1
    return labels


def _nothing(eps: float, enough: float, most_within: Callable[[float], float]) -> OptionError:
    """The error if no color is dense, with the least eps, to three digits, that makes one dense."""
    low, high = eps, 2 * eps
    while most_within(high) < enough:
        low, high = high, 2 * high
    while high - low > high / 1000:
        middle = (low + high) / 2
        low, high = (low, middle) if most_within(middle) >= enough else (middle, high)
    unit = 10.0 ** (math.floor(math.log10(high)) - 2)
    would = math.ceil(high / unit) * unit
    return OptionError(
        f"eps={eps:.3g} finds no cluster: no color has min_weight={enough:.3g} of the picture within that distance. "
        f"Give eps={would:.3g} or more, or a smaller min_weight."
    )
