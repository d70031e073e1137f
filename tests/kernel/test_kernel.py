"""The compiled kernel and its NumPy twin give the same results."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pochade import kernel
from pochade.kernel import bins as bins_twin
from pochade.kernel import count, search

PARTS = [
    pytest.importorskip(f"pochade.kernel.{part}", reason="no compiled kernel on this machine")
    for part in ("_count", "_bins", "_search")
]
compiled = SimpleNamespace(**{name: value for part in PARTS for name, value in vars(part).items()})
reference = SimpleNamespace(**vars(count) | vars(bins_twin) | vars(search))

pictures = st.integers(0, 2**32 - 1).flatmap(
    lambda seed: st.tuples(st.integers(1, 40), st.integers(1, 40)).map(
        lambda size: np.random.default_rng(seed).integers(0, 256, (*size, 3), np.uint8)
    )
)


def counted(module, strips):
    tally = module.Tally()
    for codes, alpha, weight in strips:
        tally.add(codes, alpha, weight)
    return tally.result()


def assert_same(a, b):
    for x, y in zip(a, b, strict=True):
        np.testing.assert_array_equal(x, y)


def photo_like(seed=0, h=120, w=160):
    """A smooth picture with noise and a spot, whose bins differ much in weight."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:h, :w]
    codes = np.stack([x * 200 / w, y * 180 / h, (x + y) * 90 / (h + w) + 40], 2) + rng.normal(0, 5, (h, w, 3))
    codes[20:26, 30:38] = 230, 30, 40
    return codes.clip(0, 255).astype(np.uint8)


@settings(max_examples=30)
@given(pictures)
def test_both_kernels_count_the_same(codes):
    alpha = codes[..., 0].copy()
    strips = [
        (codes, None, 1),
        (codes, alpha, 1),
        (codes[:, ::-1], None, 40),
        (codes.swapaxes(0, 1), None, 40),
    ]
    assert_same(counted(compiled, strips), counted(reference, strips))


def test_there_are_64_levels_and_rounding_moves_no_boundary():
    exact = 64 * (np.cbrt(kernel.LINEAR) + np.arange(256) / 255) / 2
    assert kernel.LEVEL.max() == 63
    assert np.abs(exact - np.rint(exact))[1:-1].min() > 1e-6  # no machine's rounding can move a code
    assert (np.arange(256) - kernel.FIRST).max() == 4  # three bits above a level's first code are enough


@pytest.mark.parametrize("n", [8190, 8191, 8192, 8193, 3 * 8191, 100_000])
def test_a_bin_that_overflows_its_word_is_counted_exactly(n):
    codes = np.full((1, n, 3), (255, 128, 3), np.uint8)
    _bins, counts, sums = counted(compiled, [(codes, None, 1)])
    assert counts.tolist() == [n * 255]
    assert sums.tolist() == [[n * 255 * 255, n * 255 * 128, n * 255 * 3]]


def test_sums_contain_every_code():
    codes = np.stack(np.meshgrid(*[np.arange(0, 256, 3)] * 3), -1).reshape(1, -1, 3).astype(np.uint8)
    bins, counts, sums = counted(compiled, [(codes, None, 1)])
    assert counts.sum() == codes.shape[1] * 255
    np.testing.assert_array_equal(sums.sum(0), codes[0].astype(np.uint64).sum(0) * 255)
    assert_same((bins, counts, sums), counted(reference, [(codes, None, 1)]))


@pytest.mark.parametrize("side", [1, 3, 60, 511, 512, 513])
def test_few_pixels_and_more_pixels_than_bins_are_counted_the_same(side):
    rng = np.random.default_rng(side)
    codes = rng.integers(0, 256, (side, side, 3), np.uint8)
    alpha = rng.choice(np.array([0, 90, 255], np.uint8), (side, side))
    for strips in ([(codes, None, 1)], [(codes, alpha, 1)], [(codes, None, 1), (codes[:1], alpha[:1], 7)]):
        found = counted(compiled, strips)
        assert_same(found, counted(reference, strips))
        assert_same(counted(compiled, strips[::-1]), found)


def test_a_tally_forgets_a_large_picture_before_a_small_one():
    rng = np.random.default_rng(0)
    large, small = rng.integers(0, 256, (600, 600, 3), np.uint8), rng.integers(0, 256, (5, 5, 3), np.uint8)
    tally, other = compiled.Tally(), compiled.Tally()
    other.add(large)
    tally.absorb(other)
    assert_same(tally.result(), counted(reference, [(large, None, 1)]))
    for each in (tally, other):
        each.add(small)
        assert_same(each.result(), counted(reference, [(small, None, 1)]))


