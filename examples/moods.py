#!/usr/bin/env python3
"""Draw docs/figures/moods.png: four pictures, each with its palette in no mood and in each of the six moods.

python moods.py [FILE]
"""

import sys
from pathlib import Path

from areas import balloons
from good_palette import GAP, HEIGHT, WIDTH, autumn
from PIL import Image, ImageDraw, ImageOps
from readme import INK, PAPER, SCALE, SOFT, rounded, text

import pochade

HERE = Path(__file__).parent
MOODS = (None, "colorful", "muted", "light", "dark", "bright", "deep")
K = 6
MARGIN, NAMES, GUTTER = 36, 84, 26
WIDE = 264
HIGH = WIDE * HEIGHT // WIDTH
SWATCH, ROW = 34, 46


def main(path: str) -> None:
    pictures = {
        "Balloons": balloons(),
        "A bird in autumn": autumn(),
        "A road in the desert": Image.open(HERE / "still-desert.jpg"),
        "A harbor": Image.open(HERE / "harbor.jpg"),
    }
    width = 2 * MARGIN + NAMES + len(pictures) * WIDE + (len(pictures) - 1) * GUTTER
    height = 2 * MARGIN + HIGH + 18 + len(MOODS) * ROW
    sheet = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    draw = ImageDraw.Draw(sheet)
    rows = MARGIN + HIGH + 18
    for i, mood in enumerate(MOODS):
        color = INK if mood else SOFT
        text(draw, (MARGIN, rows + i * ROW + SWATCH / 2), mood or "no mood", 16, color, "lm")
    for j, picture in enumerate(pictures.values()):
        left = MARGIN + NAMES + j * (WIDE + GUTTER)
        small = ImageOps.fit(picture, (WIDE * SCALE, HIGH * SCALE), Image.Resampling.LANCZOS)
        sheet.paste(small, (left * SCALE, MARGIN * SCALE), rounded(small.size, 8 * SCALE))
        for i, mood in enumerate(MOODS):
            _swatches(draw, pochade.extract(picture, K, mood=mood), left, rows + i * ROW)
    done = sheet.resize((width, height), Image.Resampling.LANCZOS)
    done.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(path, optimize=True)


def _swatches(draw: ImageDraw.ImageDraw, palette: pochade.Palette, left: float, top: float) -> None:
    wide = (WIDE - (K - 1) * GAP / 2) / K
    for i, color in enumerate(palette):
        x = left + i * (wide + GAP / 2)
        box = [x * SCALE, top * SCALE, (x + wide) * SCALE, (top + SWATCH) * SCALE]
        draw.rounded_rectangle(box, 5 * SCALE, fill=color.hex)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "docs" / "figures" / "moods.png"))
