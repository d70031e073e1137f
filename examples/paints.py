#!/usr/bin/env python3
"""Draw docs/figures/paints.png: the sheet of paint of aurora.jpg, which aurora.py draws.

    python paints.py [FILE]
"""

import sys
from pathlib import Path

import pochade
from pochade.draw import paint_sheet
from pochade.draw.png import png

HERE = Path(__file__).parent
FIGURE = HERE.parent / "docs" / "figures" / "paints.png"


def main(path: str) -> None:
    answer = pochade.paints(HERE / "aurora.jpg", 5, own="white")
    Path(path).write_bytes(png(paint_sheet(answer).reduce(2)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(FIGURE))
