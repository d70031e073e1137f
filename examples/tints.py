#!/usr/bin/env python3
"""Draw docs/figures/tints.png: the tints and shades of six colors. `python tints.py [FILE]`"""

import sys
from pathlib import Path

from pochade import Palette
from pochade.draw.canvas import INK, SOFT, Raster
from pochade.palette.tints import STEPS, contrasts

HERE = Path(__file__).parent
COLORS = ["#b3312c", "#d7a13b", "#3c7a6f", "#12355b", "#f5e9d0", "#808080"]
CELL, HIGH, HEAD, MARGIN, GAP = 66, 52, 30, 24, 6


def main(path: str) -> None:
    tints = Palette.from_dict({"colors": COLORS}).tints()
    width, height = 2 * MARGIN + len(STEPS) * CELL, MARGIN + HEAD + len(COLORS) * (HIGH + GAP) + MARGIN - GAP
    canvas = Raster(width, height)
    for i, step in enumerate(STEPS):
        canvas.text((MARGIN + (i + 0.5) * CELL, MARGIN + 8), str(step), 14, SOFT, "m")
    for j, (own, scale) in enumerate(zip(tints.own, tints.scales, strict=True)):
        top = MARGIN + HEAD + j * (HIGH + GAP)
        for i, (step, color) in enumerate(scale.items()):
            left = MARGIN + i * CELL
            ratios = contrasts(color)
            ink = "#ffffff" if ratios["white"] >= ratios["black"] else INK
            canvas.box(left, top, CELL, HIGH, color.hex)
            canvas.text((left + CELL / 2, top + HIGH - 12), color.hex, 11, ink, "m")
            if step == own:
                canvas.dot((left + CELL / 2, top + 17), 4.5, ink, color.hex)
    canvas.image().save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "docs/figures/tints.png"))