def test_absorbing_a_tally_adds_its_pixels():
    codes = photo_like()
    for first, second in [
        ((codes, None, 1), (codes[::2], None, 1)),
        ((codes, None, 3), (codes, codes[..., 1].copy(), 7)),
    ]:
        one, other = compiled.Tally(), compiled.Tally()
        one.add(*first)
        other.add(*second)
        one.absorb(other)
        assert_same(one.result(), counted(reference, [first, second]))
        assert len(other.result()[0]) == 0


def test_a_tally_is_empty_after_its_result():
    codes = photo_like()
    for module in (compiled, reference):
        tally = module.Tally()
        tally.add(codes, codes[..., 0].copy(), 3)
        first = tally.result()
        assert len(tally.result()[0]) == 0
        tally.add(codes, codes[..., 0].copy(), 3)
        assert_same(tally.result(), first)


def test_strided_views_are_counted_like_copies():
    wide = np.dstack([photo_like(), np.zeros((120, 160), np.uint8)])
    for view in (wide[..., :3], wide[::-1, :, :3], np.rot90(wide[..., :3]), wide[5:50:2, 3:90:3, :3]):
        expected = counted(reference, [(np.ascontiguousarray(view), None, 1)])
        assert_same(counted(compiled, [(view, None, 1)]), expected)


@pytest.fixture
def bins():
    return counted(reference, [(photo_like(), None, 1)])


def test_both_kernels_coarsen_bins_the_same(bins):
    assert_same(compiled.coarsen(*bins), reference.coarsen(*bins))


def test_coarsening_keeps_every_pixel(bins):
    coarse, labels, counts, sums = compiled.coarsen(*bins)
    assert counts.sum() == bins[1].sum()
    np.testing.assert_array_equal(sums.sum(0), bins[2].sum(0))
    assert len(np.unique(coarse)) == len(coarse) == labels.max() + 1


def test_both_kernels_convert_to_oklab_the_same(bins):
    np.testing.assert_allclose(compiled.oklab(bins[1], bins[2]), reference.oklab(bins[1], bins[2]), rtol=0, atol=1e-12)


def test_oklab_of_black_and_white_is_that_of_ottosson():
    # gold: Ottosson 2020: white is L = 1, a = b = 0; black is 0
    for module in (compiled, reference):
        codes = np.array([[0, 0, 0], [255, 255, 255]], np.uint64)
        got = module.oklab(np.ones(2, np.uint64), codes)
        np.testing.assert_allclose(got, [[0, 0, 0], [1, 0, 0]], atol=5e-8)


@pytest.mark.parametrize("k", [1, 2, 8, 40])
def test_both_kernels_cluster_the_same(bins, k):
    points, weights = reference.oklab(bins[1], bins[2]), bins[1] / bins[1].sum()
    seeds = reference.farthest(points, weights, k)
    np.testing.assert_array_equal(compiled.farthest(points, weights, k), seeds)
    a, b = (module.lloyd(points, weights, points[seeds]) for module in (compiled, reference))
    np.testing.assert_array_equal(a[1], b[1])
    np.testing.assert_allclose(a[0], b[0], atol=1e-12)
    assert_same(compiled.assign(points, a[0]), reference.assign(points, a[0]))


@given(
    hnp.arrays(
        np.float64,
        st.tuples(st.integers(1, 300), st.just(3)),
        elements=st.sampled_from([0.0, 0.25, 0.5, 1.0]),
    )
)
def test_both_kernels_break_ties_the_same(points):
    weights = np.full(len(points), 1 / len(points))
    seeds = reference.farthest(points, weights, 5)
    np.testing.assert_array_equal(compiled.farthest(points, weights, 5), seeds)
    centers = points[seeds]
    assert_same(compiled.assign(points, centers), reference.assign(points, centers))


def test_lloyd_ends_when_no_center_moves(bins):
    points, weights = compiled.oklab(bins[1], bins[2]), bins[1] / bins[1].sum()
    centers, labels = compiled.lloyd(points, weights, points[compiled.farthest(points, weights, 6)])
    again, same = compiled.lloyd(points, weights, centers)
    np.testing.assert_array_equal(same, labels)
    for j in range(6):
        mine = labels == j
        np.testing.assert_allclose(np.average(points[mine], axis=0, weights=weights[mine]), centers[j], atol=1e-6)
    np.testing.assert_allclose(again, centers, atol=1e-6)


