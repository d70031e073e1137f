import json
import pickle
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pochade
from pochade.cluster import methods

pictures = st.tuples(st.integers(0, 10**6), st.integers(1, 24), st.integers(1, 24), st.integers(1, 256)).map(
    lambda t: (np.random.default_rng(t[0]).integers(0, t[3], (*t[1:3], 3))).astype(np.uint8)
)
METHODS = methods.names
TAKES_RARE_FOR_NOISE = {"dbscan", "hdbscan"}
FINDS_ALL = [method for method in METHODS if method not in TAKES_RARE_FOR_NOISE]


@settings(max_examples=60)
@given(pictures, st.integers(1, 12), st.sampled_from(sorted({*METHODS} - {"dbscan"})))  # which refuses mere noise
def test_every_palette_keeps_the_invariants(picture, k, method):
    palette = pochade.extract(picture, k, method=method)
    distinct = {tuple(c) for c in picture.reshape(-1, 3).tolist()}
    assert 1 <= len(palette) <= min(k, len(distinct))
    assert len(set(palette.hex)) == len(palette)
    assert palette.weights.sum() == pytest.approx(1, abs=1e-9)
    assert (palette.weights > 0).all()
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in palette.positions)
    low, high = picture.reshape(-1, 3).min(0), picture.reshape(-1, 3).max(0)
    assert (palette.srgb >= low).all()
    assert (palette.srgb <= high).all()
    assert pochade.extract(picture, k, method=method) == palette


@pytest.mark.parametrize("method", FINDS_ALL)
def test_flat_colors_are_returned_exactly_and_without_additions(flag, method):
    palette = pochade.extract(flag, 8, method=method)
    assert sorted(palette.hex) == ["#002395", "#ce1126", "#ffffff"]
    assert dict(zip(palette.hex, palette.weights, strict=True))["#002395"] == pytest.approx(2 / 5400)
    assert palette.shortfall == "3 colors instead of 8: the picture has no more that differ."
    assert len(palette) == 3
    assert palette.k == 8


def test_a_method_that_finds_fewer_colors_gives_its_reason(photo):
    found = pochade.extract(photo, 200, method="mean-shift")
    assert found.shortfall == (
        f"{len(found)} colors instead of 200: the density of its colors has no more peaks. "
        "A smaller bandwidth may find more."
    )
    assert len(pochade.extract(photo, 200, method="mean-shift", bandwidth=0.1)) > len(found)
    assert pochade.Palette.from_dict(found.to_dict()).shortfall == found.shortfall
    assert replace(found, method="unheard-of", origin=None).shortfall == (
        f"{len(found)} colors instead of 200: the picture has no more that differ."
    )


@pytest.mark.parametrize("entry", [e for e in methods.entries if e.about.fewer is not None], ids=lambda e: e.name)
def test_reasons_for_fewer_colors_are_sentences_that_name_existing_options(entry):
    said = entry.about.fewer
    assert said.endswith(".")
    assert [word for word in re.findall(r"\b(?:eps|bandwidth|\w+_\w+)\b", said) if word not in entry.options] == []


@pytest.mark.parametrize("method", METHODS)
def test_a_picture_of_one_color_has_one_color(method):
    for k in (1, 8, "auto"):
        assert pochade.extract(np.full((5, 7, 3), (1, 2, 3), np.uint8), k, method=method).hex == ["#010203"]


@pytest.mark.parametrize("method", METHODS)
def test_a_picture_of_one_pixel_has_a_palette(method):
    palette = pochade.extract(np.array([[[9, 8, 7]]], np.uint8), method=method)
    assert (palette.hex, palette.weights.tolist()) == (["#090807"], [1.0])
    assert palette[0].position == pytest.approx((0.5, 0.5), abs=1e-4)


@pytest.mark.parametrize("method", METHODS)
def test_gray_pictures_have_gray_palettes(photo, method):
    gray = np.repeat(photo[..., :1], 3, axis=2)
    srgb = pochade.extract(gray, 6, method=method).srgb
    assert (srgb == srgb[:, :1]).all()


def test_each_position_shows_its_color(photos):
    for photo in photos:
        large = np.tile(photo, (4, 4, 1))
        for color in pochade.extract(large, 8):
            x, y = color.position
            shown = large[int(y * large.shape[0]), int(x * large.shape[1])].astype(int)
            assert np.abs(shown - color.srgb).max() < 40, color


