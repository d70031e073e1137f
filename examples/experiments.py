#!/usr/bin/env python3
"""Draw the figures of docs/experiments.md and docs/methods/segments.md, in docs/figures.

python experiments.py [FOLDER]
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

import pochade
from pochade.cluster.segments import cut

HERE = Path(__file__).parent
FIGURES = HERE.parent / "docs" / "figures"
HARBOR = HERE / "harbor.jpg"
WIDTH = 1200
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


def regions(n: int) -> Image.Image:
    """The harbor beside its n regions, each in its mean color."""
    whole = Image.open(HARBOR).convert("RGB")
    sketch = pochade.histogram(pochade.read(HARBOR)).sketch
    labels = cut(sketch.codes, np.full(sketch.codes.shape[:3], 255, np.uint8), n, 10.0)[0]
    codes = sketch.codes[0]
    means = np.array([codes[labels == j].mean(0) for j in range(n)])
    filled = Image.fromarray(np.rint(means[labels]).astype(np.uint8)).resize(whole.size, Image.Resampling.NEAREST)
    side = Image.new("RGB", (2 * whole.width + 48, whole.height), "#fbfaf8")
    side.paste(whole, (0, 0))
    side.paste(filled, (whole.width + 48, 0))
    return side


def main(folder: Path) -> None:
    palette = pochade.extract(HARBOR, 8)
    drawings = {
        "strip.png": pochade.draw.strip(palette, widths="equal"),
        "sheet.png": pochade.draw.sheet(
            HARBOR, methods=["prominent", "kmeans", "segments", "sample"], spaces=["oklab", "rgb", "hsv"]
        ),
        "scales.png": pochade.draw.sheet(HARBOR, methods=["prominent", "kmeans"], scales=SCALES),
        "cloud.png": pochade.draw.cloud(palette, space="cielab"),
        "segments.png": regions(36),
    }
    for name, drawing in drawings.items():
        size = WIDTH, round(drawing.height * WIDTH / drawing.width)
        small = drawing.resize(size, Image.Resampling.LANCZOS)
        small.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(folder / name, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FIGURES)
