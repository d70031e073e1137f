#!/usr/bin/env python3
"""How long a palette takes, beside decoding the picture, and how much memory.

    python benchmarks/speed.py [--json]

JPEGs of three sizes, drawn here. Times are the best of several runs, taken in turn, so that a busy moment hurts all
alike. `decode` is Pillow's own decoding, and what the ratios are taken to. The stages of a palette are `read`
(decoding included), `count` and `cluster`; `path` is the whole of it by the default method, `kmeans` by the other, and
`array` by the default method from pixels in memory. Memory is by how much the peak of a process grows, in units of the
decoded picture.
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

SIZES = {"200 px": (200, 133, 60), "2 MP": (1732, 1155, 12), "12 MP": (4243, 2828, 5)}
"""Width, height, and how often to run."""

STATUS = Path("/proc/self/status")
GROWTH = f"""
import re, sys, pochade
most = lambda: int(re.search("VmHWM:[^0-9]*([0-9]+) kB", open("{STATUS}").read())[1])
pochade.extract(sys.argv[1])
before = most()
pochade.extract(sys.argv[2])
print(1024 * (most() - before))
"""
"""A program: bytes by which its peak grows for the palette of a second picture, when it has made one of the first."""


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
    """Milliseconds of each stage for one size, and the growth of memory; None where the system does not say."""
    codes = scenes.scene(1, width, height)
    Image.fromarray(codes).save(path, quality=92)
    pixels = pochade.read(path)
    counted = pochade.histogram(pixels)
    tasks: dict[str, Callable[[], object]] = {
        "decode": lambda: Image.open(path).load(),
        "read": lambda: list(pochade.read(path).strips()),
        "count": lambda: pochade.histogram(pixels),
        "cluster": lambda: pochade.extract(fresh(counted)),
        "path": lambda: pochade.extract(path),
        "kmeans": lambda: pochade.extract(path, method="kmeans"),
        "array": lambda: pochade.extract(codes),
    }
    best = dict.fromkeys(tasks, math.inf)
    for _ in range(runs):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            best[name] = min(best[name], 1000 * (time.perf_counter() - start))
    memory = growth(small, path)
    return {**best, "memory": None if memory is None else memory / (3 * width * height)}


def fresh(counted: pochade.Histogram) -> pochade.Histogram:
    """The histogram without what it has worked out already."""
    return pochade.Histogram(counted.bins, counted.counts, counted.sums, counted.sketch)


def growth(small: Path, path: Path) -> int | None:
    if not STATUS.exists():
        return None
    done = subprocess.run([sys.executable, "-c", GROWTH, small, path], capture_output=True, check=True, text=True)
    return int(done.stdout)


def print_table(rows: dict[str, dict[str, float | None]]) -> None:
    print(f"speed ({kernel.name} kernel, {os.cpu_count()} cores): milliseconds, and the ratio to decoding")
    stages = [name for name in next(iter(rows.values())) if name != "memory"]
    print(f"{'':8}" + "".join(f"{stage:>15}" for stage in stages) + f"{'memory':>9}")
    for name, row in rows.items():
        times = {stage: row[stage] or 0.0 for stage in stages}
        cells = (f"{took:.2f} {took / times['decode']:5.2f}x" for took in times.values())
        memory = "?" if row["memory"] is None else f"{row['memory']:.2f}x"
        print(f"{name:8}" + "".join(f"{cell:>15}" for cell in cells) + f"{memory:>9}")


if __name__ == "__main__":
    main()
