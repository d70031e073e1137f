import numpy as np
import pytest
import sklearn.cluster
from sklearn.metrics import adjusted_rand_score

import pochade
from pochade.color.difference import differences
from pochade.color.spaces import spaces


def assert_like_scikit_learn(clusters, oracle):
    """Noise, which goes to the nearest cluster here, is what has no emphasis."""
    np.testing.assert_array_equal(clusters.emphasis > 0, oracle >= 0)
    clustered = oracle >= 0
    assert adjusted_rand_score(oracle[clustered], clusters.labels[clustered]) == 1


@pytest.mark.parametrize(("eps", "least"), [(0.05, 2), (0.08, 6), (0.12, 9), (0.2, 4), (0.3, 20)])
def test_clusters_are_those_of_scikit_learn_with_sample_weight(drawn, eps, least):
    for seed in range(5):
        given = drawn(seed, n=250)
        _, oracle = sklearn.cluster.dbscan(given.points, eps=eps, min_samples=least, sample_weight=given.counts)
        clusters = given.cluster("dbscan", 256, eps=eps, min_weight=least / given.counts.sum())
        assert_like_scikit_learn(clusters, oracle)


@pytest.mark.parametrize("difference", ["ciede2000", "hyab", "cie94", "cmc", "cie76"])
def test_clusters_by_a_difference_are_those_of_scikit_learn_with_its_matrix(drawn, difference):
    for seed in range(3):
        given = drawn(seed, n=200)
        there = differences[difference].of_linear(given.colors[:, None], given.colors)
        for eps in (6, 9):
            _, oracle = sklearn.cluster.dbscan(
                (there + there.T) / 2, eps=eps, min_samples=7, sample_weight=given.counts, metric="precomputed"
            )
            clusters = given.cluster("dbscan", 256, eps=eps, min_weight=7 / given.counts.sum(), difference=difference)
            assert_like_scikit_learn(clusters, oracle)


def spots(*areas):
    """A picture of flat colors, each of so many pixels, of three blues 4 codes apart."""
    colors = [(20, 20, 20), (200, 40, 30), (30, 60, 200), (240, 230, 90)]
    pixels = [
        np.tile(color, (area, 1)) + np.outer(np.arange(area) % 3 * 4, (0, 0, 1))
        for color, area in zip(colors[: len(areas)], areas, strict=True)
    ]
    return np.concatenate(pixels).astype(np.uint8)[None]


def test_the_heaviest_clusters_are_kept():
    picture = spots(100, 400, 300, 200)
    assert len(pochade.extract(picture, 8, method="dbscan")) == 4
    kept = pochade.extract(picture, 2, method="dbscan").hex
    assert kept == ["#c82822", "#1e3ccc"]


def test_noise_counts_for_the_nearest_cluster_and_leaves_its_color_alone():
    picture = spots(1000, 600)
    alone = pochade.extract(picture, 8, method="dbscan")
    picture[0, :3] = 90, 90, 90
    noisy = pochade.extract(picture, 8, method="dbscan")
    assert len(noisy) == len(alone) == 2
    assert noisy.weights.sum() == pytest.approx(1)
    assert np.abs(noisy.srgb.astype(int) - alone.srgb.astype(int)).max() <= 1


def test_a_color_of_many_pixels_is_dense_by_itself():
    picture = spots(1000, 100, 5)
    assert len(pochade.extract(picture, 8, method="dbscan", min_weight=0.05)) == 2
    assert len(pochade.extract(picture, 8, method="dbscan", min_weight=0.002)) == 3


@pytest.mark.parametrize("space", [entry.name for entry in spaces.entries if entry.value.hue is None])
def test_the_default_eps_fits_every_space(space):
    noise = np.random.default_rng(0).integers(-1, 2, (1, 1000, 3))  # not visible: one cluster a color
    picture = np.repeat([(20, 20, 20), (200, 40, 30), (30, 60, 200), (210, 200, 90)], 250, axis=0) + noise
    assert len(pochade.extract(picture.astype(np.uint8), 8, method="dbscan", space=space)) == 4


@pytest.mark.parametrize("difference", [None, "ciede2000"])
def test_where_no_cluster_is_found_the_message_says_which_eps_would(photo, difference):
    asked = {"method": "dbscan", "min_weight": 0.2, "difference": difference}
    with pytest.raises(pochade.OptionError, match=r"finds no cluster: .*Give eps=") as refused:
        pochade.extract(photo, 8, eps=1e-3, **asked)
    would = float(str(refused.value).split("Give eps=")[1].split(" ")[0])
    assert len(pochade.extract(photo, 8, eps=would, **asked)) >= 1
    with pytest.raises(pochade.OptionError):
        pochade.extract(photo, 8, eps=would * 0.985, **asked)  # three figures, rounded up


@pytest.mark.parametrize(
    "given",
    [
        *({"eps": eps} for eps in (0, -1.0, float("nan"), float("inf"), "near")),
        *({"min_weight": share} for share in (0, 1.5, True)),
    ],
)
def test_values_without_sense_are_refused(photo, given):
    with pytest.raises(pochade.OptionError, match="is not allowed: give"):
        pochade.extract(photo, 4, method="dbscan", **given)
