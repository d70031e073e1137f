"""From clusters to the colors that stand for them."""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters
from pochade.extraction.preference.preference import Preference
from pochade.extraction.preference.settle import append_absent, clear, part_absent
from pochade.histograms.histogram import Counts, Histogram
from pochade.palette.origin import Answer


def colors_of(counts: Counts | Histogram, clusters: Clusters) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """The count of each cluster, uint64 (m,), and its color, float64 (m, 3), sRGB codes.

    A color is the mean of the pixels, moved to their emphasized mean by `lean`; or the code that the cluster has.
    """
    totals, means, vivid, heaviest = kernel.gather(
        clusters.labels, len(clusters.centers), clusters.emphasis, counts.counts, counts.sums
    )
    if clusters.lean is not None:
        means += clusters.lean[:, None] * (vivid - means)
    # A cluster with most of its pixels in one bin is a flat area with some fringe: the mean of that bin is its color.
    flat = counts.counts[heaviest] > totals / 2
    means[flat] = counts.sums[heaviest[flat]] / counts.counts[heaviest[flat], None].astype(np.float64)
    if clusters.codes is not None:
        means[: len(clusters.codes)] = clusters.codes
    return totals, means


def answer(histogram: Histogram, clusters: Clusters, preference: Preference) -> Answer:
    """The colors of the clusters, the largest share first; clusters of the same color are one."""
    clusters, absent = part_absent(clusters)
    totals, means = colors_of(histogram, clusters)
    means = clear(means, clusters, histogram, preference)
    packed, color_of = np.unique(np.rint(means).astype(np.int64) @ (1 << 16, 1 << 8, 1), return_inverse=True)
    codes = (packed[:, None] >> (16, 8, 0) & 255).astype(np.uint8)
    rank = totals if clusters.prominence is None else clusters.prominence
    prominence = np.bincount(color_of, rank, len(codes))
    shares = np.bincount(color_of, totals, len(codes)) / float(totals.sum())
    order = np.lexsort((-prominence, -shares))
    index_of = np.empty(len(order), np.int32)
    index_of[order] = np.arange(len(order), dtype=np.int32)
    found = Answer(
        codes[order],
        shares[order],
        prominence[order] / prominence.sum(),
        index_of[color_of].take(clusters.labels),
        clusters.asking,
    )
    return append_absent(found, absent)
