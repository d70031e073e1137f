import sys

import numpy as np
import pytest
from sklearn.cluster import HDBSCAN
from sklearn.metrics import adjusted_rand_score

import pochade
from pochade.cluster.hdbscan import SAMPLES, _drawn


def blobs(drawn, sizes, seed=0):
    """Three dense clouds of colors with something between them."""
    given = drawn(0, n=sum(sizes))
    rng = np.random.default_rng(seed)
    middles = np.array([[0.3, 0.0, 0.0], [0.6, 0.1, 0.1], [0.6, -0.1, -0.1]])
    given.points = np.concatenate([rng.normal(m, 0.01, (n, 3)) for m, n in zip(middles, sizes, strict=True)])
    given.colors = given.space.to_linear(given.points)
    given.weights = np.full(len(given.points), 1 / len(given.points))
    return given


@pytest.mark.parametrize("selection", ["leaf", "eom"])
@pytest.mark.parametrize("difference", [None, "cie76"])
def test_equal_weights_give_scikit_learns_clusters(drawn, selection, difference):
    given = blobs(drawn, (SAMPLES // 2, SAMPLES // 4, SAMPLES // 4))
    places = given.points if difference is None else pochade_cielab(given.colors)
    oracle = HDBSCAN(min_cluster_size=round(0.05 * SAMPLES), cluster_selection_method=selection, copy=True).fit_predict(
        places
    )
    clusters = given.cluster(
        "hdbscan", 256, min_weight=round(0.05 * SAMPLES) / SAMPLES, selection=selection, difference=difference
    )
    np.testing.assert_array_equal(clusters.emphasis > 0, oracle >= 0)
    assert adjusted_rand_score(oracle[oracle >= 0], clusters.labels[oracle >= 0]) == 1


def pochade_cielab(colors):
    from pochade.color.spaces import spaces

    return spaces["cielab"].from_linear(colors)


def test_a_color_is_taken_as_often_as_its_share_asks():
    weights = np.random.default_rng(0).random(3000) ** 6
    weights /= weights.sum()
    times = np.bincount(_drawn(weights, SAMPLES), minlength=3000)
    assert times.sum() == SAMPLES
    assert np.abs(times - weights * SAMPLES).max() < 1
    assert np.abs(np.cumsum(times) - np.cumsum(weights) * SAMPLES).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("difference", [None, "ciede2000"])
def test_weights_decide_what_is_a_cluster(drawn, difference):
    given = blobs(drawn, (400, 400, 400))
    assert len(given.cluster("hdbscan", 8, min_weight=0.1, difference=difference).centers) == 3
    given.weights[800:] /= 30  # the third cloud now covers 2 %
    given.weights /= given.weights.sum()
    assert len(given.cluster("hdbscan", 8, min_weight=0.1, difference=difference).centers) == 2


def test_where_nothing_parts_the_picture_is_one_cluster(drawn):
    assert len(drawn(0, n=1).cluster("hdbscan", 8).centers) == 1
    assert len(drawn(0, n=40).cluster("hdbscan", 8, min_weight=0.5).centers) == 1


def test_without_scikit_learn_the_message_says_what_to_install(photo, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.cluster", None)
    with pytest.raises(pochade.PochadeError, match=r"needs scikit-learn.*pip install \"pochade\[methods\]\""):
        pochade.extract(photo, 4, method="hdbscan")


@pytest.mark.parametrize("given", [{"min_weight": 0.0}, {"min_weight": 0.6}, {"selection": "all"}])
def test_values_without_sense_are_refused(photo, given):
    with pytest.raises(pochade.OptionError, match="is not allowed: give"):
        pochade.extract(photo, 4, method="hdbscan", **given)
