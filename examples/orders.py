#!/usr/bin/env python3
"""Draw docs/figures/orders.png: the twelve colors of one picture in every order.

python orders.py [FILE]
"""

import sys
from pathlib import Path

from good_palette import autumn, portrait, ring
from PIL import Image

import pochade
from pochade.color.difference import differences
from pochade.color.srgb import decode
from pochade.draw.canvas import INK, SHARP, SOFT, Raster
from pochade.sort import orders

HERE = Path(__file__).parent
MARGIN, PICTURE, ROW, SWATCH, GAP = 36, 150, 42, 34, 2
NAMES, FIGURES = 112, 40
WIDTH = 3 * 225 + 2 * 12


def main(path: str) -> None:
    pictures = [drawn.resize((600, 400)) for drawn in (portrait(), ring(), autumn())]
    joined = Image.new("RGB", (1800, 400))
    for i, picture in enumerate(pictures):
        joined.paste(picture, (600 * i, 0))
    palette = pochade.extract(joined, 12)
    names = ["prominence", *(name for name in orders.names if name != "prominence")]
    canvas = Raster(WIDTH + 2 * MARGIN, 2 * MARGIN + PICTURE + 40 + ROW * len(names))
    y = MARGIN + PICTURE + 22
    canvas.text((MARGIN + WIDTH, y), "mean step", 13, SOFT, "r")
    wide = (WIDTH - NAMES - FIGURES + GAP) / len(palette)
    for name in names:
        y += ROW
        arranged = palette.sort(name)
        canvas.text((MARGIN, y), name, 17, INK)
        for i, color in enumerate(arranged):
            canvas.box(MARGIN + NAMES + i * wide, y - SWATCH / 2, wide - GAP, SWATCH, color.hex, 4)
        linear = decode(arranged.srgb)
        steps = differences["ciede2000"].of_linear(linear[1:], linear[:-1])
        canvas.text((MARGIN + WIDTH, y), f"{steps.mean():.0f}", 17, SOFT, "r")
    done = canvas.image()
    size = WIDTH * SHARP, round(WIDTH * SHARP * 400 / 1800)
    done.paste(joined.resize(size, Image.Resampling.LANCZOS), (MARGIN * SHARP, MARGIN * SHARP))
    done.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "docs" / "figures" / "orders.png"))
