"""segments: one color for each region, wherever its color is found elsewhere."""

import io

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.cluster.segments import cut

QUARTERS = np.array([[(206, 17, 38), (0, 35, 149)], [(255, 215, 0), (20, 120, 60)]], np.uint8)


@pytest.fixture
def quarters() -> np.ndarray:
    """Four flat colors whose borders are not where regions start: uint8 (100, 120, 3)."""
    return np.repeat(np.repeat(QUARTERS, [55, 45], 0), [70, 50], 1)


def opaque(codes: np.ndarray) -> np.ndarray:
    return np.full(codes.shape[:3], 255, np.uint8)


def test_regions_follow_the_borders_in_the_picture(quarters):
    labels = cut(quarters[None], opaque(quarters[None]), 4, 10.0)[0]
    for part in (labels[:55, :70], labels[:55, 70:], labels[55:, :70], labels[55:, 70:]):
        assert len(np.unique(part)) == 1
    assert len(np.unique(labels)) == 4
    palette = pochade.extract(quarters, 4, method="segments")
    assert sorted(map(tuple, palette.srgb.tolist())) == sorted(map(tuple, QUARTERS.reshape(-1, 3).tolist()))
    assert sorted(palette.weights) == pytest.approx(sorted([0.55 * 70 / 120, 0.55 * 50 / 120, 0.45 * 70 / 120, 0.1875]))


def test_regions_of_a_flat_picture_are_equal_shares_of_it():
    codes = np.full((1, 60, 90, 3), 120, np.uint8)
    for n in (1, 2, 5, 6, 36):
        sizes = np.bincount(cut(codes, opaque(codes), n, 10.0).ravel(), minlength=n)
        assert sizes.min() > 0.6 * 5400 / n
        assert sizes.sum() == 5400
    assert pochade.extract(codes[0], 36, method="segments").hex == ["#787878"]


@pytest.mark.parametrize("n", [1, 2, 7, 36, 100])
def test_there_are_as_many_regions_as_asked_for_whatever_the_mask(photo, n):
    alpha = opaque(photo[None])
    alpha[:, :, 50:] = 0
    alpha[:, 100:] = 0
    labels = cut(photo[None], alpha, n, 10.0)
    assert np.array_equal(labels >= 0, alpha > 0)
    assert len(np.unique(labels[labels >= 0])) == n


def test_few_pixels_are_a_region_each():
    codes = np.arange(12, dtype=np.uint8).reshape(1, 2, 2, 3) * 20
    assert cut(codes, opaque(codes), 8, 10.0).ravel().tolist() == [0, 1, 2, 3]
    assert len(pochade.extract(codes[0], 8, method="segments")) == 4


def test_each_color_is_the_mean_of_its_region(photo):
    photo = photo[:, :128]  # of which the sketch has every pixel
    labels = cut(photo[None], opaque(photo[None]), 9, 10.0)[0]
    means = {tuple(np.rint(photo[labels == j].mean(0)).astype(int).tolist()) for j in range(9)}
    assert set(map(tuple, pochade.extract(photo, 9, method="segments").srgb.tolist())) == means


def test_what_is_large_in_one_place_does_not_crowd_out_the_rest():
    picture = np.full((90, 90, 3), 200, np.uint8)
    picture[:] += np.linspace(0, 50, 90)[:, None, None].astype(np.uint8)  # a sky that k-means gives several colors to
    picture[80:, 80:] = 206, 17, 38
    regions = pochade.extract(picture, 8, method="segments", of=81)
    assert "#ce1126" in regions.hex


def test_regions_are_clustered_by_the_method_and_space_that_are_asked_for(photo):
    by = {name: pochade.extract(photo, 4, method="segments", of=100, by=name).hex for name in ("kmeans", "prominent")}
    assert by["kmeans"] != by["prominent"]
    assert len(by["kmeans"]) == 4
    assert pochade.extract(photo, 4, method="segments", of=100, space="rgb").hex != by["kmeans"]


