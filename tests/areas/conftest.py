from types import SimpleNamespace

import numpy as np
import pytest

import pochade
from pochade.areas import Numbers

COLORS = "#1c2230, #d9c7a0, #5b7a94, #f2c230, #6a4a3a, #8fa9b5"


@pytest.fixture(scope="session")
def evening() -> np.ndarray:
    """A dark house with one lit window of 4 x 4 pixels, before a noisy sky: uint8 (160, 240, 3)."""
    rng = np.random.default_rng(7)
    picture = np.empty((160, 240, 3), np.float64)
    picture[:] = np.linspace((70, 110, 140), (220, 200, 160), 160)[:, None]
    picture += rng.normal(0, 14, picture.shape)
    picture[120:] = rng.normal((106, 74, 58), 20, (40, 240, 3))
    picture[60:130, 130:200] = 28, 34, 48
    picture[90:94, 160:164] = 242, 194, 48
    return picture.clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def sheet(evening: np.ndarray) -> Numbers:
    return pochade.numbers(evening, COLORS, paper="a5", least_mm=6)


@pytest.fixture(scope="session")
def geometry() -> SimpleNamespace:
    """Geometry of polygons, independent of the code under test."""

    def inside(rings, x: float, y: float) -> bool:
        crossings = 0
        for ring in rings:
            following = np.roll(ring, -1, axis=0)
            spans = (ring[:, 1] > y) != (following[:, 1] > y)
            (x0, y0), (x1, y1) = ring[spans].T, following[spans].T
            crossings += int((x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x).sum())
        return crossings % 2 == 1

    def distance(rings, x: float, y: float) -> float:
        """From a point to the nearest point of any ring."""
        at, nearest = np.array([x, y]), np.inf
        for ring in rings:
            along = np.roll(ring, -1, axis=0) - ring
            t = (((at - ring) * along).sum(1) / (along**2).sum(1)).clip(0, 1)
            nearest = min(nearest, float(np.sqrt(((ring + t[:, None] * along - at) ** 2).sum(1)).min()))
        return nearest

    def size(ring) -> float:
        """The signed area, by Green's theorem."""
        following = np.roll(ring, -1, axis=0)
        return float(((following[:, 1] + ring[:, 1]) * (ring[:, 0] - following[:, 0])).sum()) / 2

    return SimpleNamespace(inside=inside, distance=distance, size=size)
