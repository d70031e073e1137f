#!/usr/bin/env python3
"""Measure the time to compare palettes, against POT, and how well few colors represent a picture.

python compare.py [FOLDER]      (needs POT: pip install pot)

With a FOLDER of pictures it also prints the correlation between distances of palettes of 8 and of 64 colors, and three
distances: a picture to its copy saved again as JPEG, its left half to its right half, and two different pictures.
"""

import io
import sys
import timeit
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import ot
from PIL import Image

import pochade
from pochade import Color, Palette, kernel
from pochade.similarity import distances, distances_to, earth_mover

SIZES = (8, 16, 64, 256)


def best(call: Callable[[], object]) -> float:
    """Best time of many runs, in microseconds."""
    timer = timeit.Timer(call)
    runs = max(1, timer.autorange()[0] // 4)
    return min(timer.repeat(9, runs)) / runs * 1e6


def random_palette(rng: np.random.Generator, k: int) -> Palette:
    codes = rng.integers(0, 256, (k, 3)).tolist()
    return Palette(tuple(Color(tuple(c), float(w)) for c, w in zip(codes, rng.dirichlet(np.ones(k)), strict=True)))


def speed() -> None:
    """Print times in microseconds: a table of the solver alone, with its error, then whole calls."""
    rng = np.random.default_rng(0)
    print(f"{'':10}{'pochade':>10}{'POT':>10}{'ratio':>8}{'difference':>12}")
    for k in SIZES:
        a, b = random_palette(rng, k), random_palette(rng, k)
        x, y = a.weights, b.weights
        costs = np.sqrt(((a.oklab[:, None] - b.oklab) ** 2).sum(2))
        ours, theirs = best(partial(kernel.transport, x, y, costs)), best(partial(ot.emd, x, y, costs))
        off = abs(float((kernel.transport(x, y, costs) * costs).sum() - (ot.emd(x, y, costs) * costs).sum()))
        print(f"{k:>3} x {k:<4}{ours:>10.1f}{theirs:>10.1f}{theirs / ours:>8.1f}{off:>12.0e}")
    palettes = [random_palette(rng, 8) for _ in range(100)]
    (x, a), (y, b) = ((one.oklab, one.weights) for one in palettes[:2])
    ours, theirs = best(partial(earth_mover, x, a, y, b)), best(lambda: ot.emd2(a, b, ot.dist(x, y, "euclidean")))
    print(f"8 x 8 points in Oklab, whole calls: earth_mover() {ours:.1f} us; POT's dist and emd2 {theirs:.0f} us")
    for difference in ("oklab", "ciede2000"):
        whole = best(partial(pochade.compare, *palettes[:2], difference=difference))
        many = best(partial(distances, palettes, difference=difference)) / 4950
        row = best(partial(distances_to, palettes[0], palettes[1:], difference=difference)) / 99
        print(
            f"{difference}, 8 colors: compare() {whole:.0f} us; all pairs of 100, distances() {many:.1f} us per pair; "
            f"99 to one, distances_to() {row:.1f} us each"
        )


def quality(folder: Path) -> None:
    """Print the rank correlation of few colors with many, and typical distances."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".png", ".jpg"))
    many = distances([pochade.extract(path, 64, method="kmeans") for path in paths])
    upper = np.triu_indices(len(paths), 1)
    for k in (4, 8, 16, 32):
        few = distances([pochade.extract(path, k) for path in paths])
        ranks = [np.argsort(np.argsort(far[upper])) for far in (many, few)]
        same = np.mean([few[i].argsort()[1] == many[i].argsort()[1] for i in range(len(paths))])
        print(f"k = {k}: rank correlation with 64 colors {np.corrcoef(ranks)[0, 1]:.3f}, same nearest {same:.0%}")
    saved, halves = [], []
    for path in paths:
        image = Image.open(path).convert("RGB")
        file = io.BytesIO()
        image.save(file, "JPEG", quality=50)
        saved.append(pochade.compare(path, file.getvalue()).distance)
        codes = np.asarray(image)
        middle = codes.shape[1] // 2
        halves.append(pochade.compare(codes[:, :middle].copy(), codes[:, middle:].copy()).distance)
    few = distances([pochade.extract(path) for path in paths])[upper]
    for name, values in (("saved again", saved), ("left and right half", halves), ("two pictures", few)):
        print(f"{name}: median {np.median(values):.1f}, 10 to 90 % {np.percentile(values, [10, 90]).round(1).tolist()}")


if __name__ == "__main__":
    speed()
    if len(sys.argv) > 1:
        quality(Path(sys.argv[1]))
