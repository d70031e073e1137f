"""Wu's quantizer, beside one that sums every box of a lattice anew, and k-means from it."""

import numpy as np
import pytest

from pochade.cluster.wu import wu


def boxes_of_wu(lattice, weights, k):
    """Wu 1991 without his moments: boxes of whole cells, cut between cells, every sum taken anew; a label a point."""
    labels = np.zeros(len(lattice), int)

    def gain(mine):
        return (weights[mine] @ lattice[mine]) ** 2 @ np.ones(3) / weights[mine].sum()

    def error(mine):
        return weights[mine] @ (lattice[mine] ** 2).sum(1) - gain(mine)

    for j in range(1, k):
        mine = labels == max(range(j), key=lambda i: error(labels == i))
        cuts = [
            (axis, at)
            for axis in range(3)
            for at in range(32)
            if (lattice[mine, axis] <= at).any() and (lattice[mine, axis] > at).any()
        ]
        first, _ = max(
            ((mine & (lattice[:, axis] <= at), mine & (lattice[:, axis] > at)) for axis, at in cuts),
            key=lambda halves: gain(halves[0]) + gain(halves[1]),
        )
        labels[mine & ~first] = j
    return labels


@pytest.mark.parametrize("seed", range(4))
def test_it_cuts_as_wu_does_on_a_lattice(seed):
    rng = np.random.default_rng(seed)
    lattice = np.unique(np.clip(rng.normal([20, 12, 9], [7, 5, 3], (300, 3)), 0, 31).astype(int), axis=0).astype(float)
    weights = rng.random(len(lattice)) ** 3
    for k in (2, 5, 11):
        assert wu(lattice, weights / weights.sum(), k).labels.tolist() == boxes_of_wu(lattice, weights, k).tolist()


def test_kmeans_that_starts_from_it_has_less_error(cloud, run):
    points, counts = cloud
    weights = counts / counts.sum()

    def error(centers):
        return (weights * ((points[:, None] - centers) ** 2).sum(2).min(1)).sum()

    for k in (3, 8, 20):
        assert error(run("wu-kmeans", points, weights, k).centers) < error(run("wu", points, weights, k).centers)
