"""What all methods that work from pairwise differences share, and what the others say of a difference."""

import numpy as np
import pytest

import pochade
from pochade.cluster import methods, pairwise
from pochade.color.difference import differences
from pochade.color.spaces import spaces

PAIRWISE = ["agglomerative", "dbscan", "hdbscan", "kmedoids"]
OTHERS = [entry.name for entry in methods.entries if "difference" not in entry.options]
ANY_SPACE = [entry.name for entry in methods.entries if entry.about.spaces is None]


def taking(method, difference):
    """The options with which a method takes a difference."""
    return {"difference": difference} | ({"linkage": "average"} if method == "agglomerative" else {})


@pytest.mark.parametrize("method", PAIRWISE)
@pytest.mark.parametrize("difference", differences.names)
def test_every_difference_serves(flag, method, difference):
    palette = pochade.extract(flag, 3, method=method, **taking(method, difference))
    assert {"#ce1126", "#ffffff"} <= set(palette.hex)


@pytest.mark.parametrize("method", PAIRWISE)
def test_a_palette_is_the_same_every_time(photo, method):
    first, again = (pochade.extract(photo, 5, method=method, seed=seed) for seed in (0, 9))
    assert first.hex == again.hex
    np.testing.assert_array_equal(first.weights, again.weights)


@pytest.mark.parametrize("method", ["agglomerative", "dbscan", "hdbscan"])
def test_colors_that_must_stay_are_refused_by_methods_that_cannot_keep_them(photo, method):
    with pytest.raises(pochade.OptionError, match=f"the method '{method}' cannot solve around colors that stay"):
        pochade.extract(photo, 4, method=method, keep="red")


@pytest.mark.parametrize("method", PAIRWISE)
def test_a_difference_that_does_not_exist_is_refused_before_the_picture_is_read(method):
    with pytest.raises(pochade.UnknownNameError, match=r"unknown difference 'cie2000'\. Did you mean 'ciede2000'"):
        pochade.extract("no such picture", method=method, difference="cie2000")


@pytest.mark.parametrize("method", OTHERS)
def test_a_method_without_differences_says_which_have_them(photo, method):
    with pytest.raises(
        pochade.UnknownNameError, match=f"unknown option of {method}: 'difference'.*'agglomerative', .*have"
    ):
        pochade.extract(photo, 4, method=method, difference="cie76")


@pytest.mark.parametrize("method", ANY_SPACE)
def test_straight_distances_are_refused_where_a_coordinate_is_an_angle(photo, method):
    with pytest.raises(pochade.OptionError, match="space='oklch' has an angle among its coordinates, 'h'"):
        pochade.extract(photo, 4, method=method, space="oklch")


@pytest.mark.parametrize("method", PAIRWISE)
def test_with_a_difference_the_space_does_not_matter(photo, method):
    palettes = [
        pochade.extract(photo, 4, method=method, space=space, **taking(method, "cie76")).hex
        for space in ("oklab", "oklch", "hsv-raw")
    ]
    assert palettes[0] == palettes[1] == palettes[2]


def test_a_set_is_not_chosen_from_by_straight_distances_to_an_angle(photo):
    with pytest.raises(pochade.OptionError, match="`among` is chosen from by straight distances"):
        pochade.extract(photo, 2, method="dbscan", space="oklch", difference="ciede2000", among="red, gray")


@pytest.mark.parametrize("space", ["hsv", "hsl", "hsv-raw"])
def test_cones_and_the_naive_way_are_allowed(photo, space):
    for method in (*PAIRWISE, "kmeans"):
        assert pochade.extract(photo, 3, method=method, space=space).space == space


def test_centers_where_a_coordinate_is_an_angle_are_of_the_mean_light(drawn):
    given = drawn(0, space="oklch")
    clusters = given.cluster("agglomerative", 3, linkage="average", difference="cie76")
    for j, center in enumerate(clusters.centers):
        mine = clusters.labels == j
        mean = np.average(given.colors[mine], 0, given.weights[mine])
        np.testing.assert_allclose(spaces["oklch"].from_linear(mean), center)


@pytest.mark.parametrize("difference", ["cie94", "cmc"])
def test_differences_that_depend_on_the_order_are_taken_both_ways(drawn, difference):
    given = drawn(1, n=20)
    measure, coordinates = pairwise.measured(given.points, given.colors, given.space, difference)
    there = differences[difference].of_linear(given.colors[:, None], given.colors)
    far = measure.matrix(coordinates)
    np.testing.assert_allclose(far, (there + there.T) / 2, rtol=1e-5, atol=1e-5)
    np.testing.assert_array_equal(far, far.T)


@pytest.mark.parametrize("difference", [None, *differences.names])
def test_a_matrix_is_the_same_both_ways(drawn, difference, monkeypatch):
    monkeypatch.setattr(pairwise, "PAIRS", 1000)
    given = drawn(1, n=150)
    measure, coordinates = pairwise.measured(given.points, given.colors, given.space, difference)
    far = measure.matrix(coordinates)
    np.testing.assert_array_equal(far, far.T)
    np.testing.assert_allclose(far, measure.between(coordinates, coordinates), rtol=1e-5, atol=1e-5)
    assert (np.diag(far) < 1e-5).all()


def test_a_just_visible_step_is_that_of_ciede2000():
    cielab = spaces["cielab"]
    assert pairwise.visible(pairwise.Measure(cielab, differences["ciede2000"])) == pytest.approx(1)
    codes = pairwise.visible(pairwise.Measure(spaces["rgb"], None)) * 255
    assert 2 < codes < 8  # of 256 levels a few are not told apart


def test_few_points_are_not_gathered(drawn):
    given = drawn(2)
    cells = pairwise.cells(given.points, given.weights)
    assert cells.points is given.points
    np.testing.assert_array_equal(cells.of, np.arange(70))


@pytest.mark.parametrize("most", [8, 50, 199])
def test_many_points_are_gathered_where_they_lie_close(drawn, most):
    given = drawn(3, n=200)
    cells = pairwise.cells(given.points, given.weights, most)
    assert most / 4 <= len(cells.points) <= most
    assert cells.weights.sum() == pytest.approx(1)
    for j, point in enumerate(cells.points):
        mine = cells.of == j
        np.testing.assert_allclose(point, np.average(given.points[mine], 0, given.weights[mine]))
    moved = np.abs(given.points - cells.points[cells.of]).max()
    assert moved <= np.ptp(given.points, axis=0).max()
