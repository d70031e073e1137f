"""wu: boxes of small variance."""

import numpy as np

from pochade.cluster import Clusters, Points, Weights, methods
from pochade.cluster.boxes import Box, Cut, cut_up, gaps
from pochade.cluster.spread import centered


@methods.register("wu")
def wu(points: Points, weights: Weights, k: int) -> Clusters:
    """Wu's quantizer: cut the box of the largest squared error at the place that leaves the least, until there are k.

    Wu sums moments over a cube of 33^3 cells and cuts between its planes. Here the points are the cells (also 32 levels
    a channel, each at the mean of its pixels), and moments are summed along each coordinate of a box. The cuts in RGB
    are the same, and other spaces work too.

    References
    ----------
    Wu 1991, "Efficient statistical computations for optimal color quantization", Graphics Gems II.
    """
    about, _, _ = centered(points, weights)  # reduces the rounding error of differences of sums

    def worth(box: Box) -> float:
        w, x = weights[box[0]], about[box[0]]
        total = (w[:, None] * x).sum(0)
        return float((w * (x * x).sum(1)).sum() - (total * total).sum() / w.sum())

    def best(box: Box) -> Cut:
        most, cut = -1.0, (0, 0)
        for axis in range(3):
            places = gaps(points, box, axis)
            if not len(places):
                continue
            w, x = weights[box[axis]], about[box[axis]]
            mass, moments = np.cumsum(w), np.cumsum(w[:, None] * x, 0)
            left, first = mass[places - 1], moments[places - 1]
            kept = (first**2).sum(1) / left + ((moments[-1] - first) ** 2).sum(1) / (mass[-1] - left)
            if kept.max() > most:
                most, cut = float(kept.max()), (axis, int(places[kept.argmax()]))
        return cut

    return cut_up(points, weights, k, worth, best)
