"""prominent: the colors that people would name, though they cover little."""

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods

FLOOR = 2e-4
CHROMA = 30.0
STRETCH = np.array([1.0, 3.0, 3.0])
PRIOR = 0.01
APART = 0.02
CANDIDATES = 64
SMALL = 0.05


@methods.register("prominent", spaces=("oklab",))
def prominent(points: Points, weights: Weights, k: int, *, bins: NDArray[np.uint32]) -> Clusters:
    """The colors that a viewer would name, though some of them cover little."""
    chroma = np.sqrt(points[:, 1] ** 2 + points[:, 2] ** 2)
    crowding, colorful = _crowding(kernel.density(bins, weights)), 1 + CHROMA * chroma
    asking = weights / crowding * colorful
    features = points * STRETCH
    found, held = kernel.cells(bins, features, asking)
    if len(held) <= 2 * k:
        found, held = features, asking
    candidates = np.sort(kernel.farthest(found, held, CANDIDATES))
    centers = kernel.grow(found, held, candidates, k, PRIOR, APART, 3)
    centers, labels = compact(*kernel.lloyd(features, asking, centers, 10))
    m = len(centers)
    shares = np.bincount(labels, weights, m)
    lean = SMALL / (SMALL + shares)
    vivid = (0.02 + chroma) * np.maximum(_toe(points[:, 0]), 0.02)
    return Clusters(
        centers / STRETCH,
        labels,
        np.bincount(labels, asking, m),
        asking / weights * vivid * vivid * vivid,
        lean,
        {"diminishing": 1 / crowding, "chroma": colorful},
    )


def _crowding(density: Weights) -> Weights:
    crowd = np.sqrt(density + FLOOR)
    crowding: Weights = crowd * np.sqrt(crowd)
    return crowding


def _toe(light: Weights) -> Weights:
    t = (1.206 / 1.03) * light - 0.206
    return 0.5 * (t + np.sqrt(t * t + 4 * 0.03 * (1.206 / 1.03) * light))
