"""Pictures for the tests of reading, drawn at run time."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pochade.source import Pixels

Codes = NDArray[np.uint8]


@pytest.fixture
def assemble() -> Callable[[Pixels], tuple[Codes, Codes]]:
    """assemble(pixels) joins the strips of the first frame into codes (h, w, 3) and alpha (h, w)."""

    def put(pixels: Pixels) -> tuple[Codes, Codes]:
        codes = np.zeros((pixels.height, pixels.width, 3), np.uint8)
        alpha = np.zeros((pixels.height, pixels.width), np.uint8)
        covered = np.zeros((pixels.height, pixels.width), np.intp)
        for strip in pixels.strips():
            if strip.frame:
                continue
            rows, columns = strip.codes.shape[:2]
            place = np.s_[strip.top : strip.top + rows, strip.left : strip.left + columns]
            codes[place] = strip.codes
            alpha[place] = 255 if strip.alpha is None else strip.alpha
            covered[place] += 1
        assert covered.max() == 1, "strips overlap"
        return codes, alpha

    return put


@pytest.fixture
def photo() -> Image.Image:
    """A smooth RGB picture, 60 x 44, with four different corners."""
    rows, columns = np.mgrid[0:44, 0:60]
    waves = [128 + 100 * np.sin(rows / a + columns / b) for a, b in ((9, 23), (17, 8), (31, 12))]
    return Image.fromarray(np.stack(waves, axis=2).astype(np.uint8))


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """saved(image, "a.png", **options) writes the image and returns the path."""

    def save(image: Image.Image, name: str, **options: object) -> Path:
        path = tmp_path / name
        image.save(path, **options)
        return path

    return save
