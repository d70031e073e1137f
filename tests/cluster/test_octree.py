"""The octree, beside one that is grown of nodes and reduced one node at a time."""

import numpy as np
import pytest


def reduced_one_by_one(lattice, weights, k, depth):
    """Gervautz and Purgathofer 1988: which leaf each point is in, a prefix of its path down."""
    paths = [tuple(tuple(int(c) >> (depth - 1 - level) & 1 for c in p) for level in range(depth)) for p in lattice]
    leaves = set(paths)
    while len(leaves) > k:
        deepest = max(map(len, leaves))
        parents = {path[:-1] for path in leaves if len(path) == deepest}

        def held(node):
            return sum(w for w, path in zip(weights, paths, strict=True) if path[: len(node)] == node)

        lightest = min(parents, key=held)
        leaves = {path for path in leaves if path[: len(lightest)] != lightest} | {lightest}
    return [next(path[:n] for n in range(depth + 1) if path[:n] in leaves) for path in paths]


@pytest.mark.parametrize("seed", range(4))
def test_it_merges_as_an_octree_of_nodes_does(run, seed):
    rng = np.random.default_rng(seed)
    corners = [[0, 0, 0], [16, 16, 16]]  # so that the cube is that of 16 cells
    lattice = np.unique(np.vstack([corners, rng.integers(0, 16, (60, 3))]), axis=0)
    weights = rng.random(len(lattice))
    cells = np.minimum(lattice, 15)
    for k in (20, 9, 3):
        theirs = reduced_one_by_one(cells, weights, k, 4)
        ours = run("octree", lattice.astype(float), weights / weights.sum(), k, depth=4).labels
        assert len(set(ours.tolist())) == k
        # Each of theirs is whole or, for the one merged last, in parts.
        whole = {frozenset(np.flatnonzero(ours == j).tolist()) for j in set(ours.tolist())}
        nodes = {frozenset(i for i, path in enumerate(theirs) if path == node) for node in set(theirs)}
        assert len(nodes - whole) <= 1
        assert all(any(mine <= node for node in nodes) for mine in whole)


def test_eight_octants_are_eight_clusters(run):
    points = np.random.default_rng(1).uniform(-1, 1, (500, 3))
    points[:2] = [-1, -1, -1], [1, 1, 1]
    labels = run("octree", points, np.full(500, 1 / 500), 8).labels
    assert len(set(zip(labels.tolist(), map(bytes, points > 0), strict=True))) == 8


def test_a_deeper_tree_parts_what_lies_close(run):
    points = np.array([[0.0, 0, 0], [0.01, 0, 0], [1, 0, 0]])
    assert len(run("octree", points, np.full(3, 1 / 3), 3, depth=2).centers) == 2
    assert len(run("octree", points, np.full(3, 1 / 3), 3, depth=8).centers) == 3
