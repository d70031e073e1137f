"""The mean and the spread of weighted points, a unit of length in any space."""

import numpy as np

from pochade.cluster import Points, Weights


def centered(points: Points, weights: Weights) -> tuple[Points, Points, float]:
    """The points minus their mean, float64 (n, 3); the mean, float64 (3,); and the spread.

    The spread is the root of the mean squared distance to the mean, 0 for a single point.
    """
    middle = np.array([(weights * row).sum() for row in points.T]) / weights.sum()
    if len(points) == 1:
        return np.zeros((1, 3)), middle, 0.0
    about = points - middle
    return about, middle, float(np.sqrt((weights * (about * about).sum(1)).sum() / weights.sum()))
