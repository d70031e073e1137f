#!/usr/bin/env python3
"""Draw why.png (the pixels of each color of the harbor's palette) and curve.png (how many colors it needs).

python why.py [FOLDER]
"""

import sys
from pathlib import Path

from PIL import Image

import pochade

HERE = Path(__file__).parent
WIDTH = 1200


def main(folder: Path) -> None:
    palette = pochade.extract(HERE / "harbor.jpg", 8)
    for name, drawing in (("why.png", pochade.draw.why(palette)), ("curve.png", pochade.draw.curve(palette))):
        size = WIDTH, round(drawing.height * WIDTH / drawing.width)
        small = drawing.resize(size, Image.Resampling.LANCZOS)
        # Plain median cut favors large areas and would turn the buoy gray-brown
        small.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(folder / name, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
