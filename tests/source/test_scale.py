"""scale= reduces a picture when it is read."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import pochade
from pochade.errors import OptionError
from pochade.source import read


def whole(pixels: pochade.Pixels) -> np.ndarray:
    """The first frame: uint8 (h, w, 3), or (h, w, 4) with alpha."""
    strips = [strip for strip in pixels.strips() if strip.frame == 0]
    out = np.zeros((pixels.height, pixels.width, 3 if strips[0].alpha is None else 4), np.uint8)
    for strip in strips:
        rows, columns = strip.codes.shape[:2]
        part = strip.codes if strip.alpha is None else np.dstack([strip.codes, strip.alpha])
        out[strip.top : strip.top + rows, strip.left : strip.left + columns] = part
    return out


def overlaps(large: int, small: int) -> np.ndarray:
    """The share of each of `small` equal parts of a line in each of `large` parts: rows that sum to 1."""
    edges, cuts = np.arange(large + 1) / large, np.arange(small + 1) / small
    shared = np.minimum(edges[1:], cuts[1:, None]) - np.maximum(edges[:-1], cuts[:-1, None])
    return shared.clip(0) * small


@settings(max_examples=60)
@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.01, 1), st.integers(0, 99))
def test_each_pixel_is_the_mean_of_the_area_that_it_covers(height, width, scale, seed):
    codes = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    pixels = read(codes, scale=scale)
    assert (pixels.width, pixels.height) == tuple(max(1, int(side * scale + 0.5)) for side in (width, height))
    exact = np.einsum("yr,rcs,xc->yxs", overlaps(height, pixels.height), codes, overlaps(width, pixels.width))
    assert np.abs(whole(pixels) - exact).max() < 0.5 + 1e-6


@pytest.mark.parametrize("factor", [2, 3, 4])
def test_scales_of_a_half_a_third_and_a_quarter_equal_pillows_reduce(factor):
    codes = np.random.default_rng(1).integers(0, 256, (36, 48, 3), np.uint8)
    theirs = np.asarray(Image.fromarray(codes).reduce(factor)).astype(int)
    # Pillow divides by a power of two instead of 9, so some codes differ by 1
    assert np.abs(whole(read(codes, scale=1 / factor)) - theirs).max() <= (factor == 3)


def test_a_scale_of_one_changes_nothing():
    codes = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)
    assert np.array_equal(whole(read(codes, scale=1)), codes)


def test_transparent_pixels_add_no_color():
    picture = np.zeros((2, 4, 4), np.uint8)
    picture[:, 0] = 200, 100, 50, 255  # the pixel beside it is transparent black
    picture[:, 2] = 90, 80, 70, 128
    assert whole(read(picture, scale=0.5)).tolist() == [[[200, 100, 50, 128], [90, 80, 70, 64]]]


def test_the_result_does_not_depend_on_the_strips(tmp_path):
    codes = np.random.default_rng(2).integers(0, 256, (700, 500, 3), np.uint8)
    Image.fromarray(codes).save(tmp_path / "many.png")  # an array is one strip, a PNG several
    assert len(list(read(tmp_path / "many.png").strips())) > 1
    assert np.array_equal(whole(read(tmp_path / "many.png", scale=0.37)), whole(read(codes, scale=0.37)))


def test_a_region_refers_to_the_smaller_picture():
    codes = np.random.default_rng(3).integers(0, 256, (60, 90, 3), np.uint8)
    small = whole(read(codes, scale=0.4))
    part = read(codes, scale=0.4, region=(5, 3, 20, 11))
    (strip,) = part.strips()
    assert (strip.left, strip.top) == (5, 3)
    assert np.array_equal(strip.codes, small[3:11, 5:20])
    fractions = read(codes, scale=0.5, region=(0.5, 0.0, 1.0, 1.0))
    assert fractions.box == (23, 0, 45, 30)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_reduced_in_its_exif_orientation(turn):
    codes = np.random.default_rng(4).integers(0, 256, (24, 40, 3), np.uint8)
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = turn
    Image.fromarray(codes).save(file, "PNG", exif=exif)
    shown = whole(read(file.getvalue()))
    assert np.array_equal(whole(read(file.getvalue(), scale=0.5)), whole(read(shown, scale=0.5)))


def test_each_frame_is_reduced_and_keeps_its_duration():
    frames = [Image.new("RGB", (8, 6), color) for color in ("#ce1126", "#002395", "#ffffff")]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], duration=[100, 300, 40], lossless=True)
    strips = list(read(file.getvalue(), scale=0.5).strips())
    assert [(s.codes.shape, s.weight, s.frame) for s in strips] == [
        ((3, 4, 3), weight, frame) for frame, weight in enumerate((100, 300, 40))
    ]
    assert [tuple(s.codes[0, 0].tolist()) for s in strips] == [(206, 17, 38), (0, 35, 149), (255, 255, 255)]


def test_missing_pixels_of_a_truncated_file_do_not_count(tmp_path):
    codes = np.random.default_rng(5).integers(0, 256, (160, 160, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(codes).save(file, "PNG")
    part = file.getvalue()[: len(file.getvalue()) // 2]
    full = read(part, truncated=True)
    arrived = sum(int((strip.alpha > 0).sum()) for strip in full.strips())
    for scale in (0.5, 0.13, 0.001):
        pixels = read(part, truncated=True, scale=scale)
        counted = sum(float(strip.alpha.sum()) / 255 for strip in pixels.strips())
        assert counted / (pixels.width * pixels.height) == pytest.approx(arrived / 160**2, abs=0.01)


def test_missing_rows_make_the_last_row_partly_transparent():
    from pochade.source.picture import Picture
    from pochade.source.pixels import Strip
    from pochade.source.scale import scaled_picture

    three = np.full((3, 4, 3), 200, np.uint8)  # of four rows
    picture = scaled_picture(Picture(4, 4, lambda box: iter([Strip(three)])), 0.5)
    first, second = picture.blocks((0, 0, 2, 2))
    assert (first.alpha, first.top, second.top) == (None, 0, 1)
    assert second.alpha.tolist() == [[128, 128]]
    assert second.codes.tolist() == [[[200] * 3] * 2]


@pytest.mark.parametrize("scale", [0, -1, 1.01, float("nan"), True, "0.5", None])
def test_an_invalid_scale_is_refused(scale):
    with pytest.raises(OptionError, match="scale="):
        read(np.zeros((2, 2, 3), np.uint8), scale=scale)
