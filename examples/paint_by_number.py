#!/usr/bin/env python3
"""Draw docs/figures/numbers.png: a sheet to paint by of aurora.jpg, half as lines and numbers, half painted.

python paint_by_number.py [FILE]
"""

import sys
from pathlib import Path

import pochade
from pochade.areas.pages import UNITS
from pochade.draw.canvas import SHARP
from pochade.draw.png import png

HERE = Path(__file__).parent
FIGURE = HERE.parent / "docs" / "figures" / "numbers.png"


def main(path: str) -> None:
    sheet = pochade.numbers(HERE / "aurora.jpg", pochade.paints(HERE / "aurora.jpg", 5, own="white"), paper="a5")
    left, top, width, height = (round(side * UNITS * SHARP) for side in sheet.layout.box)
    picture = sheet.image("sheet").crop((left, top, left + width, top + height))
    painted = (left + width // 2, top, left + width, top + height)
    picture.paste(sheet.image("answer").crop(painted), (width // 2, 0))
    Path(path).write_bytes(png(picture))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(FIGURE))
