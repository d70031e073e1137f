"""minibatch-kmeans: k-means that looks at a few drawn points at a time."""

from __future__ import annotations  # numpy.random is a tenth of the start-up: the annotation must not import it

from typing import Annotated

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.seeds import Init, start
from pochade.option import Within

BATCHES = 100
"""As many as scikit-learn's max_iter. A center moves by its share of a batch in all that it was ever drawn, so that the
last of them hardly matter."""


MAX_BATCH_SIZE = 65_536
"""Points at a time: more than a photo has bins, so that a larger batch would draw each several times."""

BatchSize = Annotated[int, Within(1, MAX_BATCH_SIZE)]


@methods.register("minibatch-kmeans")
def minibatch_kmeans(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    fixed: Points | None = None,
    init: Init = "k-means++",
    batch_size: BatchSize = 1024,
) -> Clusters:
    """Mini-batch k-means: centers follow 100 small samples of the picture, drawn by the seed.

    Parameters
    ----------
    init : how to start, as in `kmeans`.
    batch_size : how many points are drawn at a time, by weight.

    References
    ----------
    Sculley 2010, "Web-scale k-means clustering".
    """
    still = 0 if fixed is None else len(fixed)
    centers = in_batches(points, weights, start(points, weights, k, init, rng, fixed), still, rng, batch_size)
    return Clusters(*compact(centers, kernel.assign(points, centers)[0], still))


def in_batches(
    points: Points, weights: Weights, centers: Points, still: int, rng: np.random.Generator, batch_size: int
) -> Points:
    """The centers after all batches, each the mean of all points ever drawn for it; the first `still` stay."""
    centers, m = centers.copy(), len(centers)
    held, ever = np.cumsum(weights), np.zeros(m)
    for _ in range(BATCHES):
        drawn = np.searchsorted(held, rng.random(batch_size) * held[-1], "right")
        batch = points[np.minimum(drawn, len(points) - 1)]
        labels, _ = kernel.assign(batch, centers)
        came = np.bincount(labels, minlength=m)
        ever += came
        for c in range(3):
            moves = np.bincount(labels, batch[:, c], m) - came * centers[:, c]
            centers[still:, c] += (moves / np.maximum(ever, 1))[still:]
    return centers
