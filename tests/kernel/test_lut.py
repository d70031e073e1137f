"""The compiled kernel of color lookup tables and its NumPy twin give the same bytes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pochade.kernel import lut

compiled = pytest.importorskip("pochade.kernel._lut", reason="no compiled kernel on this machine")


def drawn(seed, channels, size, most):
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 256, (400, channels), dtype=np.uint8)
    codes[:100, 1:3] = codes[:100, :1]  # grays, the common edge of the tetrahedra
    return codes, rng.integers(-most, most + 1, (size, size, size, 3), dtype=np.int16)


@settings(max_examples=60)
@given(
    st.integers(0, 2**32), st.sampled_from([3, 4]), st.sampled_from([2, 5, 17, 33]), st.sampled_from([3, 999, 16320])
)
def test_both_kernels_displace_colors_the_same(seed, channels, size, most):
    codes, moves = drawn(seed, channels, size, most)
    np.testing.assert_array_equal(lut.displace(codes, moves), compiled.displace(codes, moves))


@pytest.mark.parametrize("kernel", [lut, compiled], ids=["reference", "compiled"])
def test_a_linear_table_is_interpolated_to_one_code(kernel):
    along = np.linspace(0, 255, 33)
    nodes = np.stack(np.meshgrid(along, along, along, indexing="ij"), axis=-1)
    codes = np.random.default_rng(3).integers(0, 256, (5000, 3), dtype=np.uint8)
    moves = np.rint((255 - 2 * nodes) * lut.UNIT).astype(np.int16)
    assert np.abs(kernel.displace(codes, moves).astype(int) - (255 - codes)).max() <= 1


@pytest.mark.parametrize("kernel", [lut, compiled], ids=["reference", "compiled"])
def test_zero_moves_change_nothing_and_alpha_stays(kernel):
    codes, _ = drawn(1, 4, 2, 1)
    np.testing.assert_array_equal(kernel.displace(codes, np.zeros((5, 5, 5, 3), np.int16)), codes)
    moved = kernel.displace(codes, np.full((5, 5, 5, 3), 640, np.int16))
    np.testing.assert_array_equal(moved[:, 3], codes[:, 3])
    np.testing.assert_array_equal(moved[:, :3], np.minimum(codes[:, :3].astype(int) + 10, 255))


@pytest.mark.parametrize("kernel", [lut, compiled], ids=["reference", "compiled"])
def test_an_empty_array_stays_empty(kernel):
    assert kernel.displace(np.zeros((0, 3), np.uint8), np.zeros((2, 2, 2, 3), np.int16)).shape == (0, 3)
