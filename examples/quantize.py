#!/usr/bin/env python3
"""Draw docs/figures/quantize.png: a part of the harbor with 8 colors and each dither.

python examples/quantize.py
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import pochade

HERE = Path(__file__).parent
ORDER = ("none", "floyd-steinberg", "atkinson", "sierra", "bayer", "blue-noise")
BOX = (560, 250, 840, 440)
EDGE, LINE = 8, 26


def main() -> None:
    width, height = BOX[2] - BOX[0], BOX[3] - BOX[1]
    sheet = Image.new("RGB", (3 * (width + EDGE) + EDGE, 2 * (height + LINE + EDGE)), "white")
    draw = ImageDraw.Draw(sheet)
    for i, dither in enumerate(ORDER):
        left, top = EDGE + i % 3 * (width + EDGE), EDGE + i // 3 * (height + LINE)
        part = pochade.quantize(HERE / "harbor.jpg", 8, dither=dither).image().crop(BOX)
        sheet.paste(part, (left, top))
        draw.text((left, top + height + 4), dither, "black", ImageFont.load_default(14))
    sheet.save(HERE.parent / "docs" / "figures" / "quantize.png", optimize=True)


if __name__ == "__main__":
    main()
