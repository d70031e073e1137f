"""Synthetic pictures for the tests."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import settings

# Examples are slow on a busy machine, so there is no deadline.
settings.register_profile("pochade", deadline=None)
settings.load_profile("pochade")

PRINTED = np.get_printoptions()


def _photo(seed: int, h: int = 120, w: int = 160) -> np.ndarray:
    """A smooth scene with noise and a small red spot: uint8 (h, w, 3)."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:h, :w]
    planes = [60 + x * 120 / w, 70 + x * 90 / w + y * 30 / h, 80 + (x + y) * 90 / (h + w)]
    codes = np.stack(planes, 2) + rng.normal(0, 5, (h, w, 3))
    codes[h // 6 : h // 6 + 6, w // 5 : w // 5 + 8] = 230, 30, 40
    return codes.clip(0, 255).astype(np.uint8)


@pytest.fixture(autouse=True)
def _default_print_options() -> Iterator[None]:
    """Restore NumPy's print options, which colour-science changes."""
    with np.printoptions(**PRINTED):
        yield


@pytest.fixture
def photo() -> np.ndarray:
    return _photo(0)


@pytest.fixture
def photos() -> list[np.ndarray]:
    return [_photo(seed) for seed in range(3)]


@pytest.fixture
def flag() -> np.ndarray:
    """Three flat colors: white, #ce1126 and #002395, the last on two pixels only: uint8 (60, 90, 3)."""
    codes = np.full((60, 90, 3), 255, np.uint8)
    codes[:, :30] = 0xCE, 0x11, 0x26
    codes[30, 60:62] = 0x00, 0x23, 0x95
    return codes
