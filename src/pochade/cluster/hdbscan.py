"""HDBSCAN: clusters that persist over many densities."""

import math
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Clusters, DifferenceName, Points, Weights, methods
from pochade.cluster.dbscan import kept
from pochade.cluster.pairwise import measured
from pochade.color.spaces import Space
from pochade.errors import PochadeError
from pochade.option import Within

SAMPLES = 4096
"""The number of sample points for straight distances."""

PAIRED_SAMPLES = 2048
"""The number of sample points if a matrix of differences is needed."""


@methods.register(
    "hdbscan", levels=64, fewer="no more clusters are as heavy as min_weight asks. A smaller one may find more."
)
def hdbscan(
    points: Points,
    weights: Weights,
    k: int,
    *,
    colors: Points,
    space: Space,
    min_weight: Annotated[float, Within(above=0, most=0.5)] = 0.01,
    selection: Literal["leaf", "eom"] = "leaf",
    difference: DifferenceName = None,
) -> Clusters:
    """Clusters that persist over all densities: the picture determines their number, and the k heaviest are kept.

    scikit-learn's implementation has no weights. So 4,096 points represent the pixels (2,048 if a matrix of differences
    is needed), each color in proportion to its share; rounding carries over to the next color. Without clusters, the
    whole picture is one.

    Parameters
    ----------
    min_weight : the share of the picture, 0 to 0.5, that makes a cluster.
    selection : "leaf" for the finest clusters; "eom" for the most persistent ones, which are fewer and larger.
    difference : the color difference; None for the straight distance in the space. CIE94 and CMC depend on the order
        of the two colors; their mean over both orders counts.

    Raises
    ------
    PochadeError : scikit-learn is not installed.

    References
    ----------
    Campello, Moulavi and Sander 2013, "Density-based clustering based on hierarchical density estimates".
    """
    measure, coordinates = measured(points, colors, space, difference)
    drawn = _drawn(weights, SAMPLES if measure.straight else PAIRED_SAMPLES)
    size = max(2, math.ceil(min_weight * len(drawn)))
    some, of = np.unique(drawn, return_inverse=True)
    if measure.straight:
        labels = _labels(coordinates[drawn], "euclidean", size, selection)
    else:
        matrix = measure.matrix(coordinates[some]).astype(np.float64)
        labels = _labels(matrix[of][:, of], "precomputed", size, selection)
    found = np.full(len(points), -1, np.int32)
    found[some] = _agreed(labels, of)
    if found.max() < 0:
        found[:] = 0
    return kept(found, k, points, colors, weights, space, measure, coordinates)


def _drawn(weights: Weights, n: int) -> NDArray[np.int64]:
    """The indices of the sample points, int64 (n,), each in proportion to its share."""
    ends = np.cumsum(weights)
    return np.searchsorted(ends / ends[-1], (np.arange(n) + 0.5) / n)


def _agreed(labels: NDArray[np.int32], of: NDArray[np.integer]) -> NDArray[np.int32]:
    """One label for each point, int32 (n,), from the labels of its copies.

    Copies have distance 0, and scikit-learn separates them arbitrarily; clusters that share a color are united.
    """
    together = np.arange(int(labels.max()) + 1, dtype=np.int32)
    clustered = labels >= 0
    points, theirs = np.unique(np.stack([of[clustered], labels[clustered]]), axis=1)
    first: dict[int, int] = {}
    for point, label in zip(points.tolist(), theirs.tolist(), strict=True):
        other = first.setdefault(point, label)
        if together[label] != together[other]:
            together[together == together[label]] = together[other]
    agreed = np.full(int(of.max()) + 1, -1, np.int32)
    agreed[points] = together[theirs]
    return agreed


def _labels(data: NDArray[np.float64], metric: str, size: int, selection: str) -> NDArray[np.int32]:
    """scikit-learn's labels of points or of a matrix of differences; -1 for noise."""
    try:
        from sklearn.cluster import HDBSCAN  # type: ignore[import-untyped]
    except ImportError:
        raise PochadeError(
            "the method 'hdbscan' needs scikit-learn, which is not installed: pip install \"pochade[methods]\"."
        ) from None
    labels: NDArray[np.int32] = HDBSCAN(
        min_cluster_size=size, metric=metric, cluster_selection_method=selection, copy=True
    ).fit_predict(data)
    return labels
