"""A region and a mask limit the pixels that count."""

import numpy as np
import pytest
from PIL import Image

from pochade.errors import OptionError
from pochade.source import read

ARRAY = np.arange(8 * 10 * 3, dtype=np.uint8).reshape(8, 10, 3)


def only(pixels):
    (strip,) = pixels.strips()
    return strip


def test_a_region_may_be_in_pixels():
    pixels = read(ARRAY, region=(2, 1, 7, 4))
    strip = only(pixels)
    assert (pixels.width, pixels.height, pixels.box) == (10, 8, (2, 1, 7, 4))
    assert (strip.left, strip.top) == (2, 1)
    assert np.array_equal(strip.codes, ARRAY[1:4, 2:7])


def test_a_region_may_be_in_fractions():
    assert np.array_equal(only(read(ARRAY, region=(0.5, 0.0, 1.0, 0.25))).codes, ARRAY[:2, 5:])


def test_regions_in_fractions_that_share_an_edge_share_no_pixel():
    for edge in (0.33, 0.45, 0.55, 0.777):
        left = only(read(ARRAY, region=(0.0, 0.0, edge, 1.0))).codes.shape[1]
        right = only(read(ARRAY, region=(edge, 0.0, 1.0, 1.0))).codes.shape[1]
        assert left + right == 10


def test_a_region_of_integers_is_in_pixels_even_for_0_and_1():
    assert only(read(ARRAY, region=(0, 0, 1, 1))).codes.shape == (1, 1, 3)
    assert only(read(ARRAY, region=(0.0, 0.0, 1.0, 1.0))).codes.shape == (8, 10, 3)


@pytest.mark.parametrize(
    "region",
    [(0, 0, 11, 8), (-1, 0, 5, 5), (5, 0, 5, 8), (6, 0, 5, 8), (0.2, 0.2, 0.21, 0.21), (0.0, 0.0, 1.5, 1.0)],
)
def test_a_region_without_a_pixel_or_outside_the_picture_is_refused(region):
    with pytest.raises(OptionError, match="region="):
        read(ARRAY, region=region)


@pytest.mark.parametrize("region", [5, "0,0,1,1", (1, 2, 3), (0, 0, float("nan"), 1), (0, 0, True, 1), ()])
def test_the_error_for_an_invalid_region_states_the_allowed_ones(region):
    with pytest.raises(OptionError, match="left, top, right, bottom"):
        read(ARRAY, region=region)


def test_the_levels_of_a_mask_become_alpha():
    mask = np.linspace(0, 255, 80).astype(np.uint8).reshape(8, 10)
    assert np.array_equal(only(read(ARRAY, mask=mask)).alpha, mask)


def test_the_true_pixels_of_a_bool_mask_count():
    mask = np.eye(8, 10, dtype=bool)
    assert np.array_equal(only(read(ARRAY, mask=mask)).alpha, mask * 255)


def test_a_mask_and_an_alpha_are_multiplied():
    alpha = np.full((8, 10, 1), 128, np.uint8)
    mask = np.full((8, 10), 128, np.uint8)
    strip = only(read(np.concatenate([ARRAY, alpha], axis=2), mask=mask))
    assert (strip.alpha == 64).all()  # 128 x 128 / 255 = 64.25


def test_a_mask_may_be_a_file_or_a_pil_image_and_may_have_alpha(saved):
    image = Image.new("L", (10, 8), 0)
    image.paste(255, (0, 0, 5, 8))
    expected = np.asarray(image)
    clear = Image.new("RGBA", (10, 8), (255, 255, 255, 0))
    clear.paste((255, 255, 255, 255), (0, 0, 5, 8))
    for mask in (image, saved(image, "mask.png"), image.convert("1"), clear):
        assert np.array_equal(only(read(ARRAY, mask=mask)).alpha, expected)


def test_a_colored_mask_counts_by_its_luma():
    mask = Image.new("RGB", (10, 8), (0, 255, 0))
    assert (only(read(ARRAY, mask=mask)).alpha == 150).all()  # ITU-R BT.601: 0.587 x 255 = 149.7


def test_a_mask_of_another_size_is_scaled_by_the_nearest_pixel():
    mask = np.array([[255, 0], [0, 255]], np.uint8)
    codes = np.zeros((10, 10, 3), np.uint8)
    expected = np.kron(mask, np.ones((5, 5), np.uint8))
    assert np.array_equal(only(read(codes, mask=mask)).alpha, expected)
    assert np.array_equal(only(read(codes, mask=np.kron(mask, np.ones((30, 30), np.uint8)))).alpha, expected)


def test_the_error_for_a_mask_of_other_proportions_states_both_sizes():
    with pytest.raises(OptionError, match="the mask is 10 x 10, but the picture is 10 x 8"):
        read(ARRAY, mask=np.zeros((10, 10), np.uint8))


def test_a_mask_and_a_region_can_be_combined():
    mask = np.arange(80, dtype=np.uint8).reshape(8, 10)
    strip = only(read(ARRAY, mask=mask, region=(2, 1, 7, 4)))
    assert np.array_equal(strip.alpha, mask[1:4, 2:7])


def test_a_mask_applies_to_the_turned_picture(saved):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(Image.fromarray(ARRAY), "a.png", exif=exif)  # 8 wide and 10 high when shown
    mask = np.arange(80, dtype=np.uint8).reshape(10, 8)
    assert np.array_equal(only(read(path, mask=mask)).alpha, mask)
