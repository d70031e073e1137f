#!/usr/bin/env python3
"""Measure the quality of palettes on generated pictures.

    python benchmarks/quality.py [--json]

found               share of accents (0.1, 0.3, 1 %; a color that the scene lacks) with a palette color within 12
exact               share of flat artworks whose m colors are exact to the byte (k = m); must be 1
alone               share of flat artworks that return only their m colors at k = m + 5; must be 1
repeat              share of scenes whose palette is identical to the bit in two runs; must be 1
half, mirror, JPEG  mean difference of a scene's palette to that of its copy: half size, mirrored, JPEG of quality 60
faithful            mean difference of a scene's pixels to the nearest color (k = 8)
pure, purest        mean share of a cluster's pixels within 6 of its color; and within 6 of the best of its own pixels.
                    A mixture of two hues is the color of far fewer pixels than the best
error, worst        squared error in Oklab, relative to Lloyd's iterations on all pixels from the same seeds: of the
                    median scene, and of the worst

Differences are CIEDE2000. Higher is better from `found` to `repeat` and for `pure`, lower from `half` on. `prominent`
is designed for the first block, `kmeans` for the last.
"""

import argparse
import io
import json

import numpy as np
import scenes
from PIL import Image

import pochade
from pochade.color.spaces import spaces
from pochade.color.srgb import decode

SCENES = range(16)
ARTWORKS = range(24)
SIZE = (540, 360)
MAX_DIFFERENCE = 12.0
"""An accent counts as found if a palette color lies within this CIEDE2000 of it."""

SAME = 6.0
"""Pixels within this CIEDE2000 of a color have that color."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    as_json = parser.parse_args().json
    pictures = [scenes.scene(seed, *SIZE) for seed in SCENES]
    least = [_least_error(picture) for picture in pictures]
    rows = {method: measure(method, pictures, least) for method in ("prominent", "kmeans")}
    if as_json:
        print(json.dumps(rows))
        return
    measures = list(rows["kmeans"])
    print("quality, k = 8")
    print(f"{'':10}" + "".join(f"{measure:>11}" for measure in measures))
    for method, row in rows.items():
        print(f"{method:10}" + "".join(f"{row[measure]:11.3f}" for measure in measures))


def measure(method: str, pictures: list[scenes.Codes], least: list[float]) -> dict[str, float]:
    def palette(picture: scenes.Codes, k: int = 8) -> scenes.Codes:
        return pochade.extract(picture, k, method=method).srgb

    own = [palette(picture) for picture in pictures]
    planted = {
        f"found {100 * share:g}%": [_detects(picture, share, seed, palette) for seed, picture in enumerate(pictures)]
        for share in (0.001, 0.003, 0.01)
    }
    artworks = [scenes.flat(seed) for seed in ARTWORKS]
    mirrored = [palette(picture[:, ::-1]) for picture in pictures]
    of_half = [palette(halved(picture)) for picture in pictures]
    of_saved = [palette(saved(picture)) for picture in pictures]
    again = [palette(picture) for picture in pictures]
    rows = {
        **planted,
        "exact": [same(palette(picture, len(colors)), colors) for picture, colors in artworks],
        "alone": [same(palette(picture, len(colors) + 5), colors) for picture, colors in artworks],
        "repeat": [np.array_equal(a, b) for a, b in zip(own, again, strict=True)],
        "half": [apart(a, b) for a, b in zip(own, of_half, strict=True)],
        "mirror": [apart(a, b) for a, b in zip(own, mirrored, strict=True)],
        "JPEG": [apart(a, b) for a, b in zip(own, of_saved, strict=True)],
        "faithful": [
            scenes.ciede2000(picture.reshape(-1, 3)[::37], a).min(1).mean()
            for picture, a in zip(pictures, own, strict=True)
        ],
    }
    errors = [_error(picture, a, best) for picture, a, best in zip(pictures, own, least, strict=True)]
    means = {name: float(np.mean(values)) for name, values in rows.items()}
    pure, purest = np.mean([purity(picture, a) for picture, a in zip(pictures, own, strict=True)], 0).tolist()
    return {**means, "pure": pure, "purest": purest, "error": float(np.median(errors)), "worst": max(errors)}


def _detects(picture: scenes.Codes, share: float, seed: int, palette) -> bool:
    planted, color = scenes.plant(picture, share, seed)
    return bool(scenes.ciede2000(color[None], palette(planted)).min() < MAX_DIFFERENCE)


def same(a: scenes.Codes, b: scenes.Codes) -> bool:
    return set(map(tuple, a.tolist())) == set(map(tuple, b.tolist()))


def apart(a: scenes.Codes, b: scenes.Codes) -> float:
    """Mean difference from each color to the nearest color of the other palette, in both directions."""
    between = scenes.ciede2000(a, b)
    return float(between.min(0).mean() + between.min(1).mean()) / 2


def purity(picture: scenes.Codes, colors: scenes.Codes) -> tuple[float, float]:
    """Means over clusters: the share of the pixels within `SAME` of the color, and of the best of these pixels."""
    pixels = picture.reshape(-1, 3)[::193]
    between = scenes.ciede2000(pixels, colors)
    labels, shares = between.argmin(1), []
    for i in np.unique(labels):
        members = pixels[labels == i]
        own = float((between[labels == i, i] < SAME).mean())
        shares.append((own, max(own, float((scenes.ciede2000(members, members) < SAME).mean(0).max()))))
    own, best = np.mean(shares, 0).tolist()
    return own, best


def halved(picture: scenes.Codes) -> scenes.Codes:
    image = Image.fromarray(picture)
    return np.asarray(image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS))


def saved(picture: scenes.Codes) -> scenes.Codes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=60)
    return np.asarray(Image.open(file))


def _error(picture: scenes.Codes, colors: scenes.Codes, best: float) -> float:
    return _squared(_oklab(picture), _oklab(colors)) / best


def _least_error(picture: scenes.Codes, k: int = 8) -> float:
    """Squared error that Lloyd's iterations reach on all pixels, in float64, without the kernel."""
    coarse = pochade.histogram(pochade.read(picture)).coarse
    pixels, centers = _oklab(picture), _farthest(coarse.oklab, coarse.counts, k)
    labels = np.full(len(pixels), -1)
    while True:
        nearest = _nearest(pixels, centers)
        if np.array_equal(nearest, labels):
            return _squared(pixels, centers)
        labels = nearest
        counts = np.maximum(np.bincount(labels, minlength=k), 1)
        centers = np.stack([np.bincount(labels, channel, k) for channel in pixels.T], 1) / counts[:, None]


def _farthest(points: np.ndarray, weights: np.ndarray, k: int) -> np.ndarray:
    """Seeds: the heaviest point, then repeatedly the point of largest weight x squared distance."""
    seeds = [points[weights.argmax()]]
    while len(seeds) < k:
        near = ((points[:, None] - np.array(seeds)) ** 2).sum(2).min(1)
        seeds.append(points[(weights * near).argmax()])
    return np.array(seeds)


def _oklab(codes: scenes.Codes) -> np.ndarray:
    return spaces["oklab"].from_linear(decode(codes.reshape(-1, 3)))


def _nearest(points: np.ndarray, centers: np.ndarray) -> np.ndarray:
    return ((centers**2).sum(1) - 2 * points @ centers.T).argmin(1)


def _squared(points: np.ndarray, centers: np.ndarray) -> float:
    return float(((points - centers[_nearest(points, centers)]) ** 2).sum())


if __name__ == "__main__":
    main()