def test_a_speck_too_small_for_the_sketch_still_has_its_place():
    picture = np.full((2000, 1500, 3), 90, np.uint8)
    picture[1234, 321] = 255, 0, 0
    red = next(c for c in pochade.extract(picture, 2) if c.hex == "#ff0000")
    assert red.position == ((321 + 0.5) / 1500, (1234 + 0.5) / 2000)


def test_the_default_method_finds_a_small_accent_that_kmeans_misses():
    ramp = np.linspace(0, 255, 160).astype(np.uint8)
    picture = np.tile(ramp[None, :, None], (120, 1, 3))
    picture[20:23, 32:36] = 170, 50, 40

    def nearest(palette):
        return min(np.abs(np.array(c.srgb) - (170, 50, 40)).sum() for c in palette)

    assert nearest(pochade.extract(picture, 6)) < 10
    assert nearest(pochade.extract(picture, 6, method="kmeans")) > 60


def test_the_same_input_options_and_seed_give_the_same_palette(photo):
    for options in ({}, {"method": "kmeans", "init": "random", "seed": 3}):
        first = pochade.extract(photo, 7, **options)
        assert pochade.extract(photo.copy(), 7, **options) == first
        assert hash(pochade.extract(photo, 7, **options)) == hash(first)


def test_different_seeds_give_different_samples(photo):
    palettes = {tuple(pochade.extract(photo, 7, method="kmeans", init="random", seed=s).hex) for s in range(6)}
    assert len(palettes) > 1


def test_auto_gives_three_to_twelve_colors(photo):
    palette = pochade.extract(photo, "auto")
    assert 3 <= len(palette) <= 12
    assert palette.k == "auto"


@pytest.mark.parametrize("space", ["rgb", "cielab", "oklab"])
def test_kmeans_works_in_any_space(photo, space):
    palette = pochade.extract(photo, 5, method="kmeans", space=space)
    assert len(palette) == 5
    assert palette.space == space


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"k": 0}, "k=0 is not allowed: give a whole number from 1 to 256"),
        ({"k": 257}, "from 1 to 256"),
        ({"k": 2.0}, "k=2.0 is not allowed"),
        ({"k": True}, "k=True is not allowed"),
        ({"k": "many"}, "or 'auto'"),
        ({"seed": -1}, "seed=-1 is not allowed"),
        ({"method": "kmean"}, "unknown method 'kmean'. Did you mean 'kmeans'\\? Known: .*prominent"),
        ({"space": "okLab"}, "unknown space 'okLab'. Did you mean 'oklab'\\?"),
        ({"method": "kmeans", "inti": "random"}, "unknown option of kmeans: 'inti'. Did you mean 'init'\\?"),
        ({"method": "kmeans", "init": "rand"}, "init='rand' is not allowed: give one of farthest, k-means"),
        ({"method": "kmeans", "n_init": 1.5}, "n_init=1.5 is not allowed: give a whole number"),
        ({"metod": "kmeans"}, "unknown option of extract: 'metod'. Did you mean 'method'\\? Known: among, .*scale"),
        ({"space": "rgb"}, "the method 'prominent' works in oklab, not in 'rgb'"),
    ],
)
def test_invalid_options_are_refused_with_the_allowed_values(photo, given, message):
    with pytest.raises(pochade.PochadeError, match=message):
        pochade.extract(photo, **given)


def test_numpy_integers_are_accepted(photo):
    one = pochade.extract(photo, np.int64(4), method="kmeans", n_init=np.uint8(2), seed=np.int32(3))
    other = pochade.extract(photo, 4, method="kmeans", n_init=2, seed=3)
    assert one == other
    assert pickle.dumps(one) == pickle.dumps(other)
    assert pochade.extract(photo, "auto", k_max=np.int8(5)) == pochade.extract(photo, "auto", k_max=5)


def test_a_palette_survives_json_and_pickle(photo):
    palette = pochade.extract(photo, 5, method="kmeans", n_init=2)
    assert pochade.Palette.from_dict(json.loads(palette.to_json())) == palette
    assert pickle.loads(pickle.dumps(palette)) == palette


def test_a_histogram_is_a_source(photo):
    counted = pochade.histogram(pochade.read(photo))
    assert pochade.extract(counted, 5).hex == pochade.extract(photo, 5).hex
    assert pochade.extract(counted + counted, 5).hex == pochade.extract(photo, 5).hex
