"""wu-kmeans: k-means from the centers of Wu's boxes."""

import numpy as np

from pochade import kernel
from pochade.cluster import Clusters, Points, Weights, compact, methods
from pochade.cluster.kmeans import POLISH, ROUNDS
from pochade.cluster.wu import wu


@methods.register("wu-kmeans", spellings=("wu-k-means",), levels=64)
def wu_kmeans(
    points: Points,
    weights: Weights,
    k: int,
    *,
    coarse: tuple[Points, Weights],
    fixed: Points | None = None,
) -> Clusters:
    """Weighted k-means from the centers of Wu's quantizer: a small error without randomness.

    Like `kmeans`, it runs on the coarse histogram first and then on the fine one.

    References
    ----------
    Celebi 2011, "Improving the performance of k-means for color quantization" (Celebi speeds up Lloyd's iterations by
    sorting the centers; ours run over bins and need no speed-up).
    """
    few, heavy = coarse
    still = 0 if fixed is None else len(fixed)
    start = np.zeros((0, 3)) if fixed is None else fixed
    if k > still:
        start = np.vstack([start, wu(few, heavy, k - still).centers])
    settled, _ = kernel.lloyd(few, heavy, start, ROUNDS, still)
    return Clusters(*compact(*kernel.lloyd(points, weights, settled, POLISH, still), still))
