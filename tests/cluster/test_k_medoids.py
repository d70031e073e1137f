import itertools

import numpy as np
import pytest

import pochade
from pochade.cluster import pairwise
from pochade.color.difference import differences


def loss(far, weights, chosen):
    return weights @ far[list(chosen)].min(0)


def best(far, weights, k):
    """The least sum of differences that any k points reach."""
    return min(loss(far, weights, chosen) for chosen in itertools.combinations(range(len(far)), k))


@pytest.mark.parametrize("difference", [None, "ciede2000", "cie94", "hyab"])
def test_medoids_are_the_best_of_all_that_there_are(drawn, difference):
    ratios = []
    for seed in range(12):
        given = drawn(seed, n=14)
        if difference is None:
            far = np.sqrt(((given.points[:, None] - given.points) ** 2).sum(2))
        else:
            there = differences[difference].of_linear(given.colors[:, None], given.colors)
            far = (there + there.T) / 2
        for k in (1, 2, 4):
            centers = given.cluster("kmedoids", k, difference=difference).centers
            chosen = [int(np.flatnonzero((given.points == center).all(1))[0]) for center in centers]
            ratios.append(loss(far, given.weights, chosen) / best(far, given.weights, k))
    assert min(ratios) > 0.999999
    assert max(ratios) < 1.1  # exchanging one by one may end short of the best ...
    assert np.mean(np.array(ratios) < 1.000001) > 0.9  # ... and seldom does


def test_medoids_are_colors_of_the_picture(photo):
    palette = pochade.extract(photo, 6, method="kmedoids")
    means = pochade.histogram(pochade.read(photo)).coarse.means
    codes = {tuple(code) for code in np.rint(means).astype(int).tolist()}
    assert {tuple(color) for color in palette.srgb.tolist()} <= codes


def test_each_point_goes_to_the_nearest_medoid(drawn):
    given = drawn(5, n=300)
    clusters = given.cluster("kmedoids", 7)
    far = ((given.points[:, None] - clusters.centers) ** 2).sum(2)
    np.testing.assert_array_equal(clusters.labels, far.argmin(1))


def test_weights_draw_medoids(drawn):
    given = drawn(6, n=40)
    for i in (3, 17):
        given.weights = np.full(40, 0.01)
        given.weights[i] = 1.0
        np.testing.assert_array_equal(given.cluster("kmedoids", 1).centers, given.points[[i]])


def test_as_many_medoids_as_points_are_the_points(drawn):
    given = drawn(7, n=6)
    for k in (6, 50):
        clusters = given.cluster("kmedoids", k)
        np.testing.assert_array_equal(clusters.centers[clusters.labels], given.points)
    assert len(drawn(7, n=1).cluster("kmedoids", 4).centers) == 1


@pytest.mark.parametrize("difference", [None, "ciede2000", "cie76"])
def test_what_is_kept_stays_and_the_rest_is_found_around_it(photo, difference):
    palette = pochade.extract(photo, 4, method="kmedoids", keep="#e61e28, #00ff00", difference=difference)
    assert {"#e61e28", "#00ff00"} < set(palette.hex)
    assert len(palette) == 4


@pytest.mark.parametrize("space", ["oklab", "oklch"])
def test_the_palette_is_chosen_among_what_is_given(photo, space):
    given = ["#e61e28", "#808c9a", "#5a6478", "#00ff00", "#b4b4c8"]
    palette = pochade.extract(photo, 3, method="kmedoids", among=given, difference="ciede2000", space=space)
    assert set(palette.hex) < set(given)
    assert "#00ff00" not in palette.hex


@pytest.mark.parametrize("difference", [None, "ciede2000"])
def test_more_points_than_all_pairs_are_taken_of_cost_little(drawn, difference, monkeypatch):
    given = drawn(8, n=500)
    exact = given.cluster("kmedoids", 6, difference=difference)
    monkeypatch.setattr(pairwise, "MAX_POINTS", 250)
    rough = given.cluster("kmedoids", 6, difference=difference)

    def error(clusters):
        measure, coordinates = pairwise.measured(given.points, given.colors, given.space, difference)
        chosen = [int(np.flatnonzero((given.points == center).all(1))[0]) for center in clusters.centers]
        return given.weights @ measure(coordinates[:, None], coordinates[chosen]).min(1)

    assert error(rough) < 1.05 * error(exact)
