"""Test colors, and colour-science, an independent implementation."""

import itertools
import warnings
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from pochade.color import srgb


@pytest.fixture(scope="session")
def linear() -> NDArray[np.float64]:
    """Linear-light colors (n, 3): corners, faces and darkest codes of the gamut, then random colors."""
    codes = np.array(list(itertools.product([0, 1, 10, 11, 128, 254, 255], repeat=3)), dtype=np.uint8)
    return np.concatenate([srgb.decode(codes), np.random.default_rng(7).random((300, 3))])


@pytest.fixture(scope="session")
def colour() -> ModuleType:
    """colour-science; its import warns of missing optional dependencies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import colour
    return colour
