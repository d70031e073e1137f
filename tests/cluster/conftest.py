"""Random weighted points, and functions that call a method on them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pochade import kernel
from pochade.cluster import Clusters, methods
from pochade.color.spaces import spaces
from pochade.color.srgb import to_codes


class Drawn:
    """Random colors and their pixel counts."""

    def __init__(self, seed, n=70, space="oklab"):
        rng = np.random.default_rng(seed)
        self.space = spaces[space]
        self.colors = rng.random((n, 3)) ** 2
        self.points = np.ascontiguousarray(self.space.from_linear(self.colors))
        self.counts = rng.integers(1, 6, n)
        self.weights = self.counts / self.counts.sum()

    def cluster(self, method, k, **options):
        """The clusters of a method."""
        entry = methods.entry(method)
        supplied = {"colors": self.colors, "space": self.space, "rng": np.random.default_rng(0)}
        asked = {name: value for name, value in supplied.items() if name in entry.asks}
        return entry.value(self.points, self.weights, k, **asked, **options)


@pytest.fixture
def drawn():
    """The class of random colors: drawn(seed, n=70, space="oklab")."""
    return Drawn


@pytest.fixture(scope="session")
def run() -> Callable[..., Clusters]:
    """A function that calls a method by name, with the inputs that `extract` supplies.

    Without `colors`, the points are linear-light sRGB.
    """

    def run(name, points, weights, k, seed=0, colors=None, space="linear-rgb", **options):
        entry = methods.entry(name)
        linear = points if colors is None else colors
        bins = kernel.bins_of(to_codes(linear))
        coarse = (bins >> 13) << 10 | (bins >> 7 & 31) << 5 | (bins >> 1 & 31)

        def consult(other, k):
            clusters = run(other, points, weights, k, seed, colors, space)
            return replace(clusters, codes=np.zeros((len(clusters.centers), 3), np.uint8))

        supplied = {
            "bins": bins if entry.about.levels == kernel.LEVELS else coarse,
            "coarse": (points, weights),
            "colors": linear,
            "consult": consult,
            "rng": np.random.default_rng(seed),
            "sketch": None,
            "space": spaces[space],
            "uniform": spaces["din99o"].from_linear(linear),
        }
        supplied = {argument: value for argument, value in supplied.items() if argument in entry.asks}
        return entry.value(points, weights, k, **supplied, **options)

    return run


@pytest.fixture
def blobs():
    """Five distant groups of different size, weight and shape: points (500, 3), weights, and groups."""
    rng = np.random.default_rng(3)
    middles = np.array([[0, 0, 0], [1, 0, 0], [0, 1.2, 0], [0.3, 0.4, 1], [1, 1, 0.8]])
    group = rng.integers(0, 5, 500)
    points = middles[group] + rng.normal(0, 0.04, (500, 3)) * (1 + group[:, None] % 3 * [0.2, 0.6, 0])
    weights = rng.random(500) * (1 + group)
    return points, weights / weights.sum(), group


@pytest.fixture
def cloud():
    """Points without groups: points (400, 3), and integer weights from 1 to 9."""
    rng = np.random.default_rng(4)
    return rng.normal(size=(400, 3)) * [1, 0.5, 0.3], rng.integers(1, 10, 400)
