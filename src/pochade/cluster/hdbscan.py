"""HDBSCAN: clusters that stay together over many densities."""

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

DRAWN = 4096
"""Points that stand for the pixels where distances are straight."""

PAIRED = 2048
"""The same where a matrix of differences is needed."""


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
    """Colors that stay together however dense is dense: the picture's own clusters, of which the k heaviest are kept.

    scikit-learn's, which knows no weights: 4,096 points stand for the pixels (2,048 where a matrix of differences is
    needed), each color as often as its share asks, the rounding carried on to the next. Where no cluster is found,
    the whole picture is one.

    Parameters
    ----------
    min_weight : the share of the picture, 0 to 0.5, that makes a cluster.
    selection : "leaf": the finest clusters; "eom": those that last longest, which are fewer and larger.
    difference : the color difference; None: the straight distance in the space. Of one that depends on the order
        (CIE94, CMC), the mean of both orders is taken.

    Raises
    ------
    PochadeError : where scikit-learn is not installed.

    References
    ----------
    Campello, Moulavi and Sander 2013, "Density-based clustering based on hierarchical density estimates".
    """
    measure, coordinates = measured(points, colors, space, difference)
    drawn = _drawn(weights, DRAWN if measure.straight else PAIRED)
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
    """Which points stand for the pixels, by number, int64 (n,): each as often as its share asks."""
    ends = np.cumsum(weights)
    return np.searchsorted(ends / ends[-1], (np.arange(n) + 0.5) / n)


def _agreed(labels: NDArray[np.int32], of: NDArray[np.integer]) -> NDArray[np.int32]:
    """One label for each point, int32 (n,), from those of its copies.

    Copies lie at no distance, where scikit-learn may part them at will: clusters that share a color are one.
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


def _labels(given: NDArray[np.float64], metric: str, size: int, selection: str) -> NDArray[np.int32]:
    """scikit-learn's labels, -1 for noise."""
    try:
        from sklearn.cluster import HDBSCAN  # type: ignore[import-untyped]
    except ImportError:
        raise PochadeError(
            "the method 'hdbscan' needs scikit-learn, which is not installed: pip install \"pochade[methods]\"."
        ) from None
    labels: NDArray[np.int32] = HDBSCAN(
        min_cluster_size=size, metric=metric, cluster_selection_method=selection, copy=True
    ).fit_predict(given)
    return labels
