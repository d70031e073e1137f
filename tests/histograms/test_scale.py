"""The effect of scale= on a palette; docs/experiments.md has the figures for a photo."""

import numpy as np

import pochade
from pochade.color.difference import differences
from pochade.color.srgb import decode


def test_labels_positions_and_masks_are_those_of_the_smaller_picture(photo):
    mask = np.ones(photo.shape[:2], bool)
    mask[:, :40] = False
    palette = pochade.extract(photo, 5, scale=0.5, mask=mask)
    labels = palette.labels()
    assert labels.shape == (60, 80) == (palette.height, palette.width)
    assert (labels[:, :20] == -1).all()
    assert (labels[:, 20:] >= 0).all()
    counted = np.bincount(labels[labels >= 0], minlength=len(palette)) / (60 * 60)
    assert np.allclose(counted, palette.weights)
    for i, (x, y) in enumerate(palette.positions):
        assert labels[int(y * 60), int(x * 80)] == i


def test_scale_hardly_changes_a_palette(photos):
    differ = differences["ciede2000"].of_linear
    for photo in photos:
        full = decode(pochade.extract(photo, 5, method="kmeans").srgb)
        for scale in (0.9, 0.8, 0.7, 0.6, 0.5):
            less = decode(pochade.extract(photo, 5, method="kmeans", scale=scale).srgb)
            moved = differ(full[:, None], less[None]).min(1)
            assert moved.mean() < 3
