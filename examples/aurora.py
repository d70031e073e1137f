#!/usr/bin/env python3
"""Draw aurora.jpg: northern lights over a lake, a dark shore, and a cabin with one lit window.

    python aurora.py [FILE]

The light hangs in folds: each is a bright lower edge that fades upward from green to violet, in vertical rays. The lake
mirrors the sky in ripples. All randomness is seeded.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, SHORE = 1200, 800, 540
SMOOTH = 2  # the shore is drawn this much larger, then scaled down

ZENITH, NEAR = np.array([17, 15, 44.0]), np.array([22, 58, 88.0])
GREEN, TEAL, VIOLET, ROSE = (
    np.array(c, float) for c in ((104, 236, 150), (44, 150, 132), (104, 52, 150), (150, 44, 96))
)
GROUND, SNOW, WALL = (9, 13, 18), (44, 70, 96), (40, 24, 22)
WINDOW = (255, 186, 84)

FOLDS = [  # height of the lower edge, and of its waves; how far the light reaches up; strength; the color on top
    (0.42, ((0.06, 1.3, 0.4), (0.025, 3.1, 2.0)), 0.42, 0.95, VIOLET),
    (0.30, ((0.05, 1.9, 3.6), (0.02, 4.6, 0.7)), 0.34, 0.6, ROSE),
    (0.52, ((0.03, 2.4, 5.0), (0.02, 5.3, 1.1)), 0.22, 0.4, VIOLET),
]


def main(path: str) -> None:
    Image.fromarray(aurora()).save(path, quality=90, subsampling=0, optimize=True)


def aurora(seed: int = 11) -> np.ndarray:
    """The picture: uint8 (800, 1200, 3)."""
    rng = np.random.default_rng(seed)
    view = np.zeros((HEIGHT, WIDTH, 3))
    view[:SHORE] = stars(sky(rng), rng)
    land, cover = shore(rng)
    mixed = view + (land - view) * cover
    mixed[SHORE:] = lake(mixed[:SHORE], rng)
    return np.rint(mixed.clip(0, 255)).astype(np.uint8)


def sky(rng: np.random.Generator) -> np.ndarray:
    """The sky above the shore, with the folds of light: float64 (540, 1200, 3)."""
    y = np.linspace(0, 1, SHORE)[:, None, None]
    view = ZENITH + (NEAR - ZENITH) * y**1.6 + np.zeros((SHORE, WIDTH, 1))
    for low, waves, reach, strength, top in FOLDS:
        x = np.linspace(0, 2 * np.pi, WIDTH)
        edge = low + sum(size * np.sin(turns * x + phase) for size, turns, phase in waves)
        up = (edge - y[..., 0]) / reach  # 0 at the lower edge, 1 where the light ends
        light = np.where(up > 0, np.exp(-2.6 * up) * (1 - np.exp(-28 * up)), np.exp(30 * up) * 0.02)
        rays = 0.78 + 0.3 * smoothed(rng.normal(0, 1, WIDTH), 9) + 0.22 * smoothed(rng.normal(0, 1, WIDTH), 90)
        light *= strength * np.clip(rays, 0.25, 1.35)
        rise = np.clip(up, 0, 1)[..., None]
        color = GREEN + (TEAL - GREEN) * np.clip(2.4 * rise, 0, 1)
        color = color + (top - color) * np.clip(2.2 * rise - 0.5, 0, 1)
        glow = light[..., None]
        view += (color - view * 0.25) * glow * (1 + 0.9 * rise)
    return view.clip(0, 250)


def smoothed(noise: np.ndarray, reach: int) -> np.ndarray:
    """Noise along a line, smoothed and scaled to a deviation of 1."""
    kernel = np.hanning(2 * reach + 1)
    soft = np.convolve(np.pad(noise, reach, mode="wrap"), kernel, "valid")
    return soft / soft.std()


def stars(view: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The sky with small stars, fewer near the shore."""
    rows = (rng.random(160) ** 1.5 * SHORE * 0.85).astype(int)
    columns = rng.integers(0, WIDTH, 160)
    light = rng.uniform(0.2, 0.9, 160)[:, None]
    view[rows, columns] += (235 - view[rows, columns]) * light
    return view


def shore(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Hills, firs and the cabin: colors float64 (800, 1200, 3), and how much each pixel covers (800, 1200, 1)."""
    size = WIDTH * SMOOTH, HEIGHT * SMOOTH
    color, mask = Image.new("RGB", size, GROUND), Image.new("L", size)
    ink, cut = ImageDraw.Draw(color), ImageDraw.Draw(mask)
    bottom = SHORE * SMOOTH
    x = np.arange(0, size[0] + 1, 8)
    hills = bottom - SMOOTH * (52 + 26 * np.sin(x / 420 + 0.6) + 16 * np.sin(x / 170 + 2))
    ridge = [(0, bottom), *zip(x.tolist(), hills.tolist(), strict=True), (size[0], bottom)]
    ink.polygon(ridge, SNOW)
    cut.polygon(ridge, 235)
    for at in np.sort(rng.integers(-20, WIDTH + 20, 95)).tolist():
        if 815 < at < 965:
            continue
        tall, top = SMOOTH * float(rng.uniform(34, 96)), SMOOTH * at
        for step in range(5):
            y0, y1 = bottom - tall * (1 - step / 5.5), bottom - tall * (1 - (step + 1.9) / 5.5)
            half = tall * (0.05 + 0.045 * step)
            tier = [(top, y0), (top - half, min(y1, bottom)), (top + half, min(y1, bottom))]
            ink.polygon(tier, GROUND)
            cut.polygon(tier, 255)
    left, floor = 862 * SMOOTH, bottom - 4 * SMOOTH
    cabin = [(left, floor), (left, floor - 56), (left + 50, floor - 100), (left + 100, floor - 56), (left + 100, floor)]
    ink.polygon(cabin, WALL)
    cut.polygon(cabin, 255)
    ink.rectangle([left + 34, floor - 46, left + 62, floor - 18], WINDOW)
    for draw, fill in ((ink, GROUND), (cut, 255)):
        draw.rectangle([0, bottom - 5 * SMOOTH, size[0], bottom + 5 * SMOOTH], fill)
    small = [np.asarray(image.reduce(SMOOTH), float) for image in (color, mask)]
    return small[0], small[1][..., None] / 255


def lake(above: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The mirror of what is above the shore, in ripples that grow toward the viewer, darker and a little blurred."""
    rows = HEIGHT - SHORE
    y, x = np.mgrid[:rows, :WIDTH]
    near = (y / rows) ** 0.7
    wave = np.sin(x / 34 + y * 0.9 + 2 * np.sin(y / 7)) + np.sin(x / 13 - y * 1.7) * 0.5
    row = np.clip(SHORE - 1 - y * 1.55 - 5 * wave * near, 0, SHORE - 1).astype(int)
    column = np.clip(x + rng.normal(0, 0.8, (rows, 1)) + 1.5 * wave * near, 0, WIDTH - 1).astype(int)
    mirrored = Image.fromarray(above[row, column].clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.2))
    return np.asarray(mirrored, float) * 0.68 + np.array([4, 10, 18.0]) * (1 - 0.3 * near[..., None])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).with_name("aurora.jpg")))
