"""Pictures drawn here."""

import io

import numpy as np
import pytest
from PIL import Image


def drawn(seed=0, h=150, w=200):
    """A smooth picture with noise, edges and a spot."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:h, :w]
    turn = rng.uniform(0, 6, 3)
    codes = np.stack([120 + 90 * np.sin(x / 37 + turn[c] + y / (50 + 9 * c)) for c in range(3)], 2)
    codes += rng.normal(0, 6, (h, w, 3))
    codes[h // 3 : h // 2, w // 4 : w // 3] = 230, 30, 40
    codes[-20:] *= 0.3
    return codes.clip(0, 255).astype(np.uint8)


@pytest.fixture(params=[0, 1, 2])
def picture(request):
    return drawn(request.param)


@pytest.fixture
def soft():
    """A disc with a soft edge, RGBA."""
    y, x = np.mgrid[:60, :60] - 29.5
    alpha = ((25 - np.hypot(x, y)) * 40).clip(0, 255).astype(np.uint8)
    return np.dstack([drawn(3, 60, 60), alpha])


@pytest.fixture
def moving():
    """A GIF of three frames of 50, 120 and 70 ms."""
    frames = [Image.fromarray(np.roll(drawn(4, 40, 60), 9 * i, 1)) for i in range(3)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=[50, 120, 70], loop=0)
    return file.getvalue()
