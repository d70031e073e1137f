"""Generated pictures for the benchmarks: no downloads, and the same on every machine."""

import numpy as np
from PIL import Image

from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode

Codes = np.ndarray
"""uint8 (h, w, 3), sRGB."""


def scene(seed: int, width: int, height: int) -> Codes:
    """A photo-like scene: a sky and four different ridges, each with texture, light and grain."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    top, bottom = rng.uniform(60, 230, 3), rng.uniform(120, 250, 3)
    picture = top + (bottom - top) * y[..., None].astype(np.float64)
    picture += _noise(rng, 6, (height, width))[..., None] * 10
    for ridge in range(4):
        base = rng.uniform(20, 190) + rng.normal(0, 22, 3)
        line = 0.3 + 0.17 * ridge + 0.09 * _noise(rng, 5, (1, width))[0]
        texture = _noise(rng, 12, (height, width)) * 13 + _noise(rng, 90, (height, width)) * 9
        ground = base + texture[..., None] + (x[..., None] - 0.5) * rng.normal(0, 25, 3)
        picture = np.where((y > line)[..., None], ground, picture)
    picture += rng.standard_normal((height, width, 3), np.float32) * 2.5
    return np.clip(picture, 0, 255).round().astype(np.uint8)


def plant(picture: Codes, share: float, seed: int) -> tuple[Codes, Codes]:
    """Add one shaded spot that covers `share` of the picture, in a color that it lacks; return picture and color."""
    rng = np.random.default_rng(seed)
    sample = picture.reshape(-1, 3)[:: max(1, picture.size // 6000)]
    candidates = rng.integers(0, 256, (300, 3)).astype(np.uint8)
    chroma = np.hypot(*np.moveaxis(spaces["cielab"].from_linear(decode(candidates)), -1, 0)[1:])
    isolation = np.quantile(ciede2000(candidates, sample), 0.002, axis=1)
    color = candidates[np.argmax((isolation > 22) & (chroma > 45))].astype(np.float64)
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width]
    radius = np.sqrt(share * height * width / np.pi)
    down, right = y - rng.uniform(0.2, 0.8) * height, x - rng.uniform(0.2, 0.8) * width
    cover = np.clip((radius - np.hypot(down, right)) / 1.5 + 0.5, 0, 1)[..., None]
    shade = 1 + 0.18 * np.sin(2 * right / radius)[..., None] * np.cos(1.7 * down / radius)[..., None]
    mixed = picture * (1 - cover) + np.clip(color * shade, 0, 255) * cover
    return mixed.round().astype(np.uint8), color.astype(np.uint8)


def flat(seed: int) -> tuple[Codes, Codes]:
    """Flat artwork of rectangles in 2 to 9 colors, uint8 (200, 320, 3), and its colors."""
    rng = np.random.default_rng(seed)
    colors = rng.integers(0, 256, (1, 3)).astype(np.uint8)
    while len(colors) < 2 + seed % 8:
        color = rng.integers(0, 256, (1, 3)).astype(np.uint8)
        if ciede2000(color, colors).min() > 12:
            colors = np.concatenate([colors, color])
    picture = np.empty((200, 320, 3), np.uint8)
    picture[:] = colors[0]
    for i, color in enumerate(colors[1:]):
        top, left = int(rng.integers(0, 150)), 8 + 34 * i  # side by side, so none covers another
        picture[top : top + int(rng.integers(6, 50)), left : left + int(rng.integers(4, 33))] = color
    return picture, colors


def ciede2000(a: Codes, b: Codes) -> np.ndarray:
    """CIEDE2000 between all sRGB codes a (n, 3) and b (m, 3): float64 (n, m)."""
    return differences["ciede2000"].of_linear(decode(a)[:, None], decode(b)[None])


def _noise(rng: np.random.Generator, cells: int, shape: tuple[int, int]) -> np.ndarray:
    """Smooth noise around 0, `cells` bumps wide."""
    small = rng.standard_normal((max(2, cells * shape[0] // shape[1]), cells), np.float32)
    return np.asarray(Image.fromarray(small).resize(shape[::-1], Image.Resampling.BICUBIC), np.float64)
