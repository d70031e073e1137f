#!/usr/bin/env python3
"""Paint 240 small pictures, collect them, and draw docs/figures/museum.jpg: their palette, and three searches.

python museum.py [FOLDER]      (needs pyarrow: pip install "pochade[collections]")
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import pochade
from pochade.color.spaces import spaces

FIGURES = Path(__file__).parent.parent / "docs" / "figures"
COUNT, SIZE = 240, (192, 144)
WIDTH, MARGIN, GAP, STRIP, TITLE = 1200, 24, 12, 96, 34
SEARCHES: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
    ("#c32727", ("#c32727",), {}),
    ("teal:60%  orange:2%..10%", ("teal:60%", "orange:2%..10%"), {}),
    ("gold  --no 'any blue'  --no 'any green'", ("gold",), {"without": "any blue,any green"}),
)
SHOWN = 5


def codes_of(light: float, chroma: float, hue: float) -> np.ndarray:
    """The sRGB codes of a color in Oklch, hue in degrees: float64 (3,)."""
    angle = np.radians(hue)
    linear = spaces["oklab"].to_linear(np.array([light, chroma * np.cos(angle), chroma * np.sin(angle)])).clip(0, 1)
    return 255 * np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)


def painted(seed: int) -> Image.Image:
    """A landscape: a sky, hills or the sea, a sun, and a few small houses or sails."""
    rng = np.random.default_rng(seed)
    width, height = SIZE
    y, x = np.mgrid[:height, :width]
    sky = rng.choice([230, 60, 200, 30, 290], p=[0.4, 0.2, 0.2, 0.1, 0.1])
    upper, lower = (
        codes_of(rng.uniform(0.5, 0.8), rng.uniform(0.02, 0.11), sky),
        codes_of(0.88, 0.05, rng.uniform(40, 100)),
    )
    codes = upper + (lower - upper) * (y / height)[..., None]
    sun = rng.integers(width), rng.integers(10, height // 2)
    codes[(x - sun[0]) ** 2 + (y - sun[1]) ** 2 < rng.integers(6, 16) ** 2] = codes_of(0.82, 0.16, rng.uniform(50, 95))
    ground = rng.choice([195, 140, 80, 45, 120])
    for i in range(3):
        line = height * (0.5 + 0.14 * i) + rng.uniform(4, 16) * np.sin(x / rng.uniform(14, 40) + rng.uniform(0, 6))
        codes[y > line] = codes_of(
            rng.uniform(0.62, 0.7) - 0.13 * i, rng.uniform(0.04, 0.1), ground + rng.uniform(-15, 15)
        )
    for _ in range(rng.integers(0, 5)):
        left, top, side = rng.integers(width - 14), rng.integers(height // 2, height - 14), rng.integers(3, 13)
        codes[top : top + side, left : left + side] = codes_of(
            rng.uniform(0.45, 0.8), rng.uniform(0.1, 0.2), rng.uniform(0, 360)
        )
    codes = codes + rng.normal(0, 5, (height, width, 1))
    return Image.fromarray(codes.clip(0, 255).astype(np.uint8))


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        scans = Path(temporary) / "scans"
        scans.mkdir()
        for i in range(COUNT):
            painted(i).save(scans / f"{i:03d}.png")
        museum = pochade.collect(scans, Path(temporary) / "museum.pochade")
        sheet(museum).save(folder / "museum.jpg", quality=90, subsampling=0, optimize=True)


def sheet(museum: pochade.Collection) -> Image.Image:
    """The palette of a collection above rows of pictures, with a ring where the color is that answered."""
    cell = (WIDTH - 2 * MARGIN - (SHOWN - 1) * GAP) // SHOWN
    tall = round(cell * SIZE[1] / SIZE[0])
    height = MARGIN + STRIP + len(SEARCHES) * (TITLE + tall + GAP) + MARGIN
    image = Image.new("RGB", (WIDTH, height), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(18)
    left = float(MARGIN)
    for color in museum.palette(12):
        right = left + color.weight * (WIDTH - 2 * MARGIN)
        draw.rectangle((left, MARGIN, right, MARGIN + STRIP - GAP), color.hex)
        left = right
    top = MARGIN + STRIP
    for title, wishes, options in SEARCHES:
        without = options["without"].split(",") if options else None
        draw.text((MARGIN, top + 6), f"pochade find museum.pochade  {title}", "black", font)
        top += TITLE
        for i, match in enumerate(museum.find(*wishes, without=without, top=SHOWN)):
            at = MARGIN + i * (cell + GAP)
            with Image.open(str(museum.path(match.id))) as picture:
                image.paste(picture.resize((cell, tall), Image.Resampling.LANCZOS), (at, top))
            for why in match.why:
                if why.position and why.hex:
                    x, y = at + why.position[0] * cell, top + why.position[1] * tall
                    draw.ellipse((x - 11, y - 11, x + 11, y + 11), why.hex, "white", 3)
        top += tall + GAP
    return image


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FIGURES)
