#!/usr/bin/env python3
"""Draw docs/figures/good-palette.png: four pictures, each with the palettes of plain k-means and of pochade.

    python good_palette.py [FILE]

The script draws three of the pictures: a portrait, a boxing ring and a bird in autumn leaves.
"""

import math
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from readme import INK, PAPER, SCALE, SOFT, dot, head_places, rounded, text

import pochade

HERE = Path(__file__).parent
WIDTH, HEIGHT = 600, 400
MARGIN, GUTTER, GAP, SWATCH = 44, 48, 8, 58
TITLE, ROW = 40, 30
PANEL = TITLE + HEIGHT + 2 * (ROW + SWATCH) + 26
SMOOTH = 2


class Canvas:
    """A float canvas (HEIGHT, WIDTH, 3). Each shape is drawn as a mask, optionally blurred, and composited."""

    def __init__(self, top: tuple, bottom: tuple) -> None:
        y = np.linspace(0, 1, HEIGHT)[:, None, None]
        self.view = np.array(top) * (1 - y) + np.array(bottom) * y + np.zeros((HEIGHT, WIDTH, 3))

    def oval(self, x, y, w, h, color, soft=0.0, cover=1.0, turn=0.0) -> None:
        angles = np.linspace(0, 2 * np.pi, 90)
        dx, dy = np.cos(angles) * w, np.sin(angles) * h
        c, s = np.cos(turn), np.sin(turn)
        self.area(list(zip(x + dx * c - dy * s, y + dx * s + dy * c, strict=True)), color, soft, cover)

    def area(self, points, color, soft=0.0, cover=1.0) -> None:
        self._lay(points, 0, color, soft, cover, lambda draw, points: draw.polygon(points, fill=255))

    def line(self, points, width, color, soft=0.0, cover=1.0) -> None:
        thick = max(1, round(width * SMOOTH))
        self._lay(points, width, color, soft, cover, lambda draw, points: draw.line(points, 255, thick, joint="curve"))

    def _lay(self, points, margin, color, soft, cover, shape) -> None:
        margin += 3 * soft + 2
        x, y = np.array(points, float).T
        left, right = max(0, int(x.min() - margin)), min(WIDTH, int(x.max() + margin) + 1)
        top, bottom = max(0, int(y.min() - margin)), min(HEIGHT, int(y.max() + margin) + 1)
        if left >= right or top >= bottom:
            return
        mask = Image.new("L", ((right - left) * SMOOTH, (bottom - top) * SMOOTH))
        shape(ImageDraw.Draw(mask), list(zip((x - left) * SMOOTH, (y - top) * SMOOTH, strict=True)))
        mask = mask.resize((right - left, bottom - top), Image.Resampling.BOX)
        if soft:
            mask = mask.filter(ImageFilter.GaussianBlur(soft))
        share = np.asarray(mask, np.float64)[..., None] / 255 * cover
        view = self.view[top:bottom, left:right]
        view += (np.array(color) - view) * share

    def done(self, rng: np.random.Generator, grain: float = 2.5) -> Image.Image:
        light = sum(_noise(rng, cells) * strength for cells, strength in ((4, 3.0), (24, 2.0), (90, 1.6)))
        view = self.view + light[..., None] + rng.standard_normal((HEIGHT, WIDTH, 1)) * grain
        return Image.fromarray(np.clip(view, 0, 255).round().astype(np.uint8))


