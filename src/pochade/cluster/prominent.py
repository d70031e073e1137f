"""prominent: the colors that people would name, though they cover little."""

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods


@methods.register("prominent", spaces=("oklab",))
def prominent(points: Points, weights: Weights, k: int) -> Clusters:
    """The colors that a viewer would name: how much counts with diminishing returns, chroma counts more.

    Expects Oklab points.
    """
    chroma = np.hypot(points[:, 1], points[:, 2])
    prominence = weights**0.35 * (1 + 30 * chroma)
    features = points * (1, 2.5, 2.5)
    centers, labels = kernel.lloyd(features, prominence, features[kernel.farthest(features, prominence, k)])
    centers, labels = compact(centers, labels)
    light = np.maximum(points[:, 0], 0.02)
    emphasis = prominence / weights * ((0.02 + chroma) * light) ** 3
    return Clusters(
        centers / (1, 2.5, 2.5),
        labels,
        np.bincount(labels, prominence, len(centers)),
        emphasis / emphasis.max(),
    )
