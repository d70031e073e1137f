"""sample: k colors of a larger palette, by the seed."""

import numpy as np
import pytest

import pochade
from pochade.batch import extract_many


def test_the_colors_are_some_of_the_larger_palette_to_the_byte(photo):
    for by in ("kmeans", "segments"):
        larger = set(pochade.extract(photo, 36, method=by).hex)
        for seed in range(5):
            palette = pochade.extract(photo, 8, method="sample", by=by, seed=seed)
            assert len(palette) == 8
            assert set(palette.hex) <= larger


def test_another_seed_draws_others_and_the_same_seed_the_same(photo):
    drawn = [pochade.extract(photo, 8, method="sample", seed=seed).hex for seed in (0, 1, 2, 0)]
    assert drawn[0] == drawn[3]
    assert len({tuple(sorted(hex)) for hex in drawn}) == 3


def test_every_color_has_the_same_chance(photo):
    counted = pochade.histogram(pochade.read(photo))
    larger = pochade.extract(counted, 12, method="kmeans").hex
    draws = 300
    drawn = [
        color for seed in range(draws) for color in pochade.extract(counted, 4, method="sample", of=12, seed=seed).hex
    ]
    counts = np.array([drawn.count(color) for color in larger])
    assert counts.sum() == 4 * draws
    # 300 draws of 4 of 12: 100 each, with a standard deviation of 8
    assert counts.min() > 100 - 5 * 8
    assert counts.max() < 100 + 5 * 8


def test_by_weight_the_large_ones_come_more_often(photo):
    counted = pochade.histogram(pochade.read(photo))
    large = pochade.extract(counted, 12, method="kmeans")[0].hex
    often = [
        sum(large in pochade.extract(counted, 2, method="sample", of=12, chance=chance, seed=s).hex for s in range(60))
        for chance in ("even", "weight")
    ]
    assert often[0] < often[1]


def test_every_pixel_has_its_color(photo):
    palette = pochade.extract(photo, 5, method="sample", of=20)
    labels = palette.labels()
    assert labels.min() == 0
    assert np.allclose(np.bincount(labels.ravel()) / labels.size, palette.weights)


def test_all_of_them_are_the_larger_palette(photo):
    assert set(pochade.extract(photo, 9, method="sample", of=9).hex) == set(
        pochade.extract(photo, 9, method="kmeans").hex
    )


def test_a_picture_of_fewer_colors_gives_those(flag):
    assert set(pochade.extract(flag, 8, method="sample").hex) == {"#ffffff", "#ce1126", "#002395"}


def test_a_mood_is_that_of_the_larger_palette(photo):
    larger = set(pochade.extract(photo, 36, method="kmeans", mood="dark").hex)
    assert set(pochade.extract(photo, 8, method="sample", mood="dark").hex) <= larger


def test_processes_agree(photo):
    here = pochade.extract(photo, 6, method="sample", seed=3)
    assert all(r.palette == here for r in extract_many([photo, photo], jobs=2, k=6, method="sample", seed=3))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"of": 7}, "of=7 is not allowed for k=8: give at least 8"),
        ({"by": "means"}, "unknown method 'means'"),
        ({"chance": "luck"}, "one of even, weight"),
    ],
)
def test_options_that_are_not_allowed_are_refused(photo, options, said):
    with pytest.raises(pochade.PochadeError, match=said):
        pochade.extract(photo, 8, method="sample", **options)
