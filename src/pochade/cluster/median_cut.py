"""median-cut: boxes of equal weight."""

import numpy as np

from pochade.cluster import Clusters, Points, Weights, methods
from pochade.cluster.boxes import Box, Cut, cut_up, gaps


@methods.register("median-cut", fewer="some of its boxes have the same mean color.")
def median_cut(points: Points, weights: Weights, k: int) -> Clusters:
    """Median cut: cut the heaviest box of colors into two of equal weight, until there are k boxes.

    The cut divides the longest side, between the two coordinates that split the weight most evenly. A box of one color
    is never cut.

    References
    ----------
    Heckbert 1982, "Color image quantization for frame buffer display" (there the colors of a picture are mapped to the
    nearest representative afterwards; here a box is a cluster).
    """

    def worth(box: Box) -> float:
        return float(weights[box[0]].sum())

    def best(box: Box) -> Cut:
        axis = int(np.argmax([np.ptp(points[row, c]) for c, row in enumerate(box)]))
        held = np.cumsum(weights[box[axis]])
        places = gaps(points, box, axis)
        return axis, int(places[np.abs(held[places - 1] - held[-1] / 2).argmin()])

    return cut_up(points, weights, k, worth, best)
