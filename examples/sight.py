#!/usr/bin/env python3
"""Draw sight.png (the harbor with color vision deficiencies) and roles.png (the color roles of four pictures).

python sight.py [FOLDER]
"""

import sys
from pathlib import Path

from good_palette import autumn, portrait, ring
from PIL import Image

import pochade
from pochade.draw.canvas import INK, RULE, SHARP, SOFT, Raster
from pochade.theme.roles import NAMES

HERE = Path(__file__).parent
FIGURES = HERE.parent / "docs" / "figures"
WIDTH = 1200
LEFT, THUMB, ROW, SWATCH, STEP, TOP = 32, 150, 132, 78, 90, 70


def roles() -> Image.Image:
    """A row per picture: the picture and the color of each role. A small dot is only the nearest color to the role."""
    pictures = [Image.open(HERE / "harbor.jpg"), autumn(), portrait(), ring()]
    names = [name.replace(" ", "\n") for name in NAMES]
    first = LEFT + THUMB + 28
    canvas = Raster(first + len(NAMES) * STEP + LEFT - 12, TOP + len(pictures) * ROW + 8)
    for i, name in enumerate(names):
        for line, word in enumerate(reversed(name.split("\n"))):
            canvas.text((first + i * STEP + SWATCH / 2, TOP - 18 - 16 * line), word, 13, SOFT, "m")
    for row, picture in enumerate(pictures):
        y = TOP + row * ROW
        for i, role in enumerate(pochade.extract(picture, 8).roles()):
            x = first + i * STEP
            if role.found:
                canvas.box(x, y, SWATCH, SWATCH, role.hex, 8)
            else:
                canvas.box(x, y, SWATCH, SWATCH, RULE, 8)
                canvas.dot((x + SWATCH / 2, y + SWATCH / 2), 12, role.hex)
            canvas.text((x + SWATCH / 2, y + SWATCH + 16), role.hex, 13, INK if role.found else SOFT, "m")
    sheet = canvas.image()
    for row, picture in enumerate(pictures):
        tall = round(THUMB * picture.height / picture.width)
        small = picture.convert("RGB").resize((THUMB * SHARP, tall * SHARP), Image.Resampling.LANCZOS)
        sheet.paste(small, (LEFT * SHARP, (TOP + row * ROW) * SHARP))
    return sheet


def main(folder: Path) -> None:
    seen = pochade.draw.sight(pochade.extract(HERE / "harbor.jpg", 8))
    for name, drawing in (("sight.png", seen), ("roles.png", roles())):
        size = WIDTH, round(drawing.height * WIDTH / drawing.width)
        small = drawing.resize(size, Image.Resampling.LANCZOS)
        # Plain median cut favors large areas and would turn the buoy gray-brown
        small.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(folder / name, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FIGURES)
