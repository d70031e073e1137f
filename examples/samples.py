#!/usr/bin/env python3
"""Draw the sample pictures of the page, each with a thumbnail for the contact sheet.

    python samples.py [FOLDER]

harbor.py and good_palette.py draw them, so they need no license from others.
"""

import sys
from pathlib import Path

from good_palette import autumn, portrait, ring
from harbor import harbor
from PIL import Image

FOLDER = Path(__file__).parent.parent / "src/pochade/web/static/samples"
SMALL = (186, 124)  # twice the size on the sheet, for high-density screens


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
