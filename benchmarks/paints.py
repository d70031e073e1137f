#!/usr/bin/env python3
"""Measure paints: the model on mixtures that it has not seen, the choice of tubes on pictures, and the time.

    python benchmarks/paints.py [PICTURE...]

All differences are CIEDE2000. Mixtures: the 31 of tests/paint/revigo that are neither a paint alone nor its tint; the
model knows paint and tint as spectra or as sRGB colors, the others know spectra. Pictures: 12 colors each, weighted
half by area and half alike, the mean difference that the nearest mixes leave. Without pictures, it measures
examples/*.jpg.
"""

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

import pochade
from pochade.color.difference import differences
from pochade.paint import Paint
from pochade.paint.box import Box
from pochade.paint.boxes import boxes
from pochade.paint.choice import Lookup, lookup
from pochade.paint.kubelka_munk import opaque, outside
from pochade.paint.mixes import mixes_of
from pochade.paint.paint import color_of
from pochade.paint.paints import _fitted, _weights
from pochade.paint.spectrum import linear_of

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "paint"))

import mixtures  # noqa: E402  (the data are those of the tests)

PLAIN = 1, 16, 8
"""Parts of one tube, of two and of three, without stock tints."""

FIXED = {
    "zorn": ("white", "yellow oxide", "red", "black"),
    "white, yellow, magenta, blue": ("white", "cold yellow", "magenta", "blue green shade"),
    "the same and black": ("white", "cold yellow", "magenta", "blue green shade", "black"),
}


def main() -> None:
    """Print the tables."""
    print(f"{'31 mixtures, held out':44}  mean  median  90 %")
    known = {"masstone and tint, spectra": lambda inner: inner, "masstone and tint, sRGB": mixtures.by_color}
    for name, view in known.items():
        row(name, {key: mixtures.cielab_of(one) for key, one in mixtures.two_constants(view).items()})
    for name, colors in mixtures.rivals().items():
        row(f"mean of masstones, {name}", colors)

    paths = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "examples").glob("*.jpg"))
    palettes = [pochade.extract(path, 12) for path in paths]
    box = boxes["kimera"]()
    print(f"\n{f'{len(palettes)} pictures, box kimera':44}  mean")
    plain = [table(box, palette, PLAIN, stock=False) for palette in palettes]
    for n in (4, 5, 6, 13):
        mean(f"{n} tubes, parts to 16 and 8", (one.choose(n, ()).difference for one in plain))
    for name, tubes in FIXED.items():
        places = tuple(box.index(tube) for tube in tubes)
        mean(name, (one.choose(len(places), places).difference for one in plain))
    as_is = [table(box, palette, PLAIN, stock=False, fit=False) for palette in palettes]
    mean("5 tubes, as-is", (one.choose(5, ()).difference for one in as_is))
    mean("5 tubes, parts to 8", (left(box, palette, 8, stock=False) for palette in palettes))
    mean("5 tubes, unmixed", (left(box, palette, 1, stock=False) for palette in palettes))
    third = palettes[::3]
    mean("5 tubes, stock tints, parts to 6 (a third)", (left(box, palette, 6, stock=True) for palette in third))
    mean("5 tubes, stock tints, parts to 8 (a third)", (left(box, palette, 8, stock=True) for palette in third))
    mean("recipes of the last, within 1 of the best", (pochade.paints(one, 5).difference for one in third))
    by_colors(box, palettes, plain)
    greedy(plain)
    times(palettes[0])


def table(box: Box, palette: pochade.Palette, parts: int | tuple[int, ...], *, stock: bool, fit: bool = True) -> Lookup:
    """The look-up of a palette's colors."""
    mixes = mixes_of(box, 3, parts, stock=stock)
    targets = [_fitted(color, mixes) if fit else color for color in palette]
    return lookup(mixes, tuple(color.to("cielab") for color in targets), _weights(palette))


def left(box: Box, palette: pochade.Palette, parts: int, *, stock: bool) -> float:
    """What the best five tubes leave."""
    return table(box, palette, parts, stock=stock).choose(5, ()).difference


def by_colors(box: Box, palettes: list[pochade.Palette], plain: list[Lookup]) -> None:
    """Print what a box costs of which only two sRGB colors a paint are known, alone and in a tint of 1:9."""
    k, s = box.constants
    seen = []
    for paint, own_k, own_s in zip(box, k, s, strict=True):
        tint = outside(opaque((own_k + 9 * k[0]) / (own_s + 9)))
        seen.append(
            Paint(paint.name, paint.color.hex, *([] if paint.is_white else [color_of(linear_of(tint)).hex, "1:9"]))
        )
    known = Box(seen)
    worse, real = [], []
    for palette, truth in zip(palettes, plain, strict=True):
        guess = table(known, palette, PLAIN, stock=False)
        tubes = guess.choose(5, ()).tubes
        worse.append(truth._choice(tubes, True).difference - truth.choose(5, ()).difference)
        real.append(
            sum(w * far for w, far in zip(truth.weights, real_differences(guess, truth, palette, tubes), strict=True))
        )
    mean("5 tubes by two colors a paint: worse choice", worse)
    mean("recipes by two colors a paint", real)


def real_differences(guess: Lookup, truth: Lookup, palette: pochade.Palette, tubes: tuple[int, ...]) -> list[float]:
    """What the mixes that look nearest in one box leave in another of the same paints."""
    ciede2000 = differences["ciede2000"]
    places = [
        np.isin(groups, tubes).all(axis=1).repeat(len(parts))
        for groups, parts in zip(guess.mixes.groups, guess.mixes.parts, strict=True)
    ]
    seen, real = (
        np.concatenate([one[at] for one, at in zip(lookup.mixes.cielab, places, strict=True)])
        for lookup in (guess, truth)
    )
    far = []
    for color in palette:
        aim, goal = (np.array(_fitted(color, lookup.mixes).to("cielab")) for lookup in (guess, truth))
        far.append(float(ciede2000(real[ciede2000(seen, aim).argmin()], goal)))
    return far


def row(name: str, colors: dict[str, mixtures.Array]) -> None:
    """Print mean, median and 90th percentile of errors."""
    apart = list(mixtures.errors(colors).values())
    print(f"{name:44} {np.mean(apart):5.2f} {np.median(apart):7.2f} {np.percentile(apart, 90):5.1f}")


def mean(name: str, values: Iterable[float]) -> None:
    """Print a mean."""
    print(f"{name:44} {np.mean(list(values)):5.2f}")


def greedy(tables: list[Lookup]) -> None:
    """Print how often greedy choices are the best ones."""
    gaps = [one._greedy(n, ()).difference - one.choose(n, ()).difference for one in tables[::4] for n in range(3, 9)]
    print(f"{'greedy choices that are the best':44} {sum(gap < 1e-9 for gap in gaps)} of {len(gaps)}")


def times(palette: pochade.Palette) -> None:
    """Print the seconds from a palette to an answer."""
    pochade.paints(pochade.Palette(["#777777"]), 5)  # the mixes of the box are kept
    first = seconds(lambda: pochade.paints(palette, 5))
    other = min(seconds(lambda n=n: pochade.paints(palette, n)) for n in (4, 6, 7))
    print(f"{'from palette to answer, n = 5; another n':44} {first:.2f} s; {other * 1000:.0f} ms of CPU time")


def seconds(work: Callable[[], object]) -> float:
    """CPU time of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
