#!/usr/bin/env python3
"""Measure the error and time of quantization, against Pillow and libimagequant.

    python benchmarks/quantize.py FOLDER            # print the tables
    python benchmarks/quantize.py FOLDER --write    # also put them into docs/quantize.md

FOLDER holds photos, such as the 24 of the Kodak set. Errors are mean CIEDE2000 without a dither. "Pillow" is, for each
photo, the best of its median cut, maximum coverage and fast octree, each with and without k-means. libimagequant needs
`pip install imagequant`. Times are the best of several interleaved runs; `decode` is decoding by Pillow.
"""

import argparse
import io
import math
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

import pochade
from pochade.quantization.quality import quality_of
from pochade.quantization.quantize import Task
from pochade.quantization.reduction import Frames

PAGE = Path(__file__).parent.parent / "docs" / "quantize.md"
BEGIN, END = "<!-- table: benchmarks/quantize.py -->\n", "<!-- end -->\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quantize.md")
    options = parser.parse_args()
    photos = sorted(p for p in options.folder.rglob("*") if p.suffix.lower() in (".png", ".jpg"))
    text = errors(photos) + "\n" + times(photos[0])
    print(text)
    if options.write:
        page = PAGE.read_text()
        before, rest = page.split(BEGIN)
        PAGE.write_text(before + BEGIN + text + END + rest.split(END)[1])


def errors(photos: list[Path]) -> str:
    rows = []
    for k in (16, 256):
        own, pillow, liq = np.array([of_photo(photo, k) for photo in photos]).T
        rows.append(
            f"| {k} | {own.mean():.3f} | {pillow.mean():.3f} | {liq.mean():.3f} | {(own / pillow).max():.3f} | "
            f"{(own / liq).mean():.3f} | {(own / liq).max():.3f} |"
        )
    head = "| k | pochade | Pillow's best | libimagequant | to Pillow, worst photo | to libimagequant, mean | worst |\n"
    return f"{len(photos)} photos:\n\n{head}|---|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n"


def of_photo(photo: Path, k: int) -> tuple[float, float, float]:
    """The errors of pochade, Pillow and libimagequant for one photo."""
    image = Image.open(photo).convert("RGB")
    pixels = pochade.read(np.asarray(image))

    def error(indexed: Image.Image) -> float:
        palette = np.array(indexed.getpalette(), np.uint8).reshape(-1, 3)
        return quality_of(pixels, Frames(np.asarray(indexed)[None], None, (1,)), palette).difference

    pillow = min(error(image.quantize(k, method=m, kmeans=n, dither=0)) for m in (0, 1, 2) for n in (0, 3))
    return pochade.quantize(np.asarray(image), k).quality.difference, pillow, error(liq(image, k))


def liq(image: Image.Image, k: int) -> Image.Image:
    import imagequant

    indexed: Image.Image = imagequant.quantize_pil_image(image, dithering_level=0, max_colors=k)
    return indexed


def times(photo: Path, runs: int = 15) -> str:
    """A table of milliseconds for 2 MP."""
    image = Image.open(photo).convert("RGB").resize((1732, 1155))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=92)
    content = file.getvalue()
    pixels = pochade.read(content)
    tasks: dict[str, Callable[[], object]] = {
        "decode": lambda: Image.open(io.BytesIO(content)).load(),
        "16 colors": lambda: Task.of(pixels).to(16),
        "16 colors, floyd-steinberg": lambda: Task.of(pixels, dither="floyd-steinberg").to(16),
        "16 colors, blue-noise": lambda: Task.of(pixels, dither="blue-noise").to(16),
        "256 colors": lambda: Task.of(pixels).to(256),
    }
    rivals = {"libimagequant, 16 colors": lambda: liq(image, 16), "libimagequant, 256 colors": lambda: liq(image, 256)}
    best: dict[str, float] = {}
    for turn in range(runs):
        for name, task in (tasks | (rivals if turn < 3 else {})).items():
            start = time.perf_counter()
            task()
            best[name] = min(best.get(name, math.inf), 1000 * (time.perf_counter() - start))
    lines = [f"| {name} | {ms:.1f} | {ms / best['decode']:.2f} |" for name, ms in best.items()]
    return "2 MP, after decoding:\n\n| | ms | to the decode |\n|---|---|---|\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
