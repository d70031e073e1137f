#!/usr/bin/env python3
"""Draw docs/figures/suggest.png: five palettes with two kept colors, and what each follows. `python suggest.py`"""

import sys
from pathlib import Path

import pochade
from pochade.draw.canvas import INK, SOFT, Raster

HERE = Path(__file__).parent
KEEP, SEED = ["#12354e", "#d9a441"], 4
CELL, HIGH, MARGIN, TELL = 150, 64, 24, 44


def main(path: str) -> None:
    proposals = pochade.complete(KEEP, 5, 5, seed=SEED)
    canvas = Raster(2 * MARGIN + 5 * CELL, 2 * MARGIN + len(proposals) * (HIGH + TELL) - 16)
    for row, one in enumerate(proposals):
        top = MARGIN + row * (HIGH + TELL)
        for i, color in enumerate(one.palette):
            canvas.box(MARGIN + i * CELL, top, CELL, HIGH, color.hex)
            if i < one.kept:
                canvas.box(MARGIN + i * CELL, top + HIGH, CELL, 3, INK)
        canvas.text((MARGIN, top + HIGH + 19), one.words, 13, SOFT)
    canvas.image().save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "docs/figures/suggest.png"))
