#!/usr/bin/env python3
"""Measure each step and constant of `prominent` by removing or changing it alone.

    python benchmarks/ablation.py

found     share of accents found (color within 12, k = 6); accents cover 0.05, 0.1 or 0.3 % of a vivid scene
exact     share of flat artworks whose m colors are exact to the byte (k = m)
half      mean difference between the palettes of a scene and of its copy at half size
JPEG      the same for a copy saved at quality 60
faithful  mean difference of a scene's pixels to the nearest color (k = 8)

Differences are CIEDE2000. Higher is better for `found` and `exact`, lower for the others. Prints the Markdown table of
docs/methods/prominent.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np
import quality
import scenes

import pochade
from pochade import kernel

PROMINENT = import_module("pochade.cluster.prominent")  # by name, because a function in the package has the same name
SEEDS = range(24)
SHARES = (0.0005, 0.001, 0.003)
ALWAYS, NEVER = (lambda color, centers: True), (lambda color, centers: False)

CHANGES: dict[str, dict[str, Any]] = {
    "**the method**": {},
    "1 pixels counted in full (`FLOOR` huge)": {"FLOOR": 1e6},
    "1 no floor (`FLOOR` 1e-7)": {"FLOOR": 1e-7},
    "1 density of the bin alone": {"density": lambda bins, weights: weights},
    "1 no weight for chroma (`CHROMA` 0)": {"CHROMA": 0.0},
    "2 a and b not stretched (`STRETCH` 1)": {"STRETCH": np.ones(3)},
    "3 bins instead of cells": {"cells": lambda bins, points, weights: (points, weights)},
    "4 all cells as candidates (`CANDIDATES` 4096)": {"CANDIDATES": 4096},
    "4 a few candidates (`CANDIDATES` 16)": {"CANDIDATES": 16},
    "4 judged by total gain (`PRIOR` huge)": {"PRIOR": 1e6},
    "4 no prior (`PRIOR` 1e-9)": {"PRIOR": 1e-9},
    "4 one round after each color (`STEPS` 1)": {"STEPS": 1},
    "4 no least distance (`APART` 0)": {"APART": 0.0},
    "5 no accent": {"_new": NEVER},
    "5 an accent always": {"_new": ALWAYS},
    "5 only of a new hue (`FAR` infinite)": {"FAR": np.inf},
    "5 only if far (`TINT` infinite)": {"TINT": np.inf},
    "5 speckle not damped (`SPECK` 1e-9)": {"SPECK": 1e-9},
    "7 one round on all points (`LAST` 1)": {"LAST": 1},
    "8 mixtures of two hues shown (`MIXED` 0)": {"MIXED": 0.0},
    "8 plain means (`SMALL` 0)": {"SMALL": 1e-12},
    "8 vivid means (`SMALL` huge)": {"SMALL": 1e6},
}
"""Change per label; the label starts with the number of the step. `density` and `cells` are kernel functions."""


def main() -> None:
    cases = Cases()
    print("| changed | found .05 / .1 / .3 % | exact | half | JPEG | faithful |")
    print("|---|---|---|---|---|---|")
    for name, change in CHANGES.items():
        with changed(change):
            found, exact, half, jpeg, faithful = cases.measure()
        found_at = " / ".join(f"{share:.2f}" for share in found)
        print(f"| {name} | {found_at} | {exact:.2f} | {half:.2f} | {jpeg:.2f} | {faithful:.2f} |", flush=True)


@contextmanager
def changed(change: dict[str, Any]) -> Iterator[None]:
    """Rebind some names of the method's module, and restore them afterwards."""
    homes = {name: PROMINENT if hasattr(PROMINENT, name) else kernel for name in change}
    before = {name: getattr(home, name) for name, home in homes.items()}
    for name, home in homes.items():
        setattr(home, name, change[name])
    try:
        yield
    finally:
        for name, home in homes.items():
            setattr(home, name, before[name])


class Cases:
    """The pictures, counted once; each change only reruns the method."""

    def __init__(self) -> None:
        pictures = [scenes.scene(seed, *quality.SIZE) for seed in SEEDS]
        self._own = [_histogram(picture) for picture in pictures]
        self._half = [_histogram(quality.halved(picture)) for picture in pictures]
        self._jpeg = [_histogram(quality.saved(picture)) for picture in pictures]
        self._pixels = [picture.reshape(-1, 3)[::97] for picture in pictures]
        self._planted = [
            [(_histogram(planted), color) for planted, color in pairs]
            for pairs in ([scenes.plant(vivid(p), share, seed) for seed, p in enumerate(pictures)] for share in SHARES)
        ]
        self._flat = [(_histogram(picture), colors) for picture, colors in map(scenes.flat, SEEDS)]

    def measure(self) -> tuple[list[float], float, float, float, float]:
        """Share of accents found per size and of exact artworks, drift at half size and as JPEG, mean difference."""
        own = [_palette(histogram) for histogram in self._own]
        found = [
            np.mean(
                [
                    scenes.ciede2000(color[None], _palette(histogram, 6)).min() < quality.MAX_DIFFERENCE
                    for histogram, color in cases
                ]
            )
            for cases in self._planted
        ]
        exact = np.mean([quality.same(_palette(histogram, len(colors)), colors) for histogram, colors in self._flat])
        half = np.mean([quality.apart(a, _palette(b)) for a, b in zip(own, self._half, strict=True)])
        jpeg = np.mean([quality.apart(a, _palette(b)) for a, b in zip(own, self._jpeg, strict=True)])
        apart = [scenes.ciede2000(pixels, a).min(1).mean() for pixels, a in zip(self._pixels, own, strict=True)]
        return [float(share) for share in found], float(exact), float(half), float(jpeg), float(np.mean(apart))


def vivid(picture: scenes.Codes) -> scenes.Codes:
    """Return the scene with roughly three times its chroma, so that an accent is not its only vivid color."""
    gray = picture.mean(2, keepdims=True)
    return np.clip(gray + 3 * (picture - gray), 0, 255).round().astype(np.uint8)


def _histogram(picture: scenes.Codes) -> pochade.Histogram:
    return pochade.histogram(pochade.read(picture))


def _palette(histogram: pochade.Histogram, k: int = 8) -> scenes.Codes:
    return pochade.extract(histogram, k).srgb


if __name__ == "__main__":
    main()