def test_compactness_turns_regions_into_squares(photo):
    loose, tight = (cut(photo[None], opaque(photo[None]), 12, c)[0] for c in (1.0, 1000.0))

    def border(labels: np.ndarray) -> int:
        return int((np.diff(labels, axis=0) != 0).sum() + (np.diff(labels, axis=1) != 0).sum())

    assert border(tight) < border(loose) / 2


def test_a_mood_weighs_within_regions(quarters):
    quarters[::2] //= 2
    plain, light = (pochade.extract(quarters, 4, method="segments", **more) for more in ({}, {"mood": "light"}))
    assert light.oklab[:, 0].mean() > plain.oklab[:, 0].mean() + 0.02


def test_what_does_not_count_is_in_no_region(quarters):
    assert "#ffd700" not in pochade.extract(quarters, 3, method="segments", avoid="#ffd700").hex
    left = pochade.extract(quarters, 2, method="segments", region=(0, 0, 70, 100))
    assert set(left.hex) == {"#ce1126", "#ffd700"}


def test_what_the_sketch_does_not_show_is_refused():
    picture = np.full((1000, 1000, 3), 120, np.uint8)
    picture[500, 500] = 206, 17, 38
    with pytest.raises(pochade.OptionError, match="too rare for the method 'segments'"):
        pochade.extract(picture, 2, method="segments", avoid="#787878")


def test_the_frames_of_an_animation_are_one_picture_after_another(quarters):
    file = io.BytesIO()
    frames = [Image.fromarray(codes) for codes in (quarters, quarters[::-1])]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    palette = pochade.extract(file.getvalue(), 8, method="segments")
    assert {"#ce1126", "#ffd700"} <= set(palette.hex)


@pytest.mark.parametrize("picture", [(1, 1), (1, 300), (300, 1), (2, 2)])
def test_a_picture_of_any_shape_has_regions(picture):
    codes = np.random.default_rng(0).integers(0, 256, (*picture, 3), np.uint8)
    for k in (1, 8, 36):
        assert 1 <= len(pochade.extract(codes, k, method="segments")) <= k
    for by in ("kmeans", "prominent", "sample"):
        assert 1 <= len(pochade.extract(codes, 2, method="segments", of=9, by=by)) <= 2


def test_why_and_how_many_go_with_it(quarters):
    palette = pochade.extract(quarters, 4, method="segments")
    assert len(palette.explain()) == 4
    assert palette.fidelities[3].difference == pytest.approx(0)


def test_labels_and_auto_go_with_it(photo):
    palette = pochade.extract(photo, "auto", method="segments")
    assert 3 <= len(palette) <= 12
    assert np.allclose(
        np.bincount(palette.labels().ravel(), minlength=len(palette)) / photo[..., 0].size, palette.weights
    )


def test_a_sum_of_histograms_is_refused(photo):
    half = pochade.histogram(pochade.read(photo))
    with pytest.raises(pochade.OptionError, match="a sum of histograms has no positions: give a picture"):
        pochade.extract(half + half, 4, method="segments")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"of": 5}, "of=5 is not allowed for k=8: give 8 to 1024 regions"),
        ({"of": 2000}, "of=2000"),
        (
            {"compactness": 0.0},
            r"compactness=0\.0 is not allowed: give a number above 0, at most 1000000; the default is 10\.0",
        ),
        ({"by": "segments", "of": 20}, "regions are not cut again"),
        ({"by": "kmean"}, "Did you mean 'kmeans'"),
        ({"by": "prominent", "space": "rgb"}, "works in oklab, not in 'rgb'"),
        ({"keep": "red"}, "cannot solve around colors that stay"),
    ],
)
def test_options_that_are_not_allowed_are_refused(photo, options, said):
    with pytest.raises(pochade.PochadeError, match=said):
        pochade.extract(photo, 8, method="segments", **options)
