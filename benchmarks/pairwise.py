#!/usr/bin/env python3
"""Measure the methods that use pairwise differences, and the cost of merging colors into cells first.

    python benchmarks/pairwise.py PICTURE...

Means over the pictures for each method and its main options, k = 8:

error : mean CIEDE2000 from the picture's colors (32 levels per channel) to the nearest palette color.
colors : number of palette colors. drift : mean CIEDE2000 to the palette of the picture at half size.
ms : time without decoding and counting, best of three.

Some methods compare all pairs of at most 2,048 colors. For these, and pictures with more colors, a second table has the
error of exact and of gathered colors, and the adjusted Rand index between the two partitions of the pixels. Exact needs
4 bytes per pair.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image
from sklearn.metrics import adjusted_rand_score

import pochade
from pochade.cluster import Clusters, methods, pairwise
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.histograms.histogram import Histogram

K, MAX_POINTS = 8, pairwise.MAX_POINTS
CASES: list[dict[str, Any]] = [
    {"method": "kmeans"},
    *({"method": "agglomerative", "linkage": linkage} for linkage in ("ward", "average", "complete", "single")),
    {"method": "agglomerative", "linkage": "average", "difference": "ciede2000"},
    {"method": "dbscan"},
    {"method": "dbscan", "difference": "ciede2000"},
    {"method": "hdbscan"},
    {"method": "hdbscan", "selection": "eom"},
    {"method": "hdbscan", "difference": "ciede2000"},
    {"method": "kmedoids"},
    {"method": "kmedoids", "difference": "ciede2000"},
]
GATHERED: list[dict[str, Any]] = [
    {"method": "agglomerative", "linkage": "average"},
    {"method": "agglomerative", "linkage": "complete"},
    {"method": "kmedoids"},
]
apart = differences["ciede2000"].of_linear


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    pictures = [histograms(path) for path in sys.argv[1:]]
    print(f"{'':52} error  colors  drift    ms")
    for case in CASES:
        rows = [scores(whole, half, case) for whole, half in pictures]
        error, colors, drift, ms = np.mean(rows, 0)
        print(f"{label(case):52} {error:5.2f}  {colors:6.1f}  {drift:5.2f}  {ms:4.0f}", flush=True)
    large = [whole for whole, _ in pictures if len(whole.coarse) > MAX_POINTS]
    if large:
        print(f"\n{len(large)} pictures, at least {min(len(h.coarse) for h in large)} colors: exact, gathered, index")
    for case in GATHERED if large else []:
        print(
            f"{label(case):52} {'  '.join(f'{mean:.2f}' for mean in np.mean([loss(h, case) for h in large], 0))}",
            flush=True,
        )


def label(case: dict[str, Any]) -> str:
    return ", ".join(str(value) for value in case.values())


def histograms(path: str) -> tuple[Histogram, Histogram]:
    """The histograms of a picture and of its copy at half size."""
    whole = Image.open(path).convert("RGB")
    half = whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.BOX)
    return pochade.histogram(pochade.read(whole)), pochade.histogram(pochade.read(half))


def scores(whole: Histogram, half: Histogram, case: dict[str, Any]) -> tuple[float, int, float, float]:
    palette, other = (pochade.extract(h, K, **case) for h in (whole, half))
    ms = 1000 * best(lambda: pochade.extract(whole, K, **case))
    ours, theirs = decode(palette.srgb.astype(float)), decode(other.srgb.astype(float))
    far = apart(ours[:, None], theirs)
    return error(whole.coarse, ours), len(palette), float(far.min(0).mean() + far.min(1).mean()) / 2, ms


def error(histogram: Histogram, colors: np.ndarray) -> float:
    near = apart(decode(histogram.means)[:, None], colors).min(1)
    return float(histogram.counts @ near / histogram.counts.sum())


def best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def loss(whole: Histogram, case: dict[str, Any]) -> tuple[float, float, float]:
    """The error of exact and of gathered colors, and the adjusted Rand index of 20,000 pixels."""
    few = whole.coarse
    weights = few.counts / float(few.counts.sum())
    sample = np.random.default_rng(0).choice(len(few), 20_000, p=weights)
    partitions = []
    for pairwise.MAX_POINTS in (len(few), MAX_POINTS):
        partitions.append(clusters(few, weights, case))
    exact, gathered = (error(few, decode(colors(few, each))) for each in partitions)
    return exact, gathered, adjusted_rand_score(*(each.labels[sample] for each in partitions))


def clusters(few: Histogram, weights: np.ndarray, case: dict[str, Any]) -> Clusters:
    options = {name: value for name, value in case.items() if name != "method"}
    space = spaces["oklab"]
    return methods[case["method"]](few.oklab, weights, K, colors=decode(few.means), space=space, **options)


def colors(few: Histogram, partition: Clusters) -> np.ndarray:
    """The mean codes of the clusters, weighted by their emphasis."""
    counts = few.counts * (1.0 if partition.emphasis is None else partition.emphasis)
    sums = [np.bincount(partition.labels, counts * channel) for channel in few.means.T]
    return np.stack(sums, 1) / np.bincount(partition.labels, counts)[:, None]


if __name__ == "__main__":
    main()
