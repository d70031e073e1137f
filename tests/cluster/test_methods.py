"""Laws of clusters for every registered method, with the exceptions in one table."""

import os
import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest

import pochade
from pochade.cluster import methods
from pochade.color.spaces import spaces

METHODS = tuple(methods.names)
KEEPING = tuple(entry.name for entry in methods.entries if "fixed" in entry.asks)

NO_SKETCH = "it cuts pictures, and these points have no sketch; test_segments.py tests it"
SEEDS = "its first center is the heaviest point, and equal points are lighter than one point of their sum"
RANDOM = "it draws its colors at random"

EXCEPTIONS = {
    "any space": {
        "segments": NO_SKETCH,
    },
    "distant groups": {
        "median-cut": "it cuts by weight, through a heavy group",
        "prominent": "a vivid group can get two colors, and dull groups share one",
        "sample": RANDOM,
        "segments": NO_SKETCH,
    },
    "one mean": {
        "dbscan": "the color of a cluster is the mean of its dense points",
        "hdbscan": "the color of a cluster is the mean of its persistent points",
        "kmedoids": "its center is a point",
        "mean-shift": "its center is the peak of the density",
        "prominent": "its centers are means by demand, not by weight",
        "sample": RANDOM,
        "segments": NO_SKETCH,
    },
    "weights are repetitions": {
        "birch": "its tree depends on the number of points",
        "gaussian-mixture": SEEDS,
        "hdbscan": "scikit-learn separates equal points arbitrarily",
        "kmeans": SEEDS,
        "prominent": "it needs one point for each bin",
        "sample": RANDOM,
        "segments": NO_SKETCH,
    },
    "heavy groups": {
        "hdbscan": "it finds several clusters in one heavy group",
        "median-cut": "it cuts by weight, through a heavy group",
        "sample": RANDOM,
        "segments": NO_SKETCH,
    },
    "mood": {
        "sample": RANDOM,
    },
}
"""The methods that do not hold a law, by law, and the reasons."""

OPTIONS = {"dbscan": {"eps": 0.2}}
"""Options for sparse points, which are not dense by the default eps."""


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("k-means", "kmeans"),
        ("wu-k-means", "wu-kmeans"),
        ("minibatch-k-means", "minibatch-kmeans"),
        ("k-medoids", "kmedoids"),
    ],
)
def test_both_spellings_are_accepted_and_one_is_shown(photo, spelling, name):
    assert pochade.extract(photo, 3, method=spelling) == pochade.extract(photo, 3, method=name)
    assert pochade.extract(photo, 3, method=spelling).method == name
    assert dict(pochade.extract(photo, 3, method="sample", by=spelling).options)["by"] == name
    assert spelling in methods
    assert spelling not in methods.names
    with pytest.raises(pochade.OptionError, match="registered already"):
        methods.add(spelling, print)


def holding(law):
    """Parametrize a test with the methods that hold a law."""
    return pytest.mark.parametrize("method", [name for name in METHODS if name not in EXCEPTIONS[law]])


PROGRAM = """
import sys, numpy as np, pochade
picture = np.load(sys.argv[1])
for method in sys.argv[2:]:
    print(method, pochade.extract(picture, 7, method=method, seed=5).to_json())
"""


@pytest.mark.parametrize("space", ["rgb", "hsv-raw", "cielab", "oklch", "jzazbz"])
@holding("any space")
def test_at_most_k_clusters_none_empty_in_any_space(cloud, run, method, space):
    points, counts = cloud
    linear = np.ascontiguousarray((points - points.min(0)) / np.ptp(points, 0))
    points, weights = np.ascontiguousarray(spaces[space].from_linear(linear)), counts / counts.sum()
    for k in (1, 7, 30):
        clusters = run(method, points, weights, k, colors=linear, space=space)
        m = len(clusters.centers)
        assert 1 <= m <= k
        assert clusters.labels.shape == (400,)
        assert clusters.labels.dtype == np.int32
        assert (np.bincount(clusters.labels, minlength=m) > 0).all()
        assert len(np.bincount(clusters.labels)) == m
        rounding = 1e-6 * np.abs(points).max()  # of points in float32
        assert (clusters.centers >= points.min(0) - rounding).all()
        assert (clusters.centers <= points.max(0) + rounding).all()


@holding("distant groups")
def test_distant_groups_become_clusters(blobs, run, method):
    points, weights, group = blobs
    clusters = run(method, points, weights, 5, **OPTIONS.get(method, {}))
    members = {frozenset(np.flatnonzero(clusters.labels == j).tolist()) for j in range(len(clusters.centers))}
    assert members == {frozenset(np.flatnonzero(group == j).tolist()) for j in range(5)}
    for j, center in enumerate(clusters.centers):
        mine = clusters.labels == j
        assert center == pytest.approx(np.average(points[mine], axis=0, weights=weights[mine]), abs=0.1)


