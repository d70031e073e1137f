#!/usr/bin/env python3
"""Measure the time of a palette edit and of a background, against decoding the picture.

    python benchmarks/recolor.py [PICTURE]

PICTURE defaults to a generated JPEG of 2 MP. Times are the best of several interleaved runs.

decode      decoding by Pillow
open        read the picture, extract its palette and compute the weights of the lattice
table       compute the lookup table after an edit of one color
all         compute the lookup table after an edit of all five colors
draw        apply a table to the pixels
edit        `all` and `draw` together; must stay below 100 ms
background  a complete background of size "story", including decoding
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import scenes
from PIL import Image

import pochade
from pochade import kernel

RUNS = 7


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scene.jpg"
        if len(sys.argv) > 1:
            path = Path(sys.argv[1])
        else:
            Image.fromarray(scenes.scene(1, 1732, 1155)).save(path, quality=90)
        opened = pochade.recolor(path, {})
        one, every = {opened.palette[0].hex: "#1a4c8e"}, dict.fromkeys(opened.palette.hex, "#1a4c8e")
        table = opened.again(one).lut
        stages: dict[str, Callable[[], object]] = {
            "decode": lambda: Image.open(path).convert("RGB").load(),
            "open": lambda: pochade.recolor(path, {}),
            "table": lambda: opened.again(one).lut,
            "all": lambda: opened.again(every).lut,
            "draw": lambda: table.apply(opened.source),
            "edit": lambda: opened.again(every).image,
            "background": lambda: pochade.background(path).image,
        }
        best = dict.fromkeys(stages, float("inf"))
        for _ in range(RUNS):
            for name, stage in stages.items():
                start = time.perf_counter()
                stage()
                best[name] = min(best[name], time.perf_counter() - start)
    print(f"kernel: {kernel.name}; {opened.source.shape[1]} x {opened.source.shape[0]}")
    for name, seconds in best.items():
        print(f"{name:12} {1000 * seconds:7.1f} ms {seconds / best['decode']:6.2f} x decode")


if __name__ == "__main__":
    main()
