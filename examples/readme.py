#!/usr/bin/env python3
"""Draw readme.png: the harbor, the positions of its colors, and its palettes by plain k-means and by pochade.

python readme.py [FILE]
"""

import math
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import pochade

HERE = Path(__file__).parent
K = 8
SCALE = 2  # drawn twice as large, then scaled down, for smooth edges
MARGIN, GAP, SWATCH, LABEL = 40, 14, 92, 34
TURNS = [math.radians(degrees) for degrees in (90, 0, 180, 45, 135, -45, 225, -90)]
PAPER, INK, SOFT = "#fbfaf8", "#26282b", "#7d8085"


def main(path: str) -> None:
    picture = Image.open(HERE / "harbor.jpg")
    rows = [
        ("plain k-means", pochade.extract(picture, K, method="kmeans")),
        ("pochade", pochade.extract(picture, K)),
    ]
    width = picture.width + 2 * MARGIN
    height = MARGIN + picture.height + len(rows) * (GAP + LABEL + SWATCH + LABEL) + MARGIN
    sheet = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    large = picture.resize((picture.width * SCALE, picture.height * SCALE), Image.Resampling.BICUBIC)
    sheet.paste(large, (MARGIN * SCALE, MARGIN * SCALE), rounded(large.size, 10 * SCALE))
    draw = ImageDraw.Draw(sheet)
    top = MARGIN + picture.height + GAP
    for title, palette in rows:
        text(draw, (MARGIN, top + LABEL / 2), title, 19, INK, "lm")
        _swatches(draw, palette, picture.width, top + LABEL)
        top += LABEL + SWATCH + LABEL + GAP
    _marks(draw, rows[-1][1], picture.size)
    done = sheet.resize((width, height), Image.Resampling.LANCZOS)
    done.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def _swatches(draw: ImageDraw.ImageDraw, palette: pochade.Palette, width: int, top: float) -> None:
    wide = (width - (K - 1) * GAP) / K
    for i, color in enumerate(palette):
        left = MARGIN + i * (wide + GAP)
        box = [left * SCALE, top * SCALE, (left + wide) * SCALE, (top + SWATCH) * SCALE]
        draw.rounded_rectangle(box, 10 * SCALE, fill=color.hex)
        below = top + SWATCH + LABEL / 2
        text(draw, (left + 2, below), color.hex, 15, INK, "lm")
        share = (
            f"{color.weight:.0%}"
            if color.weight >= 0.01
            else f"{color.weight:.2%}"
            if color.weight >= 0.0001
            else "< 0.01%"
        )
        text(draw, (left + wide - 2, below), share, 15, SOFT, "rm")


def _marks(draw: ImageDraw.ImageDraw, palette: pochade.Palette, size: tuple[int, int]) -> None:
    """Draw a pin at the position of each color."""
    points = [
        (MARGIN + color.position[0] * size[0], MARGIN + color.position[1] * size[1])
        for color in palette
        if color.position is not None
    ]
    box = (MARGIN, MARGIN, MARGIN + size[0], MARGIN + size[1])
    for (x, y), head, color in zip(points, head_places(points, box), palette, strict=True):
        draw.line([x * SCALE, y * SCALE, head[0] * SCALE, head[1] * SCALE], fill="#ffffff", width=2 * SCALE)
        dot(draw, (x, y), 4, "#ffffff")
        dot(draw, head, 15, "#ffffff")
        dot(draw, head, 12, color.hex)


def head_places(points: list[tuple[float, float]], box: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    """Place the head of each pin: the first free place in the box beside its point."""
    left, top, right, bottom = box
    occupied = list(points)
    for x, y in points:
        heads = [(x + 42 * math.cos(turn), y - 42 * math.sin(turn)) for turn in TURNS]
        inside = [(x, y) for x, y in heads if left + 18 < x < right - 18 and top + 18 < y < bottom - 18]
        occupied.append(max(inside, key=lambda head: min(36, *(math.dist(head, other) for other in occupied))))
    return occupied[len(points) :]


def dot(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, fill: str) -> None:
    x, y = at
    draw.ellipse([(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE], fill=fill)


def rounded(size: tuple[int, int], radius: float) -> Image.Image:
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).rounded_rectangle([0, 0, size[0] - 1, size[1] - 1], radius, fill=255)
    return mask


def text(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, fill: str, anchor: str) -> None:
    font = ImageFont.load_default(size * SCALE)  # Pillow's own font, the same on every machine
    draw.text((at[0] * SCALE, at[1] * SCALE), text, fill=fill, font=font, anchor=anchor)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE / "readme.png"))
