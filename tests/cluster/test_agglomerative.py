import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

import pochade
from pochade.cluster import pairwise
from pochade.color.difference import differences

LINKAGES = ["ward", "average", "complete", "single"]


def same_partition(a, b):
    return adjusted_rand_score(a, b) == 1


@pytest.mark.parametrize("linkage", LINKAGES)
@pytest.mark.parametrize("space", ["oklab", "cielab", "rgb", "hsv"])
def test_weighted_points_are_clustered_as_scikit_learn_clusters_the_repeated_ones(drawn, linkage, space):
    for seed in range(5):
        given = drawn(seed, space=space)
        repeated = np.repeat(given.points, given.counts, axis=0)
        for k in (2, 5, 12):
            oracle = AgglomerativeClustering(k, linkage=linkage).fit_predict(repeated)
            ours = given.cluster("agglomerative", k, linkage=linkage).labels
            assert same_partition(oracle, np.repeat(ours, given.counts)), (seed, k)


@pytest.mark.parametrize("linkage", LINKAGES[1:])
@pytest.mark.parametrize("difference", ["ciede2000", "hyab", "cie94", "cmc", "cie76"])
def test_a_difference_is_clustered_as_scikit_learn_clusters_its_matrix(drawn, linkage, difference):
    formula = differences[difference]
    for seed in range(3):
        given = drawn(seed)
        there = formula.of_linear(given.colors[:, None], given.colors)
        matrix = np.repeat(np.repeat((there + there.T) / 2, given.counts, 0), given.counts, 1)
        oracle = AgglomerativeClustering(6, metric="precomputed", linkage=linkage).fit_predict(matrix)
        ours = given.cluster("agglomerative", 6, linkage=linkage, difference=difference).labels
        assert same_partition(oracle, np.repeat(ours, given.counts)), seed


def test_wards_method_takes_differences_that_are_straight_distances(drawn):
    given, same = drawn(1, space="cielab"), drawn(1, space="oklab")
    by_space = given.cluster("agglomerative", 7).labels
    np.testing.assert_array_equal(same.cluster("agglomerative", 7, difference="cie76").labels, by_space)
    assert not same_partition(same.cluster("agglomerative", 7).labels, by_space)


@pytest.mark.parametrize("difference", ["ciede2000", "cie94", "cmc", "hyab"])
def test_wards_method_refuses_a_difference_that_is_none(photo, difference):
    with pytest.raises(
        pochade.OptionError, match=f"linkage='ward' adds up squared .*{difference} is not one: take anoth"
    ):
        pochade.extract(photo, 4, method="agglomerative", difference=difference)


@pytest.mark.parametrize("linkage", LINKAGES)
def test_from_one_k_to_the_next_two_clusters_become_one(drawn, linkage):
    given = drawn(5, n=200)
    many, few = (given.cluster("agglomerative", k, linkage=linkage).labels for k in (9, 8))
    pairs = np.unique(np.stack([many, few]), axis=1)
    assert pairs.shape == (2, 9)
    assert sorted(np.bincount(pairs[1])) == [1] * 7 + [2]


@pytest.mark.parametrize("linkage", LINKAGES)
def test_as_many_clusters_as_points_are_the_points(drawn, linkage):
    given = drawn(2, n=6)
    for k in (6, 7, 100):
        clusters = given.cluster("agglomerative", k, linkage=linkage)
        np.testing.assert_allclose(clusters.centers[clusters.labels], given.points)
    one = drawn(2, n=1).cluster("agglomerative", 3, linkage=linkage)
    assert (one.labels.tolist(), len(one.centers)) == ([0], 1)


def test_centers_are_weighted_means(drawn):
    given = drawn(3)
    clusters = given.cluster("agglomerative", 4)
    for j, center in enumerate(clusters.centers):
        mine = clusters.labels == j
        np.testing.assert_allclose(center, np.average(given.points[mine], 0, given.weights[mine]))


@pytest.mark.parametrize("linkage", ["average", "complete"])
def test_more_points_than_all_pairs_are_taken_of_are_gathered_first(drawn, linkage, monkeypatch):
    given = drawn(4, n=400)
    exact = given.cluster("agglomerative", 6, linkage=linkage)
    monkeypatch.setattr(pairwise, "MAX_POINTS", 200)
    rough = given.cluster("agglomerative", 6, linkage=linkage)
    assert len(rough.centers) == 6
    assert len(rough.labels) == 400

    def error(clusters):
        return given.weights @ np.sqrt(((given.points - clusters.centers[clusters.labels]) ** 2).sum(1))

    assert error(rough) < 1.2 * error(exact)
