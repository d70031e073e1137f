#!/usr/bin/env python3
"""Measure the time of a palette, against decoding the picture, and its memory.

    python benchmarks/speed.py [--json]

The pictures are generated JPEGs of three sizes. Times are the best of several interleaved runs, so a busy moment
affects all stages equally. Ratios are relative to `decode`, which is decoding by Pillow. The stages of a palette are
`read` (which includes decoding), `count` and `cluster`. Three whole calls are measured too: `path` and `array` with the
default method, from a file and from pixels in memory, and `kmeans` from a file. `strip` draws the palette under its
picture, as the bytes of a PNG. Memory is the growth of the process's
peak, relative to the decoded picture.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import scenes
from PIL import Image

import pochade
from pochade import kernel
from pochade.draw.png import png

SIZES = {"200 px": (200, 133, 60), "2 MP": (1732, 1155, 12), "12 MP": (4243, 2828, 5)}
"""Width, height and number of runs."""

STATUS = Path("/proc/self/status")
GROWTH = f"""
import re, sys, pochade
peak = lambda: int(re.search("VmHWM:[^0-9]*([0-9]+) kB", open("{STATUS}").read())[1])
pochade.extract(sys.argv[1])
before = peak()
pochade.extract(sys.argv[2])
print(1024 * (peak() - before))
"""
"""Program that extracts two palettes and prints by how many bytes the second one raises the peak of its memory."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    as_json = parser.parse_args().json
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.jpg"
        Image.fromarray(scenes.scene(1, 64, 48)).save(small)
        rows = {name: measure(Path(folder) / "scene.jpg", small, *size) for name, size in SIZES.items()}
    if as_json:
        print(json.dumps({"kernel": kernel.name, "cores": os.cpu_count(), "sizes": rows}))
    else:
        print_table(rows)


def measure(path: Path, small: Path, width: int, height: int, runs: int) -> dict[str, float | None]:
    """Milliseconds of each stage for one size, and the growth of memory (None if the system does not report it)."""
    codes = scenes.scene(1, width, height)
    Image.fromarray(codes).save(path, quality=92)
    pixels = pochade.read(path)
    histogram = pochade.histogram(pixels)
    palette = pochade.extract(pixels)
    tasks: dict[str, Callable[[], object]] = {
        "decode": lambda: Image.open(path).load(),
        "read": lambda: list(pochade.read(path).strips()),
        "count": lambda: pochade.histogram(pixels),
        "cluster": lambda: pochade.extract(fresh(histogram)),
        "path": lambda: pochade.extract(path),
        "kmeans": lambda: pochade.extract(path, method="kmeans"),
        "array": lambda: pochade.extract(codes),
        "strip": lambda: png(pochade.draw.strip(palette)),
    }
    best = dict.fromkeys(tasks, math.inf)
    for _ in range(runs):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            best[name] = min(best[name], 1000 * (time.perf_counter() - start))
    memory = growth(small, path)
    return {**best, "memory": None if memory is None else memory / (3 * width * height)}


def fresh(histogram: pochade.Histogram) -> pochade.Histogram:
    """Copy the histogram without its cached values."""
    return pochade.Histogram(histogram.bins, histogram.counts, histogram.sums, histogram.sketch)


def growth(small: Path, path: Path) -> int | None:
    if not STATUS.exists():
        return None
    done = subprocess.run([sys.executable, "-c", GROWTH, small, path], capture_output=True, check=True, text=True)
    return int(done.stdout)


def print_table(rows: dict[str, dict[str, float | None]]) -> None:
    print(f"speed ({kernel.name} kernel, {os.cpu_count()} cores): milliseconds, and ratio to decoding")
    stages = [name for name in next(iter(rows.values())) if name != "memory"]
    print(f"{'':8}" + "".join(f"{stage:>15}" for stage in stages) + f"{'memory':>9}")
    for name, row in rows.items():
        times = {stage: row[stage] or 0.0 for stage in stages}
        cells = (f"{took:.2f} {took / times['decode']:5.2f}x" for took in times.values())
        memory = "?" if row["memory"] is None else f"{row['memory']:.2f}x"
        print(f"{name:8}" + "".join(f"{cell:>15}" for cell in cells) + f"{memory:>9}")


if __name__ == "__main__":
    main()
