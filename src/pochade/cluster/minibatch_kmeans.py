"""minibatch-kmeans: k-means on small random batches of points."""

from __future__ import annotations  # keeps numpy.random, a tenth of the start, out of the import

from typing import Annotated

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.seeds import Init, start
from pochade.option import Within

BATCHES = 100
"""The number of batches, as scikit-learn's max_iter. Each center is the mean of all its points so far, so the last
batches hardly move it."""

MAX_BATCH_SIZE = 65_536
"""The most points of a batch: more than the bins of a photo, so larger batches would draw each bin several times."""

BatchSize = Annotated[int, Within(1, MAX_BATCH_SIZE)]


@methods.register("minibatch-kmeans", spellings=("minibatch-k-means",))
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
    """Mini-batch k-means: centers follow 100 small random samples of the picture.

    Parameters
    ----------
    init : the choice of seeds, as in `kmeans`.
    batch_size : the number of points of a batch, drawn by weight.

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
    """The centers after all batches, each the mean of all points drawn for it; the first `still` stay."""
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
