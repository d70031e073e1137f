import itertools
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade.source.pixels import Pixels, Strip

pieces = st.lists(st.integers(1, 119), max_size=4).map(lambda cuts: [0, *sorted(set(cuts)), 120])


def count(source):
    return pochade.histogram(pochade.read(source))


def part_of(picture, top, bottom, alpha=None):
    """The histogram of some rows of a picture, counted without the other rows."""
    h, w = picture.shape[:2]
    strip = Strip(picture[top:bottom], alpha, 0, top)
    return pochade.histogram(Pixels(w, h, lambda: iter([strip]), box=(0, top, w, bottom)))


def assert_same(a, b):
    for field in ("bins", "counts", "sums"):
        np.testing.assert_array_equal(getattr(a, field), getattr(b, field))


def test_every_pixel_is_counted(photo):
    counted = count(photo)
    assert counted.counts.sum() == 120 * 160 * 255
    np.testing.assert_array_equal(counted.sums.sum(0), photo.reshape(-1, 3).astype(np.uint64).sum(0) * 255)


@settings(max_examples=25)
@given(pieces, st.randoms(use_true_random=False))
def test_tiles_in_any_order_merge_to_the_whole(cuts, random):
    rng = np.random.default_rng(5)
    picture = rng.integers(0, 256, (120, 30, 3), np.uint8)
    parts = [part_of(picture, a, b) for a, b in itertools.pairwise(cuts)]
    random.shuffle(parts)
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    assert_same(total, count(picture))
    positions = [0, 1, 2, 4, 5, 6, 7]  # without the solid pixels, because tiles lack the neighbors beyond their border
    np.testing.assert_array_equal(total.places[:, positions], count(picture).places[:, positions])


def test_tiles_and_the_whole_have_the_same_palette(photo):
    merged = part_of(photo, 0, 50) + part_of(photo, 50, 120)
    whole = pochade.extract(photo, 6)
    assert pochade.extract(merged, 6).hex == whole.hex
    np.testing.assert_array_equal(pochade.extract(merged, 6).weights, whole.weights)


def test_frames_merge_to_the_animation(photos):
    strips = [Strip(codes, None, weight=40, frame=i) for i, codes in enumerate(photos)]
    film = pochade.histogram(Pixels(160, 120, lambda: iter(strips), frames=3))
    single = [
        pochade.histogram(Pixels(160, 120, lambda codes=codes: iter([Strip(codes, None, weight=40)])))
        for codes in photos
    ]
    assert_same(single[2] + single[0] + single[1], film)
    assert pochade.extract(single[0] + single[1] + single[2], 5).hex == pochade.extract(film, 5).hex


@pytest.mark.parametrize("turn", [np.fliplr, np.flipud, np.rot90, lambda a: a.swapaxes(0, 1)])
def test_flips_and_turns_have_the_same_palette(photo, turn):
    assert_same(count(turn(photo)), count(photo))
    assert pochade.extract(turn(photo), 6).hex == pochade.extract(photo, 6).hex


def test_many_threads_count_the_same_as_one(photo, monkeypatch):
    large = np.tile(photo, (12, 12, 1))
    alpha = np.tile(photo[..., 0], (12, 12))
    for picture in (large, np.dstack([large, alpha])):
        monkeypatch.setattr("os.cpu_count", lambda: 1)
        one = count(picture)
        monkeypatch.setattr("os.cpu_count", lambda: 3)
        monkeypatch.setattr(sys.modules["pochade.histograms.histogram"], "PIXELS_A_THREAD", 1 << 14)
        assert_same(count(picture), one)
        monkeypatch.undo()


def test_transparent_pixels_do_not_count_and_half_transparent_ones_count_half():
    picture = np.zeros((1, 3, 4), np.uint8)
    picture[0, :, 3] = 0, 128, 255
    picture[0, :, 0] = 255, 255, 0
    palette = pochade.extract(picture, 3)
    assert dict(zip(palette.hex, palette.weights, strict=True)) == pytest.approx(
        {"#000000": 255 / 383, "#ff0000": 128 / 383}
    )


def test_the_error_for_a_fully_transparent_picture_gives_the_reason():
    with pytest.raises(pochade.EmptyError, match="all are fully transparent"):
        pochade.extract(np.zeros((4, 4, 4), np.uint8))


def test_places_locate_a_color(flag):
    counted = count(flag)
    blue = counted.places[counted.means[:, 2].argsort()][1]  # red 0x26, blue 0x95, white 0xff
    n, x, y, solid, left, top, right, bottom = blue.tolist()
    assert (n, solid) == (2, 0)
    assert (x / n / 65536 * 90, y / n / 65536 * 60) == pytest.approx((61, 30.5), abs=0.01)
    assert (left / 65536 * 90, right / 65536 * 90) == pytest.approx((60.5, 61.5), abs=0.01)
    assert (top, bottom) == (y // n, y // n)


def test_a_large_picture_is_sketched_evenly(photo):
    sketch = count(np.tile(photo, (5, 5, 1))).sketch
    assert sketch.codes.shape == (1, 128, 128, 3)
    assert np.ptp(np.diff(sketch.rows)) <= 110  # 600 rows: every fourth or fifth
    assert sketch.rows[0] + sketch.rows[-1] == pytest.approx(65536, abs=200)


def test_the_coarse_histogram_holds_the_same_pixels(photo):
    counted = count(photo)
    assert counted.coarse.counts.sum() == counted.counts.sum()
    assert len(counted.coarse) < len(counted)
    np.testing.assert_array_equal(np.bincount(counted.parents, counted.counts), counted.coarse.counts)


def test_a_part_of_a_histogram_has_only_its_bins_and_places(photo):
    counted = pochade.histogram(pochade.read(photo))
    kept = counted.means[:, 0] > 100
    part, rest = counted.only(kept), counted.only(~kept)
    assert len(part) + len(rest) == len(counted)
    assert part.counts.sum() + rest.counts.sum() == counted.counts.sum()
    np.testing.assert_array_equal(part.places, counted.places[kept])
    both = counted + counted
    np.testing.assert_array_equal(both.only(kept).places, both.places[kept])
    np.testing.assert_array_equal((part + rest).counts, counted.counts)
