#!/usr/bin/env python3
"""Draw docs/figures/paints.png: the two halves of the sheet of paint of aurora.jpg, side by side.

python paints.py [FILE]
"""

import sys
from pathlib import Path

from PIL import Image

import pochade
from pochade.draw import paint_sheet
from pochade.draw.paint_sheet import MARGIN, NOTES, ROW
from pochade.draw.png import png

HERE = Path(__file__).parent
FIGURE = HERE.parent / "docs" / "figures" / "paints.png"
SHARP = 2  # pixels of the sheet in a unit
SMALL = 0.72  # of the figure, relative to the sheet


def main(path: str) -> None:
    answer = pochade.paints(HERE / "aurora.jpg", 5, own="white")
    sheet = paint_sheet(answer)
    foot = SHARP * (MARGIN + 18 * (len(NOTES) + 1))  # the notes and the credit
    recipes = SHARP * (ROW * len(answer.recipes) + 72)
    middle = sheet.height - foot - recipes
    high = max(middle, recipes + SHARP * MARGIN)
    wide = Image.new("RGB", (2 * sheet.width - SHARP * MARGIN, high), sheet.getpixel((0, 0)))
    wide.paste(sheet.crop((0, 0, sheet.width, middle)), (0, 0))
    wide.paste(
        sheet.crop((SHARP * MARGIN, middle, sheet.width, sheet.height - foot)), (sheet.width, SHARP * MARGIN // 2)
    )
    size = round(wide.width / SHARP * SMALL), round(wide.height / SHARP * SMALL)
    Path(path).write_bytes(png(wide.resize(size, Image.Resampling.LANCZOS)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(FIGURE))
