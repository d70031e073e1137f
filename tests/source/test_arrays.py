"""NumPy arrays as pictures."""

import numpy as np
import pytest

from pochade.errors import EmptyError, FormatError, TooLargeError
from pochade.source import read


def only(array, **options):
    (strip,) = read(array, **options).strips()
    return strip


RGB = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)


def test_uint8_color_is_not_copied():
    assert np.shares_memory(only(RGB).codes, RGB)
    rgba = np.dstack([RGB, RGB[..., 0]])
    assert np.shares_memory(only(rgba).codes, rgba)
    assert np.array_equal(only(rgba).alpha, RGB[..., 0])


def test_views_with_any_row_and_column_strides_are_not_copied():
    view = RGB[::-2, ::3]
    assert np.shares_memory(only(view).codes, RGB)
    assert np.array_equal(only(view).codes, view)


def test_channels_become_adjacent_in_memory():
    planes = np.ascontiguousarray(RGB.transpose(2, 0, 1)).transpose(1, 2, 0)
    assert planes.strides[2] != 1
    assert only(planes).codes.strides[2] == 1
    assert np.array_equal(only(planes).codes, RGB)


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 1)])
def test_gray_becomes_three_equal_channels(shape):
    assert np.array_equal(only(np.full(shape, 9, np.uint8)).codes, np.full((2, 3, 3), 9))


def test_gray_with_alpha_has_both():
    strip = only(np.dstack([np.full((2, 3), 9, np.uint8), np.full((2, 3), 70, np.uint8)]))
    assert (strip.codes == 9).all()
    assert (strip.alpha == 70).all()


def test_uint16_is_rounded():
    # v * 255 / 65535: 128 / 257 = 0.498, 129 / 257 = 0.502
    levels = np.array([[0, 128, 129, 32767, 65535]], np.uint16)
    assert only(levels).codes[0, :, 0].tolist() == [0, 0, 1, 127, 255]
    assert only(levels.astype(">u2")).codes[0, :, 0].tolist() == [0, 0, 1, 127, 255]


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_floats_from_0_to_1_are_scaled_and_rounded(kind):
    levels = np.array([[0, 0.25, 0.5, 1]], kind)
    assert only(levels).codes[0, :, 0].tolist() == [0, 64, 128, 255]  # 63.75 and 127.5 are rounded


def test_large_arrays_are_converted_in_several_strips(assemble):
    levels = np.random.default_rng(2).integers(0, 65536, (1100, 400, 4), np.uint16)
    pixels = read(levels)
    assert len(list(pixels.strips())) > 3
    codes, alpha = assemble(pixels)
    expected = np.rint(levels / 257).astype(np.uint8)
    assert np.array_equal(codes, expected[..., :3])
    assert np.array_equal(alpha, expected[..., 3])


@pytest.mark.parametrize(
    ("array", "reason"),
    [
        (np.zeros(5, np.uint8), r"shape \(5,\)"),
        (np.zeros((2, 2, 5), np.uint8), r"shape \(2, 2, 5\)"),
        (np.zeros((1, 2, 2, 3), np.uint8), "shape"),
        (np.zeros((2, 2, 3), np.int32), "type int32"),
        (np.zeros((2, 2, 3), np.uint32), "type uint32"),
        (np.zeros((2, 2), bool), "type bool"),
        (np.zeros((2, 2), complex), "type complex128"),
        (np.full((2, 2), "a"), "type <U1"),
        (np.array([[0.5, np.nan]]), "NaN"),
        (np.array([[0.5, np.inf]]), r"from 0\.5 to inf"),
        (np.array([[0.5, 255.0]]), r"from 0\.5 to 255"),
        (np.array([[-0.1, 1.0]]), r"from -0\.1 to 1"),
    ],
)
def test_an_array_with_a_wrong_shape_type_or_range_is_refused(array, reason):
    with pytest.raises(FormatError, match=reason):
        read(array)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0, 3)])
def test_an_array_without_pixels_is_refused(shape):
    with pytest.raises(EmptyError, match="no pixel"):
        read(np.zeros(shape, np.uint8))


def test_the_limit_on_pixels_applies_to_arrays():
    with pytest.raises(TooLargeError, match="7 x 5 are 35 pixels, more than the 34 pixels allowed"):
        read(RGB, max_pixels=34)