@holding("one mean")
def test_one_cluster_is_the_weighted_mean(cloud, run, method):
    points, counts = cloud
    clusters = run(method, points, counts**4 / (counts**4).sum(), 1)
    far = np.abs(clusters.centers[0] - np.average(points, axis=0, weights=counts**4)).max()
    assert far < (0.02 if method in ("minibatch-kmeans", "ensemble") else 1e-6)  # these two draw points
    assert np.abs(clusters.centers[0] - points.mean(0)).max() > 0.03


@holding("weights are repetitions")
def test_a_point_of_weight_n_counts_like_n_points(cloud, run, method):
    points, counts = cloud
    options = OPTIONS.get(method, {})
    once = run(method, points, counts / counts.sum(), 6, **options)
    repeated = run(method, points.repeat(counts, 0), np.full(counts.sum(), 1 / counts.sum()), 6, **options)
    assert repeated.labels.tolist() == once.labels.repeat(counts).tolist()
    assert repeated.centers == pytest.approx(once.centers, abs=1e-6)


@holding("heavy groups")
def test_heavy_groups_attract_the_centers(blobs, run, method):
    points, _, group = blobs
    for heavy in ((0, 3), (1, 4)):
        weights = np.where(np.isin(group, heavy), 1.0, 1e-6)
        clusters = run(method, points, weights / weights.sum(), 2, **OPTIONS.get(method, {}))
        middles = np.array([points[group == j].mean(0) for j in heavy])
        near = np.abs(clusters.centers[:, None] - middles).max(2).min(0)
        assert (near < 0.1).all(), (heavy, clusters.centers)


def test_another_process_gives_the_same_bytes(photo, tmp_path):
    np.save(tmp_path / "photo.npy", photo)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "photo.npy", *METHODS],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    palettes = [f"{m} {pochade.extract(photo, 7, method=m, seed=5).to_json()}" for m in METHODS]
    assert done.stdout.splitlines() == palettes


@pytest.mark.parametrize("method", KEEPING)
def test_kept_colors_are_in_the_palette(photo, method):
    palette = pochade.extract(photo, 6, method=method, keep=["#1b7f3a", "#e61e28"])
    assert {"#1b7f3a", "#e61e28"} < set(palette.hex)
    assert len(palette) == 6
    assert set(pochade.extract(photo, 2, method=method, keep=["#1b7f3a", "#e61e28"]).hex) == {"#1b7f3a", "#e61e28"}


@pytest.mark.parametrize("method", sorted({*METHODS} - {*KEEPING}))
def test_error_for_keep_names_a_method_that_supports_it(photo, method):
    with pytest.raises(pochade.OptionError, match=f"'{method}' cannot solve around colors that stay.*'prominent'"):
        pochade.extract(photo, 6, method=method, keep="red")


@holding("mood")
def test_a_dark_mood_darkens_the_palette(photo, method):
    plain, dark = (pochade.extract(photo, 5, method=method, mood=mood).oklab[:, 0].mean() for mood in (None, "dark"))
    assert dark < plain


def test_the_exceptions_name_registered_methods():
    assert {name for reasons in EXCEPTIONS.values() for name in reasons} <= {*METHODS}


@pytest.mark.parametrize(
    ("method", "option", "value", "allowed"),
    [
        ("birch", "threshold", 0.0, "a number above 0"),
        ("birch", "threshold", float("nan"), "a finite number above 0"),
        ("birch", "branching_factor", 1, "a whole number from 2"),
        ("ensemble", "runs", 0, "a whole number from 1"),
        ("ensemble", "batch_size", 0, "a whole number from 1"),
        ("gaussian-mixture", "covariance", "tied", "one of full, diag"),
        ("gaussian-mixture", "init", "best", "one of farthest, k-means\\+\\+, random"),
        ("kmeans", "n_init", 0, "a whole number from 1"),
        ("mean-shift", "bandwidth", 0.0, "a number from 0.001"),
        ("mean-shift", "bandwidth", float("inf"), "a finite number from 0.001"),
        ("minibatch-kmeans", "batch_size", -3, "a whole number from 1"),
        ("octree", "depth", 0, "a whole number from 1 to 20"),
        ("octree", "depth", 21, "a whole number from 1 to 20"),
    ],
)
def test_error_for_a_bad_option_gives_the_allowed_values(photo, method, option, value, allowed):
    with pytest.raises(pochade.OptionError, match=f"{option}=.* is not allowed: give {allowed}"):
        pochade.extract(photo, 4, method=method, **{option: value})


ABSURD = [
    (entry.name, option.name, value)
    for entry in methods.entries
    for option in entry.options.values()
    for value in ([0, -1, 2**31, 10**30] if option.type is int else [1e-300, 1e308, np.inf, np.nan])
    if option.type in (int, float)
]


@pytest.mark.parametrize(("method", "option", "value"), ABSURD)
def test_extreme_numbers_give_a_palette_or_a_pochade_error(method, option, value):
    codes = np.random.default_rng(5).integers(0, 255, (12, 12, 3), np.uint8)
    counted = pochade.histogram(pochade.read(codes))
    with suppress(pochade.PochadeError):
        assert len(pochade.extract(counted, 4, method=method, **{option: value})) <= 4
