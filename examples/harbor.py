#!/usr/bin/env python3
"""Paint harbor.jpg: a gray harbor at dusk with one small red buoy, in quick brush strokes.

    python harbor.py [FILE]

First the script computes a plain scene: sky, land in mist, boats, and water that mirrors them. Then it paints the scene
in three passes of strokes: broad strokes first, fine strokes only where the broad ones miss. All randomness is seeded.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800
HORIZON = 392
SMOOTH = 2  # silhouettes are drawn this much larger, then scaled down
MIST = np.array([178, 174, 169.0])
BUOY = (842, 596)


def main(path: str) -> None:
    Image.fromarray(harbor()).save(path, quality=90, subsampling=0, optimize=True)


def harbor(seed: int = 5) -> np.ndarray:
    """The picture: uint8 (800, 1200, 3)."""
    rng = np.random.default_rng(seed)
    slope = waves(rng)
    view = np.concatenate([sky(rng), np.zeros((HEIGHT - HORIZON, WIDTH, 3))])
    mirror(view, view.copy(), np.ones((HEIGHT, WIDTH)), HORIZON, slope, 0.90)
    glitter = np.clip(slope - 0.55, 0, 1)[..., None] * np.array([64, 62, 58])
    view += glitter
    for waterline, fog, fade, draw in LAYERS:
        color, cover = silhouette(draw, fog, rng)
        mirror(view, color, cover, waterline, slope, fade)
        view += (color - view) * cover[..., None]
    painted = buoy(sharpened(paint(view, rng), view), slope)
    grain = rng.normal(0, 1.6, (HEIGHT, WIDTH, 1))
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    dim = 1 - 0.11 * (x**2 + y**2)[..., None] ** 1.5 / 2
    return np.clip(painted * dim + grain, 0, 255).round().astype(np.uint8)


# The scene.


def noise(rng: np.random.Generator, cells: tuple[int, int], shape: tuple[int, int]) -> np.ndarray:
    """Smooth noise around 0: `cells` random numbers (rows, columns) scaled up to `shape`."""
    small = Image.fromarray(rng.normal(0, 1, cells).astype(np.float32))
    return np.asarray(small.resize(shape[::-1], Image.Resampling.BICUBIC), np.float64)


def sky(rng: np.random.Generator) -> np.ndarray:
    """Float (HORIZON, WIDTH, 3): slate above, slightly warm where the sun set."""
    shape = (HORIZON, WIDTH)
    heights = np.array([0, 0.3, 0.62, 0.85, 1])
    stops = np.array([[112, 117, 124], [138, 142, 146], [170, 170, 169], [201, 194, 184], [218, 205, 188]])
    y = np.linspace(0, 1, HORIZON)
    base = np.stack([np.interp(y, heights, stops[:, c]) for c in range(3)], 1)[:, None].repeat(WIDTH, 1)
    clouds = sum(noise(rng, (3 * 2**i, 2 * 2**i), shape) / 1.7**i for i in range(5))
    clouds *= np.interp(y, [0, 0.5, 1], [1, 0.9, 0.25])[:, None]
    base += clouds[..., None] * np.array([11.5, 11.2, 10.6])
    yy, xx = np.mgrid[:HORIZON, :WIDTH]
    glow = np.exp(-(((xx - 770) / 330.0) ** 2) - ((yy - 385) / 95.0) ** 2)[..., None]
    return base + glow * np.array([30, 24, 15])


def waves(rng: np.random.Generator) -> np.ndarray:
    """Slope of the water towards the viewer, about -1..1, for each pixel below the horizon (0 above)."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float64)
    below = np.maximum(y - HORIZON, 0.5)
    depth = 260 / below
    across = (x - WIDTH / 2) * depth / 260
    slope = np.zeros((HEIGHT, WIDTH))
    for _ in range(70):
        length = 0.015 * 2 ** rng.uniform(0, 6)
        angle = rng.normal(0, 0.55)
        phase = (across * np.sin(angle) + depth * np.cos(angle) * 1.4) * 2 * np.pi / length
        footprint = 1.4 * depth / below * 2 * np.pi / length  # radians from one row to the next
        slope += np.sin(phase + rng.uniform(0, 7)) * np.exp(-(footprint**2) / 3) * length**0.25
    return slope / slope[HORIZON + 60 :].std() * 0.36 * (y > HORIZON)


