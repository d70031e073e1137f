"""Cut boxes of points in two repeatedly, for median cut and Wu's quantizer.

A box is an array of indices of points, int64 (3, m): row i has the points sorted by coordinate i. Sums along a row give
a cut, and the halves stay sorted.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Clusters, Points, Weights

Box = NDArray[np.int64]
Cut = tuple[int, int]
"""The coordinate to cut along, and the number of points before the cut."""


def cut_up(
    points: Points, weights: Weights, k: int, worth: Callable[[Box], float], best: Callable[[Box], Cut]
) -> Clusters:
    """Cut the points into at most k boxes, one cluster each; the centers are the means.

    worth : the priority of a box; the first box of the highest priority with two points or more is cut.
    best : the cut of a box.
    """
    boxes = [np.stack([np.argsort(row, kind="stable") for row in points.T])]
    asking = [worth(boxes[0])]
    before = np.empty(len(points), bool)
    while len(boxes) < k:
        i = max(range(len(boxes)), key=lambda j: asking[j] if boxes[j].shape[1] > 1 else -1.0)
        box = boxes[i]
        if box.shape[1] == 1:
            break
        axis, size = best(box)
        before[box[axis]] = np.arange(box.shape[1]) < size
        first = before[box]
        boxes[i], other = box[first].reshape(3, -1), box[~first].reshape(3, -1)
        boxes.append(other)
        asking[i] = worth(boxes[i])
        asking.append(worth(other))
    labels = np.empty(len(points), np.int32)
    for j, box in enumerate(boxes):
        labels[box[0]] = j
    return Clusters(means(points, weights, labels, len(boxes)), labels)


def gaps(points: Points, box: Box, axis: int) -> NDArray[np.int64]:
    """The number of points before each possible cut of a box; no cut separates points of the same coordinate."""
    return np.flatnonzero(np.diff(points[box[axis], axis])) + 1


def means(points: Points, weights: Weights, labels: NDArray[np.int32], m: int) -> Points:
    """The mean of the points of each label, float64 (m, 3); every label has points."""
    held = np.bincount(labels, weights, m)
    return np.stack([np.bincount(labels, weights * row, m) / held for row in points.T], 1)
