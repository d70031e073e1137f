"""The counting of video planes: both kernels agree, and the NumPy twin does what it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pochade.kernel import planes as twin

compiled = pytest.importorskip("pochade.kernel._planes", reason="no compiled kernel on this machine")


def frame(seed: int, height: int, width: int, across: int, down: int, bits: int, low: int = 0) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    kind = np.uint8 if bits == 8 else np.uint16
    small = (height + (1 << down) - 1) >> down, (width + (1 << across) - 1) >> across
    return [(rng.integers(0, 1 << bits, shape) << low).astype(kind) for shape in ((height, width), small, small)]


def counted(module, *frames):
    tally = module.PlaneTally()
    for planes, options in frames:
        tally.add(*planes, **options)
    return tally.result()


@given(
    seed=st.integers(0, 1000),
    size=st.tuples(st.integers(1, 33), st.integers(1, 33)),
    sub=st.sampled_from([(0, 0), (1, 0), (1, 1), (2, 0), (0, 1), (2, 2)]),
    bits=st.sampled_from([8, 9, 10, 12, 16]),
    corner=st.integers(-1, 3),
    masked=st.booleans(),
)
def test_both_kernels_count_the_same(seed, size, sub, bits, corner, masked):
    planes = frame(seed, *size, *sub, bits)
    options = {"across": sub[0], "down": sub[1], "corner": corner, "bits": bits}
    if masked:
        options["alpha"] = planes[0][::-1].copy()
    for one, other in zip(counted(compiled, (planes, options)), counted(twin, (planes, options)), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("module", [compiled, twin])
def test_counts_and_sums_are_exact_beyond_the_size_of_a_word(module):
    """A word holds 255 pixels; a flat frame has thousands in one bin."""
    flat = [np.full(shape, code, np.uint8) for shape, code in (((64, 64), 83), ((32, 32), 129), ((32, 32), 202))]
    bins, counts, sums = counted(module, *[(flat, {"across": 1, "down": 1})] * 5)
    assert counts.tolist() == [5 * 64 * 64]
    assert (sums[0] / counts[0] / twin.SCALE).tolist() == [83, 129, 202]
    assert bins.tolist() == [83 >> 2 << 12 | 129 >> 2 << 6 | 202 >> 2]


@pytest.mark.parametrize("module", [compiled, twin])
def test_the_four_corners_together_are_all_pixels(module):
    planes = frame(1, 24, 32, 1, 1, 8)
    whole = counted(module, (planes, {"across": 1, "down": 1}))
    corners = counted(module, *[(planes, {"across": 1, "down": 1, "corner": i}) for i in range(4)])
    for one, other in zip(whole, corners, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("module", [compiled, twin])
def test_views_with_any_strides_count_as_copies_do(module):
    """Packed RGB and NV12 interleave their samples."""
    packed = np.random.default_rng(3).integers(0, 256, (20, 30, 3), np.uint8)
    views = [packed[..., i] for i in range(3)]
    for corner in (-1, 2):
        one = counted(module, (views, {"corner": corner}))
        other = counted(module, ([view.copy() for view in views], {"corner": corner}))
        for x, y in zip(one, other, strict=True):
            np.testing.assert_array_equal(x, y)


def test_samples_above_low_bits_are_read():
    """P010 keeps its 10 bits in the upper part of 16."""
    plain, high = frame(4, 16, 16, 1, 1, 10), frame(4, 16, 16, 1, 1, 10, low=6)
    for module in (compiled, twin):
        one = counted(module, (plain, {"across": 1, "down": 1, "bits": 10}))
        other = counted(module, (high, {"across": 1, "down": 1, "bits": 10, "low": 6}))
        for x, y in zip(one, other, strict=True):
            np.testing.assert_array_equal(x, y)


@given(seed=st.integers(0, 1000), bits=st.sampled_from([8, 10, 12]), sub=st.sampled_from([(0, 0), (1, 0), (1, 1)]))
def test_both_kernels_make_the_same_miniature(seed, bits, sub):
    planes = frame(seed, 30, 40, *sub, bits)
    rows, columns = np.arange(0, 30, 2)[:12], np.arange(0, 40, 3)[:12]
    given = (rows, columns, 4, *sub, bits)
    one, other = compiled.miniature(*planes, *given), twin.miniature(*planes, *given)
    np.testing.assert_array_equal(one, other)
    assert one.shape == (3, 3, 3)
    assert one.min() >= 0
    assert one.max() < 256


def test_a_miniature_of_a_flat_frame_is_its_code():
    planes = [np.full((8, 8), code, np.uint16) for code in (400, 512, 601)]
    small = twin.miniature(*planes, np.arange(8), np.arange(8), 4, bits=10)
    np.testing.assert_allclose(small, np.broadcast_to(np.array([100, 128, 150.25]), (2, 2, 3)))


@pytest.mark.parametrize("module", [compiled, twin])
def test_interpolation_is_exact_for_linear_tables(module):
    side = np.linspace(0, 255, 5)
    table = np.stack(np.meshgrid(side, side, side, indexing="ij"), -1).astype(np.float32)
    points = np.random.default_rng(5).uniform(0, 255, (50, 3)).astype(np.float32)
    points[0], points[1] = 0, 255
    np.testing.assert_allclose(module.interpolate(table, points), points, atol=1e-3)


@pytest.mark.parametrize("module", [compiled, twin])
def test_the_content_of_a_frame_leaves_its_dark_border_out(module):
    plane = np.full((90, 160), 16, np.uint8)
    assert module.content(plane, 26)[0::2] == (0, 0)
    plane[12:70, 20:150] = 90
    assert module.content(plane, 26) == (20, 12, 150, 70)
    plane[0, 0] = 255  # a single bright sample is noise only in a large frame
    assert module.content(plane, 26) == (0, 0, 150, 70)
    assert module.content(np.full((4, 4), 200, np.uint8), 26) == (0, 0, 4, 4)
