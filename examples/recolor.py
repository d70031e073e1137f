#!/usr/bin/env python3
"""Draw recolor.jpg and background.jpg: pictures in other colors, and on matching backgrounds.

python recolor.py [FOLDER]
"""

import sys
from pathlib import Path

import numpy as np
from good_palette import autumn
from PIL import Image

import pochade
from pochade.color.srgb import to_hex
from pochade.draw.canvas import INK, SHARP, SOFT, Raster

HERE = Path(__file__).parent
FIGURES = HERE.parent / "docs" / "figures"
WIDTH, TALL, GAP, LEFT = 360, 240, 24, 32
STRIP, LINE = 22, 74
COLUMNS, ROWS = 3, 2


def recolored() -> Image.Image:
    """The harbor with other buoys and in other palettes, each with its palette of five colors."""
    harbor, leaves = HERE / "harbor.jpg", np.asarray(autumn().convert("RGB"))
    red = "#b3312c"
    examples = [
        ("the picture", "its palette, with the buoy's red", pochade.recolor(harbor, {red: red})),
        ("a blue buoy", "{red: blue}", pochade.recolor(harbor, {red: "#2d5fc4"})),
        ("a yellow buoy", "{red: yellow}", pochade.recolor(harbor, {red: "#e3b21c"})),
        ("like autumn leaves", "like=autumn", pochade.recolor(harbor, like=leaves)),
        ("like a street at night", "like=street", pochade.recolor(harbor, like=HERE / "still-street.jpg")),
        ("in two facing hues", 'harmonize="I"', pochade.recolor(harbor, harmonize="I")),
    ]
    canvas = Raster(2 * LEFT + COLUMNS * WIDTH + (COLUMNS - 1) * GAP, ROWS * (TALL + STRIP + LINE) + GAP)
    for i, (title, how, result) in enumerate(examples):
        x, y = LEFT + i % COLUMNS * (WIDTH + GAP), GAP + i // COLUMNS * (TALL + STRIP + LINE)
        canvas.picture(x, y, fitted(result.image, (WIDTH, TALL)), 6)
        colors = [
            to_hex(code) for code in result.lut.apply(result.palette.srgb)
        ]  # includes shades that the edit changed too
        canvas.band(x, y + TALL + 6, STRIP - 6, [(WIDTH / len(colors), color) for color in colors], 4)
        canvas.text((x, y + TALL + STRIP + 18), title, 15, INK)
        canvas.text((x + WIDTH, y + TALL + STRIP + 18), how, 13, SOFT, "r")
    return canvas.image()


def backgrounds() -> Image.Image:
    """Four pictures with default backgrounds; one of them with each kind, light and dark; two with a palette strip."""
    desert = HERE / "still-desert.jpg"
    sources = [HERE / "harbor.jpg", HERE / "still-street.jpg", HERE / "still-corridor.jpg", desert]
    wide, tall = 186, 330
    cells = [(source, "auto", "auto") for source in sources]
    cells += [(desert, kind, mode) for mode in ("light", "dark") for kind in ("gradient", "field")]
    canvas = Raster(2 * LEFT + 4 * wide + 3 * GAP, 2 * (tall + 52) + GAP)
    for i, (source, kind, mode) in enumerate(cells):
        x, y = LEFT + i % 4 * (wide + GAP), GAP + i // 4 * (tall + 52)
        result = pochade.background(source, kind=kind, mode=mode, size=(2 * wide, 2 * tall), strip=i in (0, 4))
        canvas.picture(x, y, fitted(result.image, (wide, tall)), 6)
        canvas.text((x, y + tall + 20), f"{result.mode} {result.kind}", 14, INK)
        how = "strip" if i in (0, 4) else "auto" if kind == "auto" else "asked for"
        canvas.text((x + wide, y + tall + 20), how, 13, SOFT, "r")
    return canvas.image()


def fitted(codes: np.ndarray, size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(codes).resize((size[0] * SHARP, size[1] * SHARP), Image.Resampling.LANCZOS)


def main(folder: Path) -> None:
    for name, drawing in (("recolor.jpg", recolored()), ("background.jpg", backgrounds())):
        small = drawing.resize((1200, round(drawing.height * 1200 / drawing.width)), Image.Resampling.LANCZOS)
        small.convert("RGB").save(folder / name, quality=90, subsampling=0, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FIGURES)
