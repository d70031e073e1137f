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
    assert bins.tolist() == [129 >> 2 << 12 | 202 >> 2 << 6 | 83 >> 2]


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


@pytest.mark.parametrize("module", [compiled, twin])
def test_a_result_that_is_absorbed_counts_again(module):
    planes, other = frame(5, 20, 20, 1, 1, 8), frame(6, 20, 20, 1, 1, 8)
    options = {"across": 1, "down": 1}
    tally = module.PlaneTally()
    tally.absorb(*counted(module, (planes, options)), 3)
    tally.add(*other, **options)
    for one, again in zip(tally.result(), counted(module, *[(planes, options)] * 3, (other, options)), strict=True):
        np.testing.assert_array_equal(one, again)
    assert len(tally.result()[0]) == 0


@given(
    seed=st.integers(0, 1000),
    bits=st.sampled_from([8, 10, 12]),
    sub=st.sampled_from([(0, 0), (1, 0), (1, 1)]),
    size=st.tuples(st.integers(2, 40), st.integers(2, 40)),
    by=st.sampled_from([1, 2, 3, 4]),
)
def test_both_kernels_make_the_same_copies(seed, bits, sub, size, by):
    planes = frame(seed, *size, *sub, bits)
    given = (5, 4, by, *sub, bits)
    one, other = compiled.miniature(*planes, *given), twin.miniature(*planes, *given)
    np.testing.assert_array_equal(one, other)
    assert one.shape == (5, 4, 3)
    assert one.min() >= 0
    assert one.max() < 256
    np.testing.assert_array_equal(compiled.still(*planes, *given), twin.still(*planes, *given))


@pytest.mark.parametrize("module", [compiled, twin])
def test_a_copy_of_a_flat_frame_is_its_code(module):
    planes = [np.full((8, 8), code, np.uint16) for code in (400, 512, 601)]
    small = module.miniature(*planes, 2, 2, 4, bits=10)
    np.testing.assert_allclose(small, np.broadcast_to(np.array([100, 128, 150.25]), (2, 2, 3)))
    assert module.still(*planes, 1, 1, 2, bits=10).tolist() == [[[100, 128, 150]]]


def linear_table() -> np.ndarray:
    """Oklab and light are the samples, levels are a sixteenth of them."""
    side = np.linspace(0, 255, 33)
    nodes = np.stack(np.meshgrid(side, side, side, indexing="ij"), -1)
    return np.concatenate([nodes, nodes / 16, nodes], -1).astype(np.float32)


@pytest.mark.parametrize("module", [compiled, twin])
def test_a_glance_is_exact_for_a_linear_table(module):
    small = np.random.default_rng(5).uniform(0, 255, (36, 64, 3)).astype(np.float32)
    small[0, 0], small[0, 1] = 0, 255
    oklab, levels, coarse, light = module.glance(linear_table(), small)
    np.testing.assert_allclose(oklab, small, atol=1e-3)
    np.testing.assert_allclose(light, small.mean((0, 1)), rtol=1e-5)
    np.testing.assert_allclose(coarse, small.reshape(9, 4, 16, 4, 3).mean((1, 3)), atol=1e-3)
    assert (levels[0, 0], levels[0, 1]) == (0, 4095)
    steps = (small / 16).astype(int)
    assert (levels == (steps[..., 0] << 8 | steps[..., 1] << 4 | steps[..., 2])).mean() > 0.99


@given(seed=st.integers(0, 1000), box=st.sampled_from([(0, 36, 0, 64), (4, 32, 0, 64), (0, 36, 9, 50)]))
def test_both_kernels_see_the_same(seed, box):
    seen = []
    for module in (compiled, twin):
        rng = np.random.default_rng(seed)
        smalls = rng.uniform(0, 255, (2, 36, 64, 3)).astype(np.float32)
        one, other = (module.glance(linear_table(), small) for small in smalls)
        histograms = [module.smoothed(each[1], *box) for each in (one, other)]
        apart = module.pixels_apart(one[0], other[0], *box), module.colors_apart(*histograms)
        seen.append((*one, *histograms, *(np.array(far) for far in apart)))
    for mine, theirs in zip(*seen, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-7)
    np.testing.assert_array_equal(seen[0][4], seen[1][4])


@pytest.mark.parametrize("module", [compiled, twin])
def test_a_smoothed_histogram_shares_each_level_with_its_neighbors(module):
    levels = np.full((36, 64), 7 << 8 | 0 << 4 | 15, np.uint16)
    cube = module.smoothed(levels, 0, 36, 0, 64).reshape(16, 16, 16)
    assert cube.sum() == 1
    assert cube[:, 0, 15].tolist()[6:9] == [0.25 * 0.75**2, 0.5 * 0.75**2, 0.25 * 0.75**2]
    assert cube[7, :2, 15].tolist() == [0.5 * 0.75**2, 0.5 * 0.25 * 0.75]
    assert module.colors_apart(cube.ravel(), np.roll(cube, 8, 0).ravel()) == 1


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
@given(seed=st.integers(0, 1000), border=st.tuples(*[st.integers(0, 40)] * 4), packed=st.booleans())
def test_both_kernels_find_the_same_content(kind, seed, border, packed):
    rng = np.random.default_rng(seed)
    plane = np.zeros((70, 90), kind)
    top, bottom, left, right = border
    plane[top : 70 - bottom, left : 90 - right] = rng.integers(0, 120, plane.shape)[
        top : 70 - bottom, left : 90 - right
    ]
    plane[rng.integers(70, size=3), rng.integers(90, size=3)] = 200
    if packed:
        plane = np.repeat(plane[..., None], 3, 2)[..., 1]
    for dark in (26, 110, 255):
        assert compiled.content(plane, dark) == twin.content(plane, dark)


@pytest.mark.parametrize("module", [compiled, twin])
def test_the_content_of_a_frame_leaves_its_dark_border_out(module):
    plane = np.full((90, 160), 16, np.uint8)
    assert module.content(plane, 26)[0::2] == (0, 0)
    plane[12:70, 20:150] = 90
    assert module.content(plane, 26) == (20, 12, 150, 70)
    plane[0, 0] = 255  # a single bright sample is noise only in a large frame
    assert module.content(plane, 26) == (0, 0, 150, 70)
    assert module.content(np.full((4, 4), 200, np.uint8), 26) == (0, 0, 4, 4)
