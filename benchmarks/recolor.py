#!/usr/bin/env python3
"""How long an edit of the palette, and a background, take, beside decoding the picture.

    python benchmarks/recolor.py [PICTURE]

A JPEG of 2 MP, drawn here where none is given. Times are the best of several runs, taken in turn. `decode` is Pillow's.
`open` reads the picture, finds its palette and weighs the lattice; `table` is what one edit of one color then takes,
`all` one of all five; `draw` takes a table to the pixels; `edit` is table and draw of all five, what is to stay below
100 ms. `background` is a story whole, decoding included.
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
