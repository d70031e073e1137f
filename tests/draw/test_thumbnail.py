"""Thumbnails of pictures."""

import numpy as np
import pytest

import pochade
from pochade.draw.thumbnail import thumbnail


@pytest.mark.parametrize("shape", [(601, 805), (90, 700), (700, 3), (299, 1)])
@pytest.mark.parametrize("across", [100, 301])
@pytest.mark.parametrize("opaque", [True, False])
def test_each_pixel_is_the_mean_of_a_square_over_paper(shape: tuple[int, int], across: int, opaque: bool) -> None:
    rng = np.random.default_rng(1)
    codes, alpha = rng.integers(0, 256, (*shape, 3), np.uint8), rng.integers(0, 256, shape, np.uint8)
    array = codes if opaque else np.dstack([codes, alpha])
    part = np.ones(shape) if opaque else alpha / 255
    over = codes * part[..., None] + np.array([16, 32, 64]) * (1 - part[..., None])
    by = max(1, max(shape) // across)
    expected = [
        [over[y : y + by, x : x + by].mean((0, 1)) for x in range(0, shape[1], by)] for y in range(0, shape[0], by)
    ]
    small = np.asarray(thumbnail(pochade.read(array), across, "#102040"))
    np.testing.assert_allclose(small, expected, atol=0.51)


def test_a_region_is_cropped():
    codes = np.random.default_rng(2).integers(0, 256, (300, 400, 3), np.uint8)
    small = np.asarray(thumbnail(pochade.read(codes, region=(101, 51, 301, 251)), 100, "#000000"))
    np.testing.assert_allclose(small, codes[51:251, 101:301].reshape(100, 2, 100, 2, 3).mean((1, 3)), atol=0.51)


def test_blocks_of_many_rows_are_combined():
    codes = np.random.default_rng(3).integers(0, 256, (3001, 1100, 3), np.uint8)
    small = np.asarray(thumbnail(pochade.read(codes), 1000, "#000000"))
    np.testing.assert_allclose(
        small[:1000, :366], codes[:3000, :1098].reshape(1000, 3, 366, 3, 3).mean((1, 3)), atol=0.51
    )