def mirror(view: np.ndarray, color: np.ndarray, cover: np.ndarray, line: int, slope: np.ndarray, fade: float) -> None:
    """Mirror `color`, masked by `cover`, at the row `line` into the water of `view`, distorted by the waves."""
    y, x = np.mgrid[line:HEIGHT, :WIDTH].astype(np.float64)
    lean, down = slope[line:], y - line
    rows = line - down * 1.12 - 1 - lean * (4 + 0.34 * down)
    columns = x + np.roll(lean, 37, axis=1) * (1 + 0.035 * down)
    at = np.clip(rows, 0, line - 1).astype(int), np.clip(columns, 0, WIDTH - 1).astype(int)
    share = cover[at] * fade * np.exp(-down / 900)
    depth = np.clip((y - HORIZON) / (HEIGHT - HORIZON), 0, 1)[..., None]
    tint = color[at] * (1 - depth * np.array([0.40, 0.37, 0.34]))
    view[line:] += (tint - view[line:]) * share[..., None]


def silhouette(draw, fog: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Color float (h, w, 3) and cover float (h, w) of the shape that `draw` draws, faded by the mist."""
    image = Image.new("RGBA", (WIDTH * SMOOTH, HEIGHT * SMOOTH))
    draw(Pen(image), rng)
    done = np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX), np.float64)
    rgb = done[..., :3]
    y = np.arange(HEIGHT)[:, None, None]
    veil = np.clip(fog * (0.84 + 0.16 * np.exp(-(((y - HORIZON) / 40.0) ** 2))), 0, 1)
    return rgb * (1 - veil) + MIST * veil, done[..., 3] / 255


class Pen:
    """Draw on a canvas enlarged by `SMOOTH`, in coordinates of the picture."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)

    def area(self, points, gray) -> None:
        self._draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in points], fill=_ink(gray))

    def box(self, left, top, right, bottom, gray) -> None:
        self.area([(left, top), (right, top), (right, bottom), (left, bottom)], gray)

    def line(self, points, width, gray) -> None:
        scaled = [(x * SMOOTH, y * SMOOTH) for x, y in points]
        self._draw.line(scaled, fill=_ink(gray), width=max(1, round(width * SMOOTH)), joint="curve")


def _ink(gray):
    red, green, blue = gray if isinstance(gray, tuple) else (gray, gray + 2, gray + 5)
    return (red, green, blue, 255)


# The things around the water, from far to near.


def far_shore(pen: Pen, rng: np.random.Generator) -> None:
    ridge = 352 + 13 * noise(rng, (1, 9), (1, WIDTH))[0] + 4 * noise(rng, (1, 40), (1, WIDTH))[0]
    x = np.arange(WIDTH)
    ridge += 26 * np.exp(-(((x - 790) / 210) ** 2)) - 34 * np.exp(-(((x - 180) / 240) ** 2))
    pen.area([(0, HORIZON + 1), *zip(x.tolist(), ridge.tolist(), strict=True), (WIDTH, HORIZON + 1)], 96)


def town(pen: Pen, rng: np.random.Generator) -> None:
    x = -10.0
    while x < 560:
        wide, high = rng.uniform(18, 46), rng.uniform(14, 46) * (1.25 - x / 900)
        top = HORIZON + 4 - high
        pen.box(x, top, x + wide, HORIZON + 5, 78)
        if rng.random() < 0.6:
            pen.area([(x - 2, top), (x + wide / 2, top - wide * 0.28), (x + wide + 2, top)], 70)
        if rng.random() < 0.4:
            pen.box(x + wide * 0.7, top - 16, x + wide * 0.7 + 4, top, 70)
        x += wide + rng.uniform(-3, 5)
    pen.box(236, 296, 247, HORIZON, 74)
    pen.area([(233, 297), (241.5, 256), (250, 297)], 70)
    pen.box(-10, HORIZON - 2, 600, HORIZON + 5, 66)
    pen.area([(600, HORIZON - 2), (660, HORIZON + 2), (600, HORIZON + 5)], 66)


