"""ensemble: the consensus of many runs of k-means."""

from __future__ import annotations  # keeps numpy.random, a tenth of the start, out of the import

from typing import Annotated

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.kmeans import MAX_RUNS, ROUNDS
from pochade.cluster.minibatch_kmeans import BatchSize, in_batches
from pochade.cluster.seeds import start
from pochade.option import Within


@methods.register("ensemble")
def ensemble(
    points: Points,
    weights: Weights,
    k: int,
    *,
    rng: np.random.Generator,
    fixed: Points | None = None,
    runs: Annotated[int, Within(1, MAX_RUNS)] = 8,
    batch_size: BatchSize = 1024,
) -> Clusters:
    """Several runs of k-means and mini-batch k-means from different seeds, and k-means over all their centers.

    Each center weighs as much as its cluster, so the others outvote a center of one run only.

    Parameters
    ----------
    runs : the number of runs of each.
    batch_size : the number of points in a batch of mini-batch k-means.

    References
    ----------
    Leisch 1999, "Bagged clustering" (there the runs see bootstrap samples, and the centers are merged by a hierarchy).
    """
    still = 0 if fixed is None else len(fixed)
    runs_centers = []
    for _ in range(runs):
        seeds = start(points, weights, k, "k-means++", rng, fixed)
        runs_centers.append(kernel.lloyd(points, weights, seeds, ROUNDS, still)[0])
        seeds = start(points, weights, k, "k-means++", rng, fixed)
        runs_centers.append(in_batches(points, weights, seeds, still, rng, batch_size))
    masses = [np.bincount(kernel.assign(points, centers)[0], weights, len(centers)) for centers in runs_centers]
    pool, mass = np.vstack(runs_centers), np.concatenate(masses).astype(np.float64)
    pool, mass = pool[mass > 0], mass[mass > 0]
    centers, _ = kernel.lloyd(pool, mass, start(pool, mass, k, "farthest", rng, fixed), ROUNDS, still)
    return Clusters(*compact(centers, kernel.assign(points, centers)[0], still))
