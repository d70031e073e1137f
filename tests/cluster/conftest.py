"""Weighted points that the tests draw, and ways to call a method on them."""

from collections.abc import Callable

import numpy as np
import pytest

from pochade.cluster import Clusters, methods
from pochade.color.spaces import spaces


class Drawn:
    """Some colors, and how many pixels each has."""

    def __init__(self, seed, n=70, space="oklab"):
        rng = np.random.default_rng(seed)
        self.space = spaces[space]
        self.colors = rng.random((n, 3)) ** 2
        self.points = np.ascontiguousarray(self.space.from_linear(self.colors))
        self.counts = rng.integers(1, 6, n)
        self.weights = self.counts / self.counts.sum()

    def cluster(self, method, k, **options):
        """What the method answers, given what it asks for."""
        entry = methods.entry(method)
        supplied = {"colors": self.colors, "space": self.space, "rng": np.random.default_rng(0)}
        asked = {name: value for name, value in supplied.items() if name in entry.asks}
        return entry.value(self.points, self.weights, k, **asked, **options)


@pytest.fixture
def drawn():
    """A maker of colors: drawn(seed, n=70, space="oklab")."""
    return Drawn


@pytest.fixture(scope="session")
def run() -> Callable[..., Clusters]:
    """A function that calls a method by name, with what the road supplies."""

    def run(name, points, weights, k, seed=0, **options):
        entry = methods.entry(name)
        if "rng" in entry.asks:
            options["rng"] = np.random.default_rng(seed)
        if "coarse" in entry.asks:
            options["coarse"] = points, weights
        return entry.value(points, weights, k, **options)

    return run


@pytest.fixture
def blobs():
    """Five groups far apart, each of its own size, weight and form: points (500, 3), weights, and whose each is."""
    rng = np.random.default_rng(3)
    middles = np.array([[0, 0, 0], [1, 0, 0], [0, 1.2, 0], [0.3, 0.4, 1], [1, 1, 0.8]])
    group = rng.integers(0, 5, 500)
    points = middles[group] + rng.normal(0, 0.04, (500, 3)) * (1 + group[:, None] % 3 * [0.2, 0.6, 0])
    weights = rng.random(500) * (1 + group)
    return points, weights / weights.sum(), group


@pytest.fixture
def cloud():
    """Points without groups, of very different weight: points (400, 3), and whole weights from 1 to 9."""
    rng = np.random.default_rng(4)
    return rng.normal(size=(400, 3)) * [1, 0.5, 0.3], rng.integers(1, 10, 400)
