#!/usr/bin/env python3
"""Measure every method in every color space that it supports, on generated pictures.

    python benchmarks/methods.py [--short] [--json | --write]

time    CPU time for a palette of a 2 MP JPEG without reading and counting, relative to the time for decoding
error   mean difference of a scene's pixels to the nearest color
found   share of accents with a palette color within 12; accents cover 0.3 %, in a color that the scene lacks
drift   mean difference between palettes of one scene with different seeds; empty for methods without randomness
half    mean difference between the palettes of a scene and of its copy at half size
colors  number of colors returned; some methods determine it themselves
same    whether two runs give palettes that are identical to the byte; must be yes

k = 8, differences are CIEDE2000. `--short` measures Oklab and RGB only, on half of the scenes. `--write` puts the
tables into docs/methods/bench.md, between its markers. Methods and spaces come from the registries.
"""

import argparse
import json
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import quality
import scenes
from PIL import Image

import pochade
from pochade.cluster import methods
from pochade.color.spaces import spaces
from pochade.extraction.check import check

K = 8
SHARE = 0.003
SCENES = range(8)
PLANTED = range(16)
SEEDS = range(4)
RUNS = 3
PAGE = Path(__file__).parent.parent / "docs" / "methods" / "bench.md"
BEGIN, END = "<!-- begin: benchmarks/methods.py -->", "<!-- end -->"
MEASURES = ("time", "error", "found", "drift", "half", "colors", "same")
DIGITS = {"time": 2, "error": 2, "found": 2, "drift": 2, "half": 2, "colors": 1}

Row = dict[str, float | bool | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--short", action="store_true", help="Oklab and RGB only, fewer scenes")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/methods/bench.md")
    options = parser.parse_args()
    cases = Cases(2 if options.short else 1)
    rows: dict[str, dict[str, Row]] = {}
    for method, space in pairs(("oklab", "rgb") if options.short else spaces.names):
        rows.setdefault(method, {})[space] = cases.measure(method, space)
    text = json.dumps(rows) if options.json else tables(rows, cases.decode)
    print(text)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def pairs(names: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
    """All pairs of a method and one of the spaces that the method accepts."""
    for method in methods.names:
        for space in names:
            try:
                check(K, method=method, space=space, seed=0)
            except pochade.PochadeError:
                continue
            yield method, space


class Cases:
    """The pictures, drawn once: all, or every second one if `step` is 2."""

    def __init__(self, step: int) -> None:
        self._scenes = [scenes.scene(seed, *quality.SIZE) for seed in SCENES[::step]]
        self._halves = [quality.halved(scene) for scene in self._scenes]
        self._planted = [scenes.plant(scenes.scene(seed, *quality.SIZE), SHARE, seed) for seed in PLANTED[::step]]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "scene.jpg"
            Image.fromarray(scenes.scene(1, 1732, 1155)).save(path, quality=92)
            self._large = pochade.read(np.asarray(Image.open(path)))
            self.decode = best(lambda: Image.open(path).load(), 5)
        self._count = best(lambda: pochade.histogram(self._large), 5)

    def measure(self, method: str, space: str) -> Row:
        """All measures of one method in one space, or None if the method fails on a picture."""

        def palette_of(picture: scenes.Codes, seed: int = 0) -> pochade.Palette:
            return pochade.extract(picture, K, method=method, space=space, seed=seed)

        try:
            return self._measures(palette_of, "rng" in methods.entry(method).asks, method, space)
        except pochade.PochadeError as error:
            print(f"{method} in {space}: {error}")
            return dict.fromkeys(MEASURES)

    def _measures(self, palette_of: Callable[..., pochade.Palette], draws: bool, method: str, space: str) -> Row:
        own = [palette_of(scene) for scene in self._scenes]
        again = [palette_of(scene) for scene in self._scenes[:3]]
        seeded = [[palette_of(scene, seed).srgb for seed in SEEDS] for scene in self._scenes[:2]] if draws else []
        drift = [quality.apart(a, b) for palettes in seeded for i, a in enumerate(palettes) for b in palettes[:i]]
        took = best(lambda: pochade.extract(self._large, K, method=method, space=space), RUNS)
        return {
            "time": max(took - self._count, 0.0) / self.decode,
            "error": mean(
                scenes.ciede2000(scene.reshape(-1, 3)[::37], palette.srgb).min(1).mean()
                for scene, palette in zip(self._scenes, own, strict=True)
            ),
            "found": mean(
                scenes.ciede2000(color[None], palette_of(planted).srgb).min() < quality.MAX_DIFFERENCE
                for planted, color in self._planted
            ),
            "drift": mean(drift) if drift else None,
            "half": mean(
                quality.apart(palette.srgb, palette_of(half).srgb)
                for palette, half in zip(own, self._halves, strict=True)
            ),
            "colors": mean(len(palette) for palette in own),
            "same": [palette.to_json() for palette in own[:3]] == [palette.to_json() for palette in again],
        }


def best(task: Callable[[], object], runs: int) -> float:
    """CPU seconds of the fastest run. CPU time hardly depends on the load of the machine."""
    least = math.inf
    for _ in range(runs):
        start = time.process_time()
        task()
        least = min(least, time.process_time() - start)
    return least


def mean(values: Iterator[float] | list[float]) -> float:
    return float(np.mean(list(values)))


def tables(rows: dict[str, dict[str, Row]], decode: float) -> str:
    """One table of all measures in Oklab (or the first space that a method accepts), and three tables by space."""
    names = sorted(
        {space for by_space in rows.values() for space in by_space}, key=lambda name: (name != "oklab", name)
    )
    home = {method: min(by_space, key=names.index) for method, by_space in rows.items()}
    parts = [
        f"{len(rows)} methods, {len(names)} spaces, k = {K}. Decoding took {1000 * decode:.1f} ms.",
        "## All measures, in Oklab",
        table(
            ("method", *MEASURES),
            [(method, *map(cell, MEASURES, rows[method][at].values())) for method, at in home.items()],
        ),
    ]
    for measure in ("error", "found", "time"):
        body = [
            (method, *(cell(measure, by_space[space][measure]) if space in by_space else "" for space in names))
            for method, by_space in rows.items()
        ]
        parts += [f"## {measure.capitalize()} by space", table(("method", *names), body)]
    return "\n\n".join(parts)


def cell(measure: str, value: float | bool | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:.{DIGITS[measure]}f}"


def table(head: tuple[str, ...], body: list[tuple[str, ...]]) -> str:
    """A Markdown table with numbers aligned to the right."""
    lines = [head, ("---", *("---:" for _ in head[1:])), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