def test_farthest_returns_no_point_twice():
    points = np.repeat(np.eye(3), 2, axis=0)
    for module in (compiled, reference):
        assert len(module.farthest(points, np.full(6, 1 / 6), 5)) == 3


@pytest.mark.parametrize("emphasis", [False, True])
def test_both_kernels_sum_clusters_the_same(bins, emphasis):
    labels = (np.arange(len(bins[0])) * 7 % 5).astype(np.int32)
    heavy = np.linspace(0.1, 1, len(labels)) if emphasis else None
    a, b = (module.gather(labels, 5, heavy, bins[1], bins[2]) for module in (compiled, reference))
    np.testing.assert_array_equal(a[0], b[0])
    np.testing.assert_allclose(a[1], b[1], rtol=1e-12)
    np.testing.assert_allclose(a[2], b[2], rtol=1e-12)
    np.testing.assert_array_equal(a[3], b[3])


@pytest.mark.parametrize("transparent", [False, True])
def test_both_kernels_find_the_same_places(bins, transparent):
    codes = photo_like()
    alpha = codes[..., 0].copy() if transparent else None
    rows, columns = np.arange(120) * 500, np.arange(160) * 400
    solid = (codes[..., 1] > 100).astype(np.uint8)
    args = (codes, alpha, rows, columns, bins[0], solid)
    np.testing.assert_array_equal(compiled.locate(*args), reference.locate(*args))
    coarse, _parents, *_ = reference.coarsen(*bins)
    labels = (np.arange(len(coarse)) % 4 - 1).astype(np.int32)
    args = (codes[None], None if alpha is None else alpha[None], coarse, labels, 3)
    np.testing.assert_array_equal(compiled.spots(*args), reference.spots(*args))


def test_both_kernels_sample_the_same():
    codes = photo_like()
    out = [np.zeros((3, 2, 3), np.uint8) for _ in range(2)]
    for module, to in zip((compiled, reference), out, strict=True):
        module.sample(codes, np.array([0, 5, 119]), np.array([3, 159]), to)
    np.testing.assert_array_equal(*out)
    np.testing.assert_array_equal(out[0][1, 1], codes[5, 159])


@pytest.mark.parametrize("step", [3, 20])
@pytest.mark.parametrize("turned", [False, True])
def test_both_kernels_find_the_same_contrast(step, turned):
    codes = photo_like()
    codes = codes.swapaxes(0, 1) if turned else codes
    rows, columns = np.arange(0, len(codes), 7), np.arange(0, codes.shape[1], step)
    rows[-1], columns[-1] = len(codes) - 1, codes.shape[1] - 1
    out = [np.zeros((len(rows), len(columns)), np.uint8) for _ in range(2)]
    for module, to in zip((compiled, reference), out, strict=True):
        module.contrast(codes, rows, columns, to)
    np.testing.assert_array_equal(*out)
    y, x = 1, 1
    here = codes[rows[y], columns[x]].astype(int)
    neighbors = [codes[rows[y] + dy, columns[x] + dx] for dy, dx in ((0, 1), (0, -1), (1, 0), (-1, 0))]
    assert out[0][y, x] == max(abs(neighbor.astype(int) - here).max() for neighbor in neighbors)


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (2, 1), (3, 40)])
def test_both_kernels_find_the_same_contrast_of_small_pictures(size):
    codes = np.random.default_rng(1).integers(0, 256, (*size, 3), np.uint8)
    out = [np.zeros(size, np.uint8) for _ in range(2)]
    for module, to in zip((compiled, reference), out, strict=True):
        module.contrast(codes, np.arange(size[0]), np.arange(size[1]), to)
    np.testing.assert_array_equal(*out)
    assert out[0].any() == (size != (1, 1))


@pytest.mark.parametrize("transparent", [False, True])
def test_both_kernels_find_the_same_heavy_bins_and_their_solid_pixels(bins, transparent):
    codes = np.stack([photo_like(), photo_like(1)])
    alpha = codes[..., 0].copy() if transparent else None
    solid = (codes[..., 1] > 100).astype(np.uint8)
    for part in (1e-4, 5e-3, 0.5):
        heavy = reference.heavy(bins[1], part)
        np.testing.assert_array_equal(compiled.heavy(bins[1], part), heavy)
        found = reference.flat(codes, alpha, solid, bins[0][heavy])
        assert compiled.flat(codes, alpha, solid, bins[0][heavy]) == found
    assert reference.heavy(np.array([1, 249, 2, 248], np.uint64), 0.004).tolist() == [1, 2, 3]
    assert compiled.heavy(np.array([1, 249, 2, 248], np.uint64), 0.004).tolist() == [1, 2, 3]