def cranes(pen: Pen, rng: np.random.Generator) -> None:
    for x, size, up in ((930, 1.0, 0.0), (1010, 1.1, 0.75), (1108, 1.22, 0.0)):
        foot, deck = HORIZON + 8, HORIZON + 8 - 92 * size
        for leg in (-17, 17):
            pen.line([(x + leg * size, foot), (x + leg * 0.82 * size, deck)], 3.4 * size, 62)
        pen.line([(x - 17 * size, foot - 40 * size), (x + 17 * size, foot - 40 * size)], 2.4, 62)
        pen.line([(x - 16 * size, foot - 40 * size), (x + 15 * size, deck)], 1.4, 62)
        pen.line([(x + 16 * size, foot - 40 * size), (x - 15 * size, deck)], 1.4, 62)
        pen.line([(x + 44 * size, deck), (x - 14 * size, deck)], 5 * size, 62)
        tip = (x - 14 * size - 70 * size * np.cos(up), deck - 70 * size * np.sin(up))
        mast = (x + 2 * size, deck - 44 * size)
        pen.line([(x - 14 * size, deck), tip], 4 * size, 62)
        pen.line([(x - 10 * size, deck), mast, (x + 12 * size, deck)], 2.4 * size, 62)
        pen.line([mast, ((x + 2 * tip[0]) / 3, (deck + 2 * tip[1]) / 3)], 1.3, 62)
        pen.line([mast, (x + 42 * size, deck)], 1.3, 62)
        pen.box(x + 12 * size, deck - 11 * size, x + 36 * size, deck, 58)
    for x in range(850, 1200, 23):
        high = 9 * int(rng.integers(1, 4))
        pen.box(x, HORIZON + 4 - high, x + 21, HORIZON + 9, int(rng.integers(60, 92)))
    pen.box(822, HORIZON + 3, WIDTH, HORIZON + 11, 54)
    pen.area([(822, HORIZON + 3), (770, HORIZON + 11), (822, HORIZON + 11)], 54)


def yachts(pen: Pen, rng: np.random.Generator) -> None:
    for x, high, lean in ((392, 122, -1), (436, 146, 2), (487, 108, -2), (535, 134, 1), (590, 92, 0)):
        y = 428
        long = high * 0.22
        pen.area([(x - long, y - 8), (x + long * 1.15, y - 9), (x + long * 0.85, y), (x - long * 0.8, y)], 60)
        cabin = ((-0.3, 8), (-0.2, 13), (0.4, 13), (0.5, 8))
        pen.area([(x + long * at, y - up) for at, up in cabin], 92)
        top = (x + lean, y - high)
        pen.line([(x, y - 8), top], 1.7, 48)
        pen.line([(x - long * 0.95, y - 9), top, (x + long * 1.1, y - 9)], 0.7, 62)
        pen.line([(x - 9, y - high * 0.6), (x + 9, y - high * 0.6)], 0.9, 55)
        pen.line([(x, y - 17), (x - long * 0.9, y - 15)], 2.6, 74)


def trawler(pen: Pen, rng: np.random.Generator) -> None:
    """A fishing boat at the quay, bow to the right, waterline at row 520."""
    pen.area(
        [(64, 462), (98, 475), (220, 478), (285, 466), (338, 440), (322, 492), (306, 520), (78, 520), (66, 494)], 36
    )
    pen.line([(64, 463), (98, 476), (220, 479), (285, 467), (338, 441)], 3, 96)
    pen.area([(70, 503), (316, 503), (306, 520), (78, 520)], (50, 48, 48))
    pen.box(112, 420, 196, 478, 74)
    pen.box(106, 414, 203, 421, 48)
    pen.box(128, 388, 182, 414, 82)
    pen.box(122, 383, 189, 389, 46)
    for x in (134, 148, 162):
        pen.box(x, 394, x + 11, 404, 34)
    pen.box(120, 434, 132, 446, 38)
    pen.box(150, 434, 162, 446, 38)
    pen.box(170, 434, 182, 446, (206, 188, 152))  # one lit lamp
    pen.line([(156, 384), (154, 284)], 3.2, 34)
    pen.line([(154, 330), (66, 400)], 2.2, 36)
    pen.line([(154, 300), (70, 462)], 0.9, 44)
    pen.line([(154, 288), (336, 442)], 0.9, 44)
    pen.line([(262, 470), (258, 352)], 2.6, 34)
    pen.line([(258, 372), (196, 408)], 1.8, 36)
    pen.line([(258, 354), (336, 441)], 0.9, 44)
    pen.line([(144, 312), (166, 312)], 1.6, 34)
    pen.area([(206, 478), (214, 460), (238, 458), (248, 478)], 52)
    pen.line([(70, 463), (70, 446), (108, 448)], 1.2, 42)
    pen.line([(290, 464), (290, 449), (334, 428), (336, 440)], 1.1, 42)
    for x in (96, 130, 232, 268):  # tires that keep the hull off the quay
        pen.line([(x, 484), (x, 494)], 8, 26)


