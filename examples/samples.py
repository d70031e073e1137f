#!/usr/bin/env python3
"""Draws the pictures that the page offers to begin with, each with a small one for the contact sheet.

    python samples.py [FOLDER]

They are those of harbor.py and good_palette.py: painted here, so that none needs a license.
"""

import sys
from pathlib import Path

from good_palette import autumn, portrait, ring
from harbor import harbor
from PIL import Image

FOLDER = Path(__file__).parent.parent / "src/pochade/web/static/samples"
SMALL = (186, 124)  # twice what the sheet shows, for dense screens


def main(folder: str) -> None:
    pictures = {
        "harbor": Image.fromarray(harbor()).resize((900, 600), Image.Resampling.LANCZOS),
        "autumn": autumn(),
        "ring": ring(),
        "portrait": portrait(),
    }
    for name, picture in pictures.items():
        rgb = picture.convert("RGB")
        rgb.save(Path(folder, f"{name}.jpg"), quality=88, optimize=True)
        small = rgb.resize(SMALL, Image.Resampling.LANCZOS)
        small.save(Path(folder, f"{name}-small.jpg"), quality=70, optimize=True)


if __name__ == "__main__":
    main(*(sys.argv[1:] or [str(FOLDER)]))