def test_both_kernels_select_the_same_near_points(bins):
    points = reference.oklab(bins[1], bins[2])
    labels, _ = reference.assign(points, points[[0, 50, 200]])
    args = (points, bins[1], labels, points[[0, 50, 200]])
    np.testing.assert_array_equal(compiled.near(*args), reference.near(*args))


def test_spots_finds_the_middle_of_a_square():
    codes = np.zeros((1, 30, 40, 3), np.uint8)
    codes[0, 4:11, 20:27] = 255
    coarse = np.array([0, 32767], np.uint32)
    for module in (compiled, reference):
        found = module.spots(codes, None, coarse, np.array([-1, 0], np.int32), 1)
        assert found.tolist() == [[7, 0, 7, 23]]


def test_both_kernels_compute_the_same_density(bins):
    coarse, _, counts, _ = reference.coarsen(*bins)
    weights = counts / counts.sum()
    np.testing.assert_allclose(compiled.density(coarse, weights), reference.density(coarse, weights), rtol=1e-6)


def test_the_density_of_a_single_color_is_an_eighth_of_its_weight():
    for module in (compiled, reference):  # [1 2 1] / 4 along three axes: the middle keeps (2/4)^3
        np.testing.assert_allclose(module.density(np.array([7777], np.uint32), np.array([1.0])), 1 / 8)


def test_both_kernels_merge_the_same_cells_and_grow_the_same_centers(bins):
    coarse, _, counts, sums = reference.coarsen(*bins)
    points, weights = reference.oklab(counts, sums), counts / counts.sum()
    a, b = (module.cells(coarse, points, weights) for module in (compiled, reference))
    for x, y in zip(a, b, strict=True):
        np.testing.assert_allclose(x, y, rtol=1e-12)
    candidates = reference.farthest(points, weights, 30)
    for k in (1, 2, 9):
        args = (points, weights, candidates, k, 0.01, 0.02, 3)
        np.testing.assert_allclose(compiled.grow(*args), reference.grow(*args), atol=1e-12)


def test_growth_stops_at_similar_candidates():
    points = np.array([[0.1, 0, 0], [0.105, 0, 0], [0.9, 0, 0]])
    for module in (compiled, reference):
        grown = module.grow(points, np.full(3, 1 / 3), np.arange(3), 8, 0.01, 0.02, 3)
        assert len(grown) == 2


def test_both_kernels_do_not_move_fixed_centers(bins):
    points, weights = reference.oklab(bins[1], bins[2]), bins[1] / bins[1].sum()
    start = np.vstack([[[0.9, 0.3, -0.3], [0.5, 0.0, 0.0]], points[reference.farthest(points, weights, 4)]])
    a, b = (module.lloyd(points, weights, start, 12, 2) for module in (compiled, reference))
    np.testing.assert_array_equal(a[1], b[1])
    np.testing.assert_allclose(a[0], b[0], atol=1e-12)
    np.testing.assert_array_equal(a[0][:2], start[:2])
    assert (a[0][2:] != start[2:]).any()


@pytest.mark.parametrize("rounds", [0, 3])
def test_both_kernels_grow_the_same_centers_from_fixed_ones(bins, rounds):
    points, weights = reference.oklab(bins[1], bins[2]), bins[1] / bins[1].sum()
    candidates = reference.farthest(points, weights, 30)
    fixed = np.array([[0.9, 0.3, -0.3], [0.5, 0.0, 0.0]])
    for k in (2, 3, 9):
        args = (points, weights, candidates, k, 0.01, 0.02, rounds, fixed)
        a, b = compiled.grow(*args), reference.grow(*args)
        np.testing.assert_allclose(a, b, atol=1e-12)
        np.testing.assert_array_equal(a[:2], fixed)
        assert len(a) == k
        if not rounds:
            assert all((points[candidates] == center).all(1).any() for center in a[2:])


def test_both_kernels_find_the_same_missed_color(bins):
    _coarse, _, counts, sums = reference.coarsen(*bins)
    points, weights = reference.oklab(counts, sums), counts / counts.sum()
    candidates = reference.farthest(points, weights, 30)
    for prior in (0.001, 0.003):
        args = (points, weights, points[candidates[:3]], candidates, prior)
        assert compiled.missed(*args) == reference.missed(*args)
