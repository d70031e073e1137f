#!/usr/bin/env python3
"""Draw still-street.jpg, still-corridor.jpg and still-desert.jpg: three frames of invented films.

    python stills.py [FOLDER]

A street at night in teal and sodium orange, with one pink sign; a corridor in fluorescent green, with a woman in red; a
road through the desert, with a blue truck. The thing that a viewer names first covers least.
"""

import sys
from pathlib import Path

import numpy as np
from good_palette import HEIGHT, WIDTH, Canvas
from PIL import Image

FRAME = 252  # of 600: 2.39 to 1, the aspect ratio of wide-screen films
TOP = (HEIGHT - FRAME) // 2


def street() -> Image.Image:
    """Night: wet asphalt, teal walls, a row of orange lamps in perspective, and a pink sign."""
    rng = np.random.default_rng(11)
    canvas = Canvas((10, 22, 28), (14, 26, 30))
    canvas.area([(0, 60), (235, 150), (235, 232), (0, 330)], (16, 46, 52), 3)
    canvas.area([(600, 40), (370, 150), (370, 232), (600, 330)], (13, 38, 46), 3)
    canvas.area([(235, 150), (370, 150), (370, 232), (235, 232)], (24, 66, 70), 6)
    canvas.area([(0, 330), (235, 232), (370, 232), (600, 330), (600, 400), (0, 400)], (18, 24, 28), 4)
    for x, y, w, h in ((20, 150, 44, 60), (92, 168, 34, 44), (150, 178, 24, 30), (196, 184, 16, 22)):
        lit = rng.uniform(0.3, 0.9)
        canvas.area([(x, y), (x + w, y + 6), (x + w, y + h), (x, y + h + 6)], (50, 104, 100), 1, lit)
    for x, y, size in ((84, 118, 15), (168, 142, 10), (216, 156, 7), (414, 142, 10), (498, 120, 14), (566, 98, 20)):
        canvas.oval(x, y, size * 3.2, size * 3.2, (150, 80, 22), size * 1.4, 0.75)
        canvas.oval(x, y, size * 0.6, size * 0.5, (255, 196, 104), 1)
        canvas.area(
            [(x - 5, 250 + size * 4), (x + 5, 250 + size * 4), (x + 9, 386), (x - 9, 386)], (164, 92, 30), 6, 0.5
        )
    canvas.area([(430, 186), (474, 176), (474, 192), (430, 200)], (255, 62, 150), 1)
    canvas.oval(452, 190, 40, 22, (190, 36, 110), 14, 0.32)
    canvas.area([(444, 292), (466, 292), (470, 330), (440, 330)], (150, 34, 92), 8, 0.35)
    canvas.area([(300, 206), (311, 206), (316, 290), (308, 292), (305, 252), (301, 292), (294, 290)], (5, 9, 11), 1.4)
    canvas.oval(305.5, 200, 5, 7, (6, 10, 12), 1)
    return framed(canvas, rng)


def corridor() -> Image.Image:
    """A hotel corridor under green fluorescent tubes, with a distant woman in red."""
    rng = np.random.default_rng(12)
    canvas = Canvas((92, 118, 84), (70, 92, 62))
    canvas.area([(0, 74), (250, 158), (350, 158), (600, 74)], (138, 164, 116), 2)
    canvas.area([(0, 330), (250, 248), (350, 248), (600, 330), (600, 400), (0, 400)], (58, 66, 40), 2)
    canvas.area([(250, 158), (350, 158), (350, 248), (250, 248)], (120, 142, 92), 3)
    for near, far in ((0.0, 0.18), (0.32, 0.46), (0.58, 0.68), (0.78, 0.84)):
        left, right = 250 * near, 250 * far
        for x0, x1 in ((left, right), (600 - left, 600 - right)):
            canvas.area(
                [(x0, 110 + 70 * near), (x1, 110 + 70 * far), (x1, 330 - 82 * far), (x0, 330 - 82 * near)],
                (62, 54, 34),
                1.5,
            )
        middle = (near + far) / 2
        canvas.oval(300, 96 + 62 * middle, 46 * (1 - middle) + 4, 5 * (1 - middle) + 1, (226, 246, 206), 2)
        canvas.oval(300, 110 + 62 * middle, 130 * (1 - middle), 26 * (1 - middle), (160, 190, 130), 18, 0.35)
    canvas.area([(290, 198), (304, 198), (312, 244), (286, 246)], (192, 20, 34), 1.2)
    canvas.area([(293, 184), (301, 184), (304, 204), (290, 204)], (176, 18, 32), 1.2)
    canvas.oval(297, 178, 4.2, 6, (170, 128, 92), 1)
    canvas.oval(297, 175, 5, 5, (34, 24, 18), 1.2)
    canvas.area([(284, 250), (314, 250), (320, 272), (280, 272)], (112, 36, 30), 7, 0.45)
    return framed(canvas, rng)


def desert() -> Image.Image:
    """Noon: sand, a pale sky, a road to the hills, and a blue truck on it."""
    rng = np.random.default_rng(13)
    canvas = Canvas((198, 196, 178), (206, 160, 104))
    canvas.area(
        [(0, 190), (110, 172), (220, 186), (350, 164), (480, 184), (600, 170), (600, 230), (0, 230)], (168, 122, 88), 5
    )
    canvas.area([(0, 206), (160, 198), (330, 208), (600, 196), (600, 400), (0, 400)], (208, 158, 96), 5)
    for _ in range(70):
        x, y = rng.uniform(0, 600), rng.uniform(214, 335)
        size = (y - 196) / 24
        canvas.oval(x, y, size * 2.4, size * 0.7, (176, 126, 72), size * 0.5, 0.6)
    canvas.area([(292, 206), (300, 206), (470, 400), (190, 400)], (122, 104, 88), 2.5)
    for y in (226, 246, 274, 312):
        grow = (y - 206) / 26
        canvas.area(
            [
                (297 + grow * 4, y),
                (299 + grow * 4.4, y),
                (300 + grow * 5.2, y + grow * 4),
                (297 + grow * 4.8, y + grow * 4),
            ],
            (222, 202, 160),
            1,
        )
    canvas.area([(264, 262), (352, 262), (356, 272), (260, 272)], (92, 74, 58), 5, 0.7)
    canvas.area([(272, 226), (318, 226), (318, 262), (272, 262)], (30, 84, 158), 1.2)
    canvas.area([(320, 238), (338, 238), (346, 250), (346, 262), (320, 262)], (26, 72, 140), 1.2)
    canvas.area([(326, 241), (336, 241), (342, 250), (326, 250)], (190, 204, 206), 1)
    for x in (284, 308, 336):
        canvas.oval(x, 263, 5.5, 5.5, (32, 28, 26), 1)
    canvas.oval(470, 96, 34, 34, (250, 240, 206), 26, 0.8)
    return framed(canvas, rng)


def framed(canvas: Canvas, rng: np.random.Generator) -> Image.Image:
    """Crop the middle of the canvas, add grain, and darken the corners."""
    picture = np.asarray(canvas.done(rng, 3.0), np.float64)[TOP : TOP + FRAME]
    y, x = np.mgrid[-1 : 1 : FRAME * 1j, -1 : 1 : WIDTH * 1j]
    dim = 1 - 0.16 * (x**2 + y**2)[..., None] / 2
    return Image.fromarray(np.clip(picture * dim, 0, 255).round().astype(np.uint8))


STILLS = {"street": street, "corridor": corridor, "desert": desert}


def main(folder: Path) -> None:
    for name, still in STILLS.items():
        still().save(folder / f"still-{name}.jpg", quality=90, subsampling=0, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
