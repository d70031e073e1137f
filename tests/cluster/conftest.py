"""Points that stand for pixels, as a method gets them."""

import numpy as np
import pytest

from pochade.cluster import methods
from pochade.color.spaces import spaces


class Drawn:
    """Some colors, and how many pixels each has."""

    def __init__(self, seed, n=70, space="oklab"):
        rng = np.random.default_rng(seed)
        self.space = spaces[space].value
        self.colors = rng.random((n, 3)) ** 2
        self.points = np.ascontiguousarray(self.space.from_linear(self.colors))
        self.counts = rng.integers(1, 6, n)
        self.weights = self.counts / self.counts.sum()

    def cluster(self, method, k, **options):
        """What the method answers, given what it asks for."""
        entry = methods[method]
        supplied = {"colors": self.colors, "space": self.space, "rng": np.random.default_rng(0)}
        asked = {name: value for name, value in supplied.items() if name in entry.asks}
        return entry.value(self.points, self.weights, k, **asked, **options)


@pytest.fixture
def drawn():
    """A maker of colors: drawn(seed, n=70, space="oklab")."""
    return Drawn