def quay(pen: Pen, rng: np.random.Generator) -> None:
    """The near quay at the left, with its posts, and mooring lines to the boat."""
    pen.area([(0, 548), (96, 556), (132, 572), (132, 640), (0, 668)], 40)
    pen.area([(0, 540), (98, 549), (136, 566), (132, 574), (96, 560), (0, 552)], 84)
    for x, y in ((24, 662), (72, 655), (118, 646)):
        pen.box(x - 6, 528, x + 6, y, 30)
        pen.box(x - 7, 524, x + 7, 531, 66)
    pen.line([(118, 534), (112, 522), (88, 500)], 1.3, 52)
    pen.line([(24, 534), (44, 512), (70, 480)], 1.3, 52)


def gulls(pen: Pen, rng: np.random.Generator) -> None:
    for x, y, span in ((610, 214, 15), (652, 196, 11), (668, 232, 9), (548, 246, 8), (712, 262, 6)):
        wings = ((-1, 0.3), (-0.45, 0.42), (0, 0), (0.5, 0.5), (1, 0.22))
        pen.line([(x + span * at, y - span * up) for at, up in wings], 1.5, 58)


def dinghy(pen: Pen, rng: np.random.Generator) -> None:
    x, y = 1046, 702
    near = [(x - 92, y - 27), (x - 60, y - 18), (x, y - 14), (x + 58, y - 17), (x + 84, y - 22)]
    far = [(x - 92, y - 27), (x - 58, y - 24), (x, y - 22), (x + 60, y - 22), (x + 84, y - 22)]
    pen.area([*near, (x + 74, y + 3), (x - 66, y + 4)], 34)
    pen.area([*far, *reversed(near)], 22)
    pen.line(near, 2.6, 118)
    pen.line(far, 1.4, 92)
    for at, reach in ((-34, 5), (20, 4)):
        pen.line([(x + at, y - 22), (x + at + 4, y - 11 - reach)], 4, 84)
    pen.line([(x - 20, y - 24), (x + 96, y - 12)], 1.8, 100)
    pen.line([(x - 90, y - 26), (x - 118, y - 12), (x - 150, y - 2)], 1, 70)


LAYERS = (  # waterline, share of mist, strength of the mirror image, drawing function
    (HORIZON, 0.80, 0.85, far_shore),
    (HORIZON + 2, 0.20, 0.5, gulls),
    (HORIZON + 5, 0.56, 0.85, town),
    (HORIZON + 11, 0.44, 0.85, cranes),
    (428, 0.24, 0.85, yachts),
    (520, 0.08, 0.88, trawler),
    (655, 0.0, 0.88, quay),
    (704, 0.0, 0.88, dinghy),
)


# The brush.


