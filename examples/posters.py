#!/usr/bin/env python3
"""Draw posters.png, contact-sheet.png, wheel.png and gradient.png: palettes as posters, on a sheet, and as colormaps.

python posters.py [FOLDER]
"""

import sys
from pathlib import Path

from PIL import Image

import pochade

HERE = Path(__file__).parent
TALL, GAP = 720, 20
LANCZOS = Image.Resampling.LANCZOS
BACKGROUND = "#8c8c8c"
BAR = (1200, 56)


def main(folder: Path) -> None:
    palette = pochade.extract(HERE / "harbor.jpg", 8)
    posters = [
        pochade.draw.poster(palette, title="Harbor"),
        pochade.draw.poster(palette, layout="wide", dark=True, title="Harbor"),
        pochade.draw.poster(palette, layout="grid"),
        pochade.draw.poster(palette, layout="story", dark=True, title="Harbor"),
    ]
    saved(beside(posters), folder / "posters.png")
    stills = [HERE / "harbor.jpg", *sorted(HERE.glob("still-*.jpg"))]
    (sheet,) = pochade.draw.contact_sheet([pochade.extract(still) for still in stills], order="alike", dark=True)
    saved(sheet.resize((1200, round(sheet.height * 1200 / sheet.width)), LANCZOS), folder / "contact-sheet.png")
    wheel = pochade.draw.wheel(palette, title="Harbor")
    saved(wheel.resize((1200, round(wheel.height * 1200 / wheel.width)), LANCZOS), folder / "wheel.png")
    bars(palette).save(folder / "gradient.png", optimize=True)


def bars(palette: pochade.Palette) -> Image.Image:
    """The palette; gradients between its first two colors in Oklab, Oklch and sRGB; the smooth colormap."""
    ends = pochade.Palette((palette[int(palette.oklab[:, 1].argmax())], palette[int(palette.oklab[:, 0].argmax())]))
    smooth = palette.cmap(smooth=True)
    maps = [[round(255 * part) for part in smooth(i)[:3]] for i in range(256)]
    rows = [
        palette.srgb.tolist(),
        *(ends.gradient(12, space).srgb.tolist() for space in ("oklab", "oklch", "rgb")),
        maps,
    ]
    sheet = Image.new("RGB", (BAR[0], len(rows) * (BAR[1] + 12) - 12), "#f0f0f0")
    for i, row in enumerate(rows):
        bar = Image.new("RGB", (len(row), 1))
        bar.putdata([tuple(color) for color in row])
        sheet.paste(bar.resize(BAR, Image.Resampling.NEAREST), (0, i * (BAR[1] + 12)))
    return sheet


def beside(images: list[Image.Image]) -> Image.Image:
    """Put portrait images at the sides, and stack the others between them."""
    card, wide, grid, story = images
    middle = (TALL - GAP) / (wide.height / wide.width + grid.height / grid.width)
    inner = [
        image.resize((round(middle), round(middle * image.height / image.width)), LANCZOS) for image in (wide, grid)
    ]
    outer = [image.resize((round(image.width * TALL / image.height), TALL), LANCZOS) for image in (card, story)]
    sheet = Image.new("RGB", (outer[0].width + inner[0].width + outer[1].width + 4 * GAP, TALL + 2 * GAP), BACKGROUND)
    sheet.paste(outer[0], (GAP, GAP))
    sheet.paste(inner[0], (outer[0].width + 2 * GAP, GAP))
    sheet.paste(inner[1], (outer[0].width + 2 * GAP, inner[0].height + 2 * GAP))
    sheet.paste(outer[1], (outer[0].width + inner[0].width + 3 * GAP, GAP))
    return sheet


def saved(image: Image.Image, path: Path) -> None:
    # Plain median cut favors large areas and would turn the buoy gray-brown
    image.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
