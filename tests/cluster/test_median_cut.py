import numpy as np
import pytest
from PIL import Image

import pochade


def test_boxes_of_points_of_equal_weight_hold_equally_many(run):
    points = np.random.default_rng(0).random((1024, 3))
    labels = run("median-cut", points, np.full(1024, 1 / 1024), 8).labels
    assert np.bincount(labels).tolist() == [128] * 8


def test_the_cut_goes_across_the_longest_side(run):
    points = np.random.default_rng(0).random((64, 3)) * [1, 2, 1]
    labels = run("median-cut", points, np.full(64, 1 / 64), 2).labels
    assert points[labels == 0, 1].max() < points[labels == 1, 1].min()


def test_no_cut_parts_points_of_the_same_coordinate(run):
    points = np.array([[0.0, y, 0.0] for y in range(3)] + [[9.0, y, 0.0] for y in range(5)])
    assert run("median-cut", points, np.full(8, 1 / 8), 2).labels.tolist() == [0] * 3 + [1] * 5


def test_distant_groups_give_k_boxes(blobs, run):
    points, weights, _ = blobs
    labels = run("median-cut", points, weights, 5).labels
    assert len({frozenset(np.flatnonzero(labels == j).tolist()) for j in range(5)}) == 5


def test_a_heavy_flat_color_is_not_in_the_way(run):
    points = np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0]])
    assert len(run("median-cut", points, np.array([0.98, 0.01, 0.01]), 3).centers) == 3


@pytest.mark.parametrize(("method", "theirs"), [("median-cut", 0), ("octree", 2)])
def test_the_error_is_like_that_of_pillows(photos, method, theirs):
    """A sanity check only: Pillow's cut by rules of their own."""
    for photo in photos:
        palette = Image.fromarray(photo).quantize(16, method=theirs, dither=Image.Dither.NONE)
        error = ((photo - np.asarray(palette.convert("RGB")).astype(float)) ** 2).sum(2).mean()
        ours = pochade.extract(photo, 16, method=method, space="rgb").srgb.astype(float)
        assert ((photo[:, :, None] - ours) ** 2).sum(3).min(2).mean() < 1.1 * error