def paint(view: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The scene in strokes: horizontal on water, along the clouds in the sky, vertical on buildings."""
    canvas = view.mean((0, 1)) * np.ones_like(view)
    sway = noise(rng, (6, 8), (HEIGHT, WIDTH)) * 0.35
    for width, long, every, loose in ((24, 90, 9, 0.0), (11, 38, 5, 7.0), (5, 16, 3, 9.0)):
        error = np.abs(_blurred(canvas - view, width * 0.6)).sum(2)
        y, x = _scattered(rng, every)
        chosen = error[y, x] > loose
        canvas = _strokes(canvas, _blurred(view, width * 0.9), y[chosen], x[chosen], sway, (width, long), rng)
    return canvas


def sharpened(painted: np.ndarray, view: np.ndarray) -> np.ndarray:
    """The painting with masts, ropes and edges added in fine lines."""
    edges = np.abs(view - _blurred(view, 3)).sum(2, keepdims=True)
    near = sum(_blurred(edges.repeat(3, 2), radius)[..., :1] for radius in (3, 9))
    tip = np.clip((near - 7) / 20, 0, 0.9)
    return painted + (view - painted) * tip


def _scattered(rng: np.random.Generator, every: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of points about `every` pixels apart, in random order."""
    y, x = np.meshgrid(np.arange(0, HEIGHT, every), np.arange(0, WIDTH, every), indexing="ij")
    y, x = (grid.ravel() + rng.uniform(-every, every, grid.size) / 2 for grid in (y, x))
    order = rng.permutation(len(y))
    return np.clip(y[order], 0, HEIGHT - 1).astype(int), np.clip(x[order], 0, WIDTH - 1).astype(int)


def _blurred(image: np.ndarray, radius: float) -> np.ndarray:
    layers = [Image.fromarray(image[..., c].astype(np.float32)) for c in range(3)]
    cells = max(1, round(radius))
    size = (WIDTH // cells, HEIGHT // cells)
    return np.stack(
        [
            np.asarray(layer.resize(size, Image.Resampling.BOX).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
            for layer in layers
        ],
        2,
    ).astype(np.float64)


def _strokes(canvas, view, rows, columns, sway, brush, rng: np.random.Generator) -> np.ndarray:
    """Paint strokes over the canvas, each in one color with a streak at its edge."""
    width, long = brush
    light = view.sum(2)
    up, side = np.gradient(light)
    image = Image.fromarray(np.clip(canvas, 0, 255).round().astype(np.uint8)).resize(
        (WIDTH * SMOOTH, HEIGHT * SMOOTH), Image.Resampling.BICUBIC
    )
    draw = ImageDraw.Draw(image)
    for y, x, tone, turn in zip(
        rows.tolist(), columns.tolist(), rng.normal(0, 2.3, len(rows)), rng.normal(0, 0.12, len(rows)), strict=True
    ):
        steep = abs(up[y, x]) + abs(side[y, x])
        angle = sway[y, x] * (0.25 if y > HORIZON else 1) + turn
        reach = long / 2
        if steep > 10 and width < 20:  # along an edge, not across it
            angle = np.arctan2(side[y, x], -up[y, x]) + turn / 2
            reach = long / 3
        dx, dy = np.cos(angle) * reach, np.sin(angle) * reach
        color = view[y, x] + tone
        ends = [((x - dx) * SMOOTH, (y - dy) * SMOOTH), ((x + dx) * SMOOTH, (y + dy) * SMOOTH)]
        _dab(draw, ends, width * SMOOTH, color)
        nx, ny = -np.sin(angle) * width * 0.3 * SMOOTH, np.cos(angle) * width * 0.3 * SMOOTH
        streak = [(px + nx, py + ny) for px, py in ends]
        _dab(draw, streak, width * 0.28 * SMOOTH, color + 3.2 * np.sign(tone))
    done = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    return np.asarray(done, np.float64)


def _dab(draw: ImageDraw.ImageDraw, ends, width: float, color: np.ndarray) -> None:
    fill = tuple(np.clip(color, 0, 255).round().astype(int).tolist())
    draw.line(ends, fill=fill, width=max(1, round(width)))
    r = width / 2
    for x, y in ends:
        draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)


def buoy(view: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Add a small red buoy, slightly tilted, and its reflection."""
    x, y = BUOY
    image = Image.new("RGBA", (WIDTH * SMOOTH, HEIGHT * SMOOTH))
    pen = Pen(image)
    faces = (
        (((-12, 3), (-9, 15), (9, 15), (12, 3), (9, -1), (-9, -1)), (176, 28, 32)),
        (((-9, 13), (-4, 27), (5, 27), (9, 13)), (190, 32, 34)),
        (((-10, 5), (-7, 14), (-3, 27), (0, 27), (-3, 13), (-4, 5)), (214, 54, 48)),
        (((4, 4), (5, 26), (9, 13), (11, 3)), (132, 20, 28)),
    )
    for corners, red in faces:
        pen.area([(x + right, y - up) for right, up in corners], red)
    pen.line([(x + 0.5, y - 27), (x + 1.5, y - 40)], 1.6, 46)
    pen.area([(x - 2.5, y - 38), (x + 5, y - 38), (x + 4, y - 44), (x - 1, y - 44)], (200, 40, 38))
    pen.line([(x - 11, y - 9), (x + 11, y - 9)], 1.6, 196)
    done = np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX), np.float64)
    color, cover = done[..., :3], done[..., 3] / 255
    view = view.copy()
    mirror(view, color, cover, y + 1, slope * 1.3, 0.72)
    return view + (color - view) * cover[..., None]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).with_name("harbor.jpg")))