def _noise(rng: np.random.Generator, cells: int) -> np.ndarray:
    small = rng.standard_normal((cells * HEIGHT // WIDTH + 1, cells)).astype(np.float32)
    return np.asarray(Image.fromarray(small).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.float64)


def curve(*controls: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of a Bezier curve from the first to the last control point."""
    points = []
    for t in np.linspace(0, 1, 40):
        level = [np.array(point, float) for point in controls]
        while len(level) > 1:
            level = [a * (1 - t) + b * t for a, b in pairwise(level)]
        points.append((float(level[0][0]), float(level[0][1])))
    return points


def portrait() -> Image.Image:
    """A close sand-colored face; its two blue irises cover a third of a percent."""
    rng = np.random.default_rng(4)
    canvas = Canvas((196, 172, 140), (168, 142, 112))
    canvas.oval(90, 60, 260, 220, (214, 194, 164), 70, 0.8)
    canvas.oval(300, 150, 208, 232, (112, 80, 52), 4)  # hair
    canvas.area(
        [*curve((95, 150), (70, 330), (120, 420)), *curve((480, 420), (530, 330), (505, 150))], (106, 76, 50), 4
    )
    canvas.area([(238, 330), (362, 330), (392, 420), (208, 420)], (184, 138, 104), 6)  # neck
    canvas.oval(300, 206, 146, 178, (222, 178, 140), 3)  # face
    canvas.oval(232, 196, 112, 160, (236, 198, 162), 34, 0.8)
    canvas.oval(424, 226, 62, 160, (178, 128, 92), 26, 0.75)
    canvas.oval(300, 392, 120, 34, (168, 120, 88), 16, 0.7)
    for x in (236, 366):
        canvas.oval(x, 178, 52, 26, (188, 140, 106), 12, 0.8)
    hair = (98, 70, 45)
    canvas.area([*curve((300, 14), (206, 40), (150, 120), (152, 262)), (100, 300), (120, 40), (300, -20)], hair, 4)
    canvas.area([*curve((300, 14), (396, 40), (452, 120), (446, 262)), (506, 300), (480, 40), (300, -20)], hair, 4)
    for _ in range(150):  # strands, away from the parting
        side, out, tone = rng.choice([-1, 1]), rng.uniform(0, 1), rng.normal(0, 15)
        inner = curve((300, 6), (300 + side * 110, 30), (300 + side * 156, 130), (300 + side * 158, 400))
        outer = curve((300, -30), (300 + side * 190, -20), (300 + side * 212, 160), (300 + side * 214, 420))
        path = [tuple(np.add(a, np.subtract(b, a) * out)) for a, b in zip(inner, outer, strict=True)]
        canvas.line(path, 1.8, (122 + tone, 90 + tone * 0.9, 60 + tone * 0.7), 0.6, 0.5)
    canvas.line(curve((292, 168), (286, 230), (272, 262)), 10, (240, 206, 172), 7, 0.7)  # nose
    canvas.line(curve((318, 170), (322, 230), (334, 262)), 12, (186, 138, 102), 8, 0.7)
    canvas.oval(304, 276, 30, 9, (170, 118, 88), 6, 0.8)
    canvas.oval(240, 286, 36, 26, (230, 176, 142), 16, 0.7)
    canvas.oval(372, 286, 34, 26, (206, 150, 116), 16, 0.7)
    canvas.area(
        [
            *curve((258, 326), (284, 312), (301, 320), (318, 312), (350, 326)),
            *curve((350, 326), (304, 334), (258, 326)),
        ],
        (176, 104, 86),
        1.5,
    )
    canvas.area(
        [*curve((258, 326), (304, 334), (350, 326)), *curve((350, 326), (304, 366), (258, 326))], (198, 128, 106), 1.8
    )
    for x, side in ((236, -1), (366, 1)):
        canvas.line(curve((x - 46, 150), (x - side * 6, 128), (x + 46, 148)), 9, (92, 64, 42), 2.2, 0.9)
        lids = [*curve((x - 37, 186), (x - 8, 156), (x + 37, 183)), *curve((x + 37, 183), (x + 2, 208), (x - 37, 186))]
        canvas.area(lids, (226, 214, 200), 0.8)
        canvas.oval(x + 2, 181, 14.5, 14.5, (38, 70, 122), 0.6)
        canvas.oval(x + 2, 182.5, 12, 12, (58, 118, 190), 1.2)
        canvas.oval(x + 4, 187, 7, 5, (112, 168, 220), 1.6, 0.8)
        canvas.oval(x + 2, 181, 5.6, 5.6, (26, 24, 26), 0.5)
        canvas.oval(x - 2, 176, 2.4, 2.4, (250, 248, 242), 0.3)
        canvas.line(curve((x - 38, 187), (x - 8, 155), (x + 38, 184)), 4.6, (62, 44, 34), 0.9)
        canvas.line(curve((x - 36, 188), (x + 2, 210), (x + 36, 186)), 1.5, (150, 106, 82), 0.8)
        canvas.line(curve((x - 40, 172), (x - 6, 142), (x + 40, 170)), 2.5, (168, 120, 90), 1.6, 0.8)
    return canvas.done(rng, 2)


def ring() -> Image.Image:
    """A dim hall with a lit ring and two boxers; the red and blue shorts and the gold belt cover 1 %."""
    rng = np.random.default_rng(9)
    canvas = Canvas((16, 15, 17), (30, 27, 27))
    for _ in range(420):  # people
        x, y = rng.uniform(0, WIDTH), rng.uniform(60, 218)
        near = (y - 40) / 180
        tone = rng.uniform(14, 46) * (0.5 + near * 0.6)
        canvas.oval(x, y, 4 + 5 * near, 5 + 6 * near, (tone * 1.12, tone, tone * 0.92), 1.4, 0.8)
    canvas.area([(240, -10), (360, -10), (600, 260), (0, 260)], (128, 122, 116), 40, 0.22)  # light
    for x in (180, 260, 340, 420):
        canvas.oval(x, 16, 17, 5, (238, 230, 212), 2.5)
        canvas.oval(x, 18, 44, 18, (150, 142, 130), 16, 0.5)
    floor = [(120, 218), (480, 218), (640, 352), (-40, 352)]
    canvas.area(floor, (150, 143, 134), 2)
    canvas.oval(300, 270, 210, 50, (196, 188, 176), 30, 0.9)
    canvas.area([(-40, 352), (640, 352), (640, 410), (-40, 410)], (38, 35, 36), 1)
    canvas.area([(-40, 346), (640, 346), (640, 356), (-40, 356)], (92, 86, 82), 1)
    for y, height in ((150, 2.0), (170, 2.0), (190, 2.0)):
        canvas.line([(120, y), (480, y)], height, (150, 145, 138), 0.5, 0.75)
    for x in (120, 480):
        canvas.area([(x - 5, 138), (x + 5, 138), (x + 5, 222), (x - 5, 222)], (84, 80, 78), 0.8)
    _boxer(canvas, 252, 322, 1, (168, 26, 30), (150, 100, 74), belt=(206, 160, 44))
    _boxer(canvas, 356, 318, -1, (34, 66, 150), (112, 76, 56), belt=(176, 176, 176))
    for y in (262, 296, 330):  # the near ropes
        canvas.line([(-10, y + 10), (610, y + 10)], 3.4, (112, 107, 102), 0.6, 0.9)
    return canvas.done(rng, 3)


def _boxer(canvas: Canvas, x: float, y: float, way: int, shorts: tuple, skin: tuple, belt: tuple) -> None:
    dark = tuple(0.6 * part for part in skin)

    def limb(points, width, color, soft=0.8):
        path = [(x + way * right, y - up) for right, up in points]
        canvas.line(path, width, color, soft)
        for px, py in path:
            canvas.oval(px, py, width / 2, width / 2, color, soft)

    canvas.oval(x + 4, y + 3, 46, 7, (96, 90, 84), 5, 0.8)
    limb([(-6, 62), (-20, 34), (-26, 8)], 14, dark)
    limb([(8, 62), (24, 38), (20, 8)], 14, skin)
    limb([(-26, 6), (-20, 3)], 10, (46, 42, 42))
    limb([(20, 6), (28, 3)], 10, (46, 42, 42))
    limb([(-4, 116), (-2, 84)], 30, skin)
    limb([(-8, 116), (-8, 88)], 14, dark, 4)
    waist = [(-18, 84), (16, 84), (22, 58), (28, 46), (4, 42), (0, 58), (-8, 44), (-30, 44), (-22, 60)]
    canvas.area([(x + way * right, y - up) for right, up in waist], shorts, 0.8)
    fold = [(-18, 80), (-8, 80), (-12, 46), (-28, 46)]
    canvas.area([(x + way * right, y - up) for right, up in fold], tuple(0.62 * part for part in shorts), 3, 0.8)
    canvas.line([(x - way * 19, y - 84), (x + way * 17, y - 84)], 7, belt, 0.5)
    limb([(8, 120), (26, 104), (44, 122)], 11, skin)
    limb([(-10, 120), (2, 98), (26, 112)], 11, dark)
    limb([(48, 124), (50, 126)], 16, (58, 52, 52))
    limb([(28, 114), (31, 117)], 16, (48, 43, 43))
    limb([(4, 142), (5, 144)], 23, skin)
    limb([(0, 148), (5, 150)], 17, (34, 30, 29), 1.2)


def autumn() -> Image.Image:
    """One teal bird in autumn leaves."""
    rng = np.random.default_rng(12)
    canvas = Canvas((92, 62, 34), (58, 38, 24))
    tones = [(188, 92, 28), (206, 134, 38), (158, 62, 26), (126, 74, 34), (218, 166, 66), (104, 50, 26)]
    for depth in range(3):
        for _ in range((260, 300, 230)[depth]):
            x, y = rng.uniform(-20, WIDTH + 20), rng.uniform(-20, HEIGHT + 20)
            tone = np.array(tones[rng.integers(len(tones))]) * (0.5 + 0.22 * depth) + rng.normal(0, 8)
            _leaf(
                canvas, x, y, rng.uniform(12, 22) * (0.8 + 0.3 * depth), rng.uniform(0, 7), tone, (3, 1.4, 0.5)[depth]
            )
    canvas.line(curve((-10, 300), (160, 262), (330, 296), (610, 250)), 13, (52, 38, 30), 0.8)
    canvas.line(curve((-10, 297), (160, 259), (330, 293), (610, 247)), 3, (112, 86, 64), 1.2, 0.8)
    _bird(canvas, 392, 250, 0.5)
    for _ in range(16):  # leaves in front
        side = rng.uniform(-20, WIDTH + 20), rng.choice([rng.uniform(-10, 60), rng.uniform(345, 410)])
        _leaf(
            canvas,
            *side,
            rng.uniform(22, 34),
            rng.uniform(0, 7),
            np.array(tones[rng.integers(5)]) + rng.normal(0, 8),
            1,
        )
    return canvas.done(rng, 2.5)


def _bird(canvas: Canvas, x: float, y: float, size: float) -> None:
    def at(*points):
        return [(x + right * size, y + down * size) for right, down in points]

    def oval(right, down, w, h, color, soft=0.5, cover=1.0, turn=0.0):
        canvas.oval(*at((right, down))[0], w * size, h * size, color, soft, cover, turn)

    canvas.area(at((-28, 6), (-72, 40), (-60, 46), (-14, 22)), (18, 74, 84), 0.5)
    oval(0, 0, 36, 25, (24, 116, 126), turn=-0.45)
    oval(12, 8, 20, 15, (122, 176, 166), 1.5, 0.75, -0.5)
    oval(27, -24, 18, 17, (30, 132, 140))
    wing = [*curve((-40, 22), (-30, -22), (10, -14)), *curve((10, -14), (6, 16), (-40, 22))]
    canvas.area(at(*wing), (14, 88, 102), 0.5)
    canvas.line(at(*curve((-34, 18), (-20, -4), (4, -8))), 1, (70, 156, 162), 0.4)
    canvas.area(at((42, -28), (58, -22), (42, -18)), (40, 36, 34), 0.4)
    oval(32, -27, 3, 3, (16, 18, 20), 0.2)
    for leg in (-4, 8):
        canvas.line(at((leg, 22), (leg - 1, 41)), 1.4, (44, 34, 30), 0.3)


def _leaf(canvas: Canvas, x: float, y: float, size: float, turn: float, tone: np.ndarray, soft: float) -> None:
    c, s = math.cos(turn) * size, math.sin(turn) * size

    def at(along, across):
        return x + along * c - across * s, y + along * s + across * c

    shape = [
        *curve(at(-1, 0), at(-0.4, 0.85), at(0.5, 0.5), at(1.1, 0)),
        *curve(at(1.1, 0), at(0.5, -0.5), at(-0.4, -0.85), at(-1, 0)),
    ]
    canvas.area(shape, tuple(tone), soft)
    canvas.line([at(-1.3, 0), at(0.9, 0)], 1.1, tuple(tone * 0.72), soft / 2, 0.8)


def main(path: str) -> None:
    panels = [
        ("A face", "blue eyes", portrait(), 5),
        ("A boxing ring", "red, blue and gold", ring(), 8),
        ("A bird in autumn", "teal", autumn(), 6),
        ("A harbor", "the buoy", Image.open(HERE / "harbor.jpg"), 8),
    ]
    draw_panels(panels, path)


def draw_panels(panels: list[tuple[str, str, Image.Image, int]], path: str) -> None:
    """Draw pictures, two in a row: a title, the colors that a viewer names, the picture, k."""
    rows = math.ceil(len(panels) / 2)
    width = 2 * MARGIN + 2 * WIDTH + GUTTER
    height = 2 * MARGIN + rows * PANEL + (rows - 1) * GUTTER
    sheet = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    for i, (title, accent, picture, k) in enumerate(panels):
        left, top = MARGIN + i % 2 * (WIDTH + GUTTER), MARGIN + i // 2 * (PANEL + GUTTER)
        _panel(sheet, (left, top), title, accent, picture, k)
    done = sheet.resize((width, height), Image.Resampling.LANCZOS)
    done.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(path, optimize=True)


def _panel(sheet: Image.Image, at: tuple[int, int], title: str, accent: str, picture: Image.Image, k: int) -> None:
    left, top = at
    draw = ImageDraw.Draw(sheet)
    plain, own = pochade.extract(picture, k, method="kmeans"), pochade.extract(picture, k)
    text(draw, (left, top + 14), title, 24, INK, "lm")
    text(draw, (left + WIDTH, top + 15), f"to be found: {accent}", 17, SOFT, "rm")
    large = picture.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.LANCZOS)
    sheet.paste(large, (left * SCALE, (top + TITLE) * SCALE), rounded(large.size, 10 * SCALE))
    points = [
        (left + color.position[0] * WIDTH, top + TITLE + color.position[1] * HEIGHT) for color in own if color.position
    ]
    for (x, y), head, color in zip(
        points, head_places(points, (left, top + TITLE, left + WIDTH, top + TITLE + HEIGHT)), own, strict=True
    ):
        draw.line([x * SCALE, y * SCALE, head[0] * SCALE, head[1] * SCALE], fill="#ffffff", width=2 * SCALE)
        dot(draw, (x, y), 4, "#ffffff")
        dot(draw, head, 15, "#ffffff")
        dot(draw, head, 12, color.hex)
    below = top + TITLE + HEIGHT + 8
    for name, palette in (("plain k-means", plain), ("pochade", own)):
        text(draw, (left, below + ROW / 2), f"{name}, k = {k}", 17, INK, "lm")
        wide = (WIDTH - (k - 1) * GAP) / k
        for i, color in enumerate(palette):
            x, y = left + i * (wide + GAP), below + ROW
            box = [x * SCALE, y * SCALE, (x + wide) * SCALE, (y + SWATCH) * SCALE]
            draw.rounded_rectangle(box, 8 * SCALE, fill=color.hex)
        below += ROW + SWATCH + 8


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "docs" / "figures" / "good-palette.png"))
