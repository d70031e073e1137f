#!/usr/bin/env python3
"""Draw flow.jpg (corresponding colors of two pictures) and likeness.jpg (how similar seven pictures are).

python compare.py [FOLDER]
"""

import sys
import tempfile
from pathlib import Path

from good_palette import autumn, portrait, ring
from PIL import Image

import pochade

HERE = Path(__file__).parent
FIGURES = HERE.parent / "docs" / "figures"
WIDTH = 1200


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        paths = [HERE / name for name in ("harbor.jpg", "still-street.jpg", "still-corridor.jpg", "still-desert.jpg")]
        for draw in (autumn, portrait, ring):
            paths.append(Path(temporary) / f"{draw.__name__}.png")
            draw().save(paths[-1])
        palettes = [pochade.extract(path) for path in paths]
        drawings = {
            "flow.jpg": pochade.draw.flow(pochade.compare(palettes[3], palettes[5])),
            "likeness.jpg": pochade.draw.likeness(palettes),
        }
    for name, drawing in drawings.items():
        size = WIDTH, round(drawing.height * WIDTH / drawing.width)
        small = drawing.resize(size, Image.Resampling.LANCZOS)
        small.convert("RGB").save(folder / name, quality=92, subsampling=0, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FIGURES)
