#!/usr/bin/env python3
"""Measure sheets to paint by: areas without room for a number, the difference from the picture, and the time.

    python benchmarks/paint_by_number.py [PICTURE...]

Each picture is scaled to 1000 pixels and divided with 12 colors, on a4 with circles of 2.2 mm. "pixels" is the picture
in which each pixel has the nearest color, "sheet" the answer; differences are mean CIEDE2000. Times are CPU seconds, of
numbers() with its palette at hand. Without pictures, it measures examples/*.jpg.
"""

import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

import pochade
from pochade.areas.components import clearance, components
from pochade.areas.costs import costs_of

SIDE, COLORS, PER_MM = 1000, 12, 1000 / 262
"""An a4 shows a picture of 3 : 2 in 262 mm."""


def main() -> None:
    """Print a row for each picture, and the means."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted((Path(__file__).parents[1] / "examples").glob("*.jpg"))
    print(f"{'':22}  areas of pixels          areas of sheet           difference")
    print(f"{'':22}  number  without room     number  without room     pixels  sheet   more   seconds")
    rows = [measured(path) for path in paths]
    for path, row in zip(paths, rows, strict=True):
        show(path.name, row)
    show("mean", np.mean(rows, axis=0))


def measured(path: Path) -> list[float]:
    """The figures of one picture, in the order of the table."""
    image = Image.open(path).convert("RGB")
    size = tuple(round(side * SIDE / max(image.size)) for side in image.size)
    codes = np.asarray(image.resize(size, Image.Resampling.BICUBIC))
    palette = pochade.extract(codes, COLORS)
    start = time.process_time()
    sheet = pochade.numbers(codes, palette)
    seconds = time.process_time() - start
    costs = costs_of(codes, None, palette.srgb, np.arange(len(palette)))
    areas, small = without_room(costs.table.argmin(0)[costs.bins], sheet.least_mm)
    narrow = [area for area in sheet if area.circles[0][2] < sheet.least_mm / 2]
    more = sheet.difference - sheet.nearest
    return [areas, small, len(sheet), len(narrow), sheet.nearest, sheet.difference, more, seconds]


def without_room(labels: np.ndarray, least_mm: float) -> tuple[int, int]:
    """The number of connected areas, and of those that hold no circle."""
    ids, label_of = components(labels)
    radius = least_mm / 2 * PER_MM
    deep = clearance(labels, int(radius) + 2) >= (radius + 0.5) ** 2
    return len(label_of), len(label_of) - len(np.unique(ids[deep]))


def show(name: str, row: list[float]) -> None:
    areas, small, number, narrow, nearest, difference, more, seconds = row
    print(
        f"{name[:22]:22}  {areas:6.0f}  {small:6.0f} ({small / areas:4.0%})  {number:7.0f}  {narrow:6.0f}           "
        f"{nearest:6.2f}  {difference:5.2f}  {more:+5.2f}  {seconds:8.2f}"
    )


if __name__ == "__main__":
    main()
