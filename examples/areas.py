#!/usr/bin/env python3
"""Draw docs/figures/areas.png: a logo and balloons, each with the palettes of plain k-means and of pochade.

    python areas.py [FILE]

The script draws both pictures. Their colors are areas: none of them may give way to an edge or to a detail.
"""

import math
import sys
from pathlib import Path

import numpy as np
from good_palette import HEIGHT, WIDTH, Canvas, curve, draw_panels
from PIL import Image, ImageDraw

FINE = 4
"""The logo is drawn this much larger and scaled down, which smooths its edges."""


def logo() -> Image.Image:
    """A fan of five pastel areas, and thin dark lettering that covers less than each of them."""
    large = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), "#fdf6ec")
    draw = ImageDraw.Draw(large)

    def fan(radius: float, start: float, end: float, color: str) -> None:
        box = [(300 - radius) * FINE, (262 - radius) * FINE, (300 + radius) * FINE, (262 + radius) * FINE]
        draw.pieslice(box, start, end, color)

    for i, color in enumerate(("#f7c6c9", "#fbe1b6", "#cfe5c6", "#c3dcf0", "#d9cdea")):
        fan(212, 180 + 36 * i, 216 + 36 * i, color)
    for degrees in range(180, 361, 36):
        x, y = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        draw.line([300 * FINE, 262 * FINE, (300 + 212 * x) * FINE, (262 + 212 * y) * FINE], "#3b3f4a", 2 * FINE)
    fan(26, 180, 360, "#3b3f4a")
    x = 219.0
    for width, strokes in LETTERS:
        for stroke in strokes:
            points = [((x + right) * FINE, (340 - up) * FINE) for right, up in stroke]
            draw.line(points, "#3b3f4a", 5 * FINE, joint="curve")
        x += width + 20
    return large.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


LETTERS = [
    (24, [[(24, 44), (2, 44), (2, 0)], [(2, 23), (20, 23)]]),
    (24, [[(24, 44), (2, 44), (2, 2), (24, 2)], [(2, 23), (20, 23)]]),
    (30, [[(0, 44), (30, 44)], [(15, 44), (15, 0)]]),
    (24, [[(24, 44), (2, 44), (2, 2), (24, 2)], [(2, 23), (20, 23)]]),
]
"""The strokes of FETE, right and up from the foot of each letter, with the letter's width."""


def balloons() -> Image.Image:
    """Seven balloons against a pale wall, and a garland of small flags."""
    rng = np.random.default_rng(6)
    canvas = Canvas((232, 222, 206), (206, 190, 168))
    canvas.oval(150, 90, 300, 200, (246, 239, 226), 70, 0.8)
    canvas.area([(-10, 330), (610, 330), (610, 410), (-10, 410)], (142, 104, 74), 3)
    canvas.area([(-10, 326), (610, 326), (610, 334), (-10, 334)], (112, 80, 56), 1.5)
    for (x, y), size, color in BALLOONS:
        _balloon(canvas, x, y, size, np.array(color))
    string = curve((-10, 14), (300, 92), (610, 14))
    canvas.line(string, 1.6, (96, 82, 70), 0.5)
    for i, (x, y) in enumerate(string[2:-1:3]):
        color = ((196, 32, 120), (40, 44, 92))[i % 2]
        canvas.area([(x - 9, y), (x + 9, y), (x, y + 21)], color, 0.5)
    return canvas.done(rng, 2)


BALLOONS = [
    ((312, 158), 54, (246, 150, 182)),
    ((190, 176), 56, (244, 206, 58)),
    ((432, 176), 60, (134, 196, 232)),
    ((82, 222), 56, (206, 44, 48)),
    ((250, 262), 54, (74, 158, 84)),
    ((528, 232), 54, (240, 132, 46)),
    ((374, 264), 56, (46, 92, 176)),
]
"""The balloons from back to front: middle, half width and color."""


def _balloon(canvas: Canvas, x: float, y: float, size: float, color: np.ndarray) -> None:
    canvas.line(curve((x, y + 1.2 * size), (x + 8, y + 90), (x + (300 - x) * 0.2, 400)), 1.2, (120, 108, 98), 0.5)
    knot = [(x, y + 1.12 * size), (x + 0.12 * size, y + 1.32 * size), (x - 0.12 * size, y + 1.32 * size)]
    canvas.area(knot, tuple(color * 0.8), 0.5)
    canvas.oval(x, y, size, 1.18 * size, tuple(color), 0.8)
    canvas.oval(x + 0.3 * size, y + 0.42 * size, 0.5 * size, 0.55 * size, tuple(color * 0.82), 0.2 * size, 0.6)
    canvas.oval(x - 0.3 * size, y - 0.42 * size, 0.32 * size, 0.4 * size, tuple(color + (255 - color) * 0.35), 9, 0.7)
    canvas.oval(x - 0.42 * size, y - 0.56 * size, 0.09 * size, 0.16 * size, (255, 255, 255), 1.5, 0.85, 0.6)


def main(path: str) -> None:
    draw_panels(
        [("A logo", "all five areas", logo(), 6), ("Balloons", "each balloon, and the flags", balloons(), 10)], path
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parent.parent / "docs" / "figures" / "areas.png"))
