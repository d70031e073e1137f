#!/usr/bin/env python3
"""Measure collections: their cost and size, and the speed and correctness of the search among them.

python museum.py [--pictures N] [--million] [--jobs N]

It draws small pictures, collects them, and prints a table of figures with their goals, as ratios of one run. The
search is among palettes and signatures of those, perturbed; `--million` searches among 1,000,000 of them and collects
5,000, which takes many minutes and 8 GB. Times are CPU times. (The name `collections` is taken by Python.)
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

import pochade
from pochade import kernel
from pochade.collection import Collection
from pochade.collection.find import WITHIN, Query, find, palette_at, search_rows
from pochade.collection.index import Index, bins_of, build
from pochade.collection.picture import Row
from pochade.collection.signature import Signature, cells_of, oklab_of, signature
from pochade.collection.tables import table_of
from pochade.collection.wishes import color_of, wishes_of
from pochade.similarity import distances

RED = (195, 39, 39)
SMALL = 160


def drawn(seed: int, side: int = SMALL) -> np.ndarray:
    """A scene of two gradients, discs and noise: uint8 (side * 3 / 4, side, 3)."""
    rng = np.random.default_rng(seed)
    height, width = side * 3 // 4, side
    y, x = np.mgrid[:height, :width]
    corners = oklch_codes(rng, 3)
    across, down = (x / width)[..., None], (y / height)[..., None]
    codes = (corners[0] * (1 - across) + corners[1] * across) * (1 - down / 2) + corners[2] * down / 2
    codes = codes + rng.normal(0, 6, (height, width, 1)) + rng.normal(0, 2, (height, width, 3))
    for color in oklch_codes(rng, int(rng.integers(1, 7))):
        cx, cy, radius = rng.integers(width), rng.integers(height), rng.integers(3, width // 4)
        inside = (x - cx) ** 2 + (y - cy) ** 2 < radius**2
        codes[inside] = color + rng.normal(0, 4, (int(inside.sum()), 1))
    return codes.clip(0, 255).astype(np.uint8)


def oklch_codes(rng: np.random.Generator, n: int) -> np.ndarray:
    """Colors as paintings have them, most of them muted: float64 (n, 3), sRGB codes."""
    from pochade.color.spaces import spaces

    hue, chroma, light = rng.uniform(0, 2 * np.pi, n), rng.gamma(2, 0.035, n), rng.uniform(0.15, 0.95, n)
    linear = spaces["oklab"].to_linear(np.stack([light, chroma * np.cos(hue), chroma * np.sin(hue)], 1))
    return np.where(linear > 0.0031308, 1.055 * np.abs(linear) ** (1 / 2.4) - 0.055, 12.92 * linear).clip(0, 1) * 255


def cpu(call: Callable[[], Any]) -> float:
    """The CPU time of a call, in seconds."""
    start = time.process_time()
    call()
    return time.process_time() - start


def command(*arguments: Any) -> float:
    """The CPU time of a command and its processes, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "pochade", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row(name: str, figure: str, goal: str) -> None:
    """Print a line of the table."""
    print(f"{name:58}{figure:>22}   {goal}", flush=True)


def collecting(folder: Path, count: int, jobs: int) -> Collection:
    """Collect pictures, print what it costs, and return the collection."""
    scans = folder / "scans"
    scans.mkdir()
    for i in range(count):
        Image.fromarray(drawn(i)).save(scans / f"{i:05d}.jpg", quality=88)
    museum = folder / "museum.pochade"
    plain = command(scans, "-f", "json", "-j", jobs, "-o", folder / "plain.jsonl")
    own = command("collect", scans, "-j", jobs, "-o", museum)
    row(f"CPU of {count} small pictures, to pochade -f json: local", f"{own / plain:.2f}", "<= 0.9")
    collection = Collection(museum)
    size = lambda *parts: sum(f.stat().st_size for f in museum.joinpath(*parts).rglob("*") if f.is_file())  # noqa: E731
    lines = (folder / "plain.jsonl").stat().st_size / count
    whole, rows, sums, parts = size(), size("pictures"), size("sums"), size("index")
    row(
        f"bytes a picture: rows {rows / count:.0f}, sums {sums / count:.0f} (JSON Lines: {lines:.0f})",
        f"{(whole - parts) / count:.0f}",
        "<= 1,100",
    )
    row("bytes a picture of the derived parts, in index/", f"{parts / count:.0f}", "")
    palettes(collection, scans, min(count, 500))
    updating(collection, scans, count)
    return collection


def palettes(collection: Collection, scans: Path, count: int) -> None:
    """Print how far palettes of sums are from those of full histograms."""
    few = Collection(collection.folder)
    ids = [few.index.id(i) for i in range(count)]
    # every picture has one size, so their plain sum weighs them the same
    total = reduce(lambda a, b: a + b, (pochade.histogram(pochade.read(scans / id)) for id in ids))
    far = [
        100 * distances([few.palette_of(ids, k), pochade.extract(total, k)], difference="oklab")[0, 1]
        for k in range(4, 13)
    ]
    row(
        f"palettes of 4 to 12 colors of {count}, from full histograms (Oklab x 100)",
        f"{min(far):.2f}, {np.median(far):.2f}, {max(far):.2f}",
        "0.00-0.04 (least, median, most)",
    )


def updating(collection: Collection, scans: Path, count: int) -> None:
    """Print what an update costs, and whether it ends like a fresh run."""
    from pochade.collection.collect import prepared

    for i in range(10):
        Image.fromarray(drawn(10**6 + i)).save(scans / f"new {i}.jpg", quality=88)
    for i in range(5):
        (scans / f"{i * 7:05d}.jpg").unlink()
    plan = prepared(None, collection.folder).plan
    own = command("collect", "-o", collection.folder)
    fresh = scans.parent / "fresh.pochade"
    command("collect", scans, "-o", fresh)
    same = all(
        path.read_bytes() == (fresh / path.relative_to(collection.folder)).read_bytes()
        for path in Path(collection.folder).rglob("*.parquet")
    )
    row(
        f"update after 10 new, 5 gone of {count} ({own:.1f} s): decodes",
        f"{plan.read}; {'same bytes' if same else 'OTHER BYTES'}",
        "10; bytes as a fresh run",
    )
    shutil.rmtree(fresh)


def perturbed(base: Index, n: int, rng: np.random.Generator) -> Index:
    """An index of n pictures: palettes and signatures of a collection, moved a little in color and share."""
    from pochade.collection.slices import slices

    picks = rng.integers(0, len(base), n)
    lengths = (base.ends - base.starts)[picks]
    ends = lengths.cumsum()
    at = np.arange(ends[-1]) + np.repeat(base.starts[picks] - ends + lengths, lengths)
    codes = (base.codes[at] + rng.normal(0, 8, (len(at), 3))).clip(0, 255).astype(np.uint8)
    weights = (base.weights[at] * np.exp(rng.normal(0, 0.3, len(at)))).astype(np.float32)
    order = np.argsort(base.cell_rows, kind="stable")
    counts = np.bincount(base.cell_rows, minlength=len(base))
    first = np.concatenate([[0], counts.cumsum()[:-1]])
    many = counts[picks]
    stops = many.cumsum()
    cells = order[np.arange(stops[-1]) + np.repeat(first[picks] - stops + many, many)]
    shift = np.repeat(rng.normal(0, 8, (n, 3)).astype(np.float32), many, 0)
    cell_codes = (base.cell_codes[cells] + shift).clip(0, 255).astype(np.uint8)
    del shift
    lattice = np.concatenate([cells_of(oklab_of(part)) for part in np.array_split(cell_codes, max(1, n // 50_000))])
    by_cell = np.argsort(lattice, kind="stable")
    points = [np.rint(oklab_of(part) * (1 << 14)).astype(np.int16) for part in np.array_split(cell_codes[by_cell], 64)]
    names = [b"%07d" % i for i in range(n)]
    return Index(
        {
            "id_bytes": np.frombuffer(b"".join(names), np.uint8),
            "id_ends": np.arange(1, n + 1, dtype=np.int64) * 7,
            "codes": codes,
            "points": np.rint(oklab_of(codes) * (1 << 14)).astype(np.int16),
            "weights": weights,
            "positions": np.full((len(codes), 2), np.nan, np.float32),
            "ends": ends,
            "slices": slices(oklab_of(codes), weights.astype(np.float64), ends),
            "cell_starts": np.concatenate([[0], np.bincount(lattice, minlength=17 * 256).cumsum()]),
            "cell_codes": cell_codes[by_cell],
            "cell_points": np.concatenate(points),
            "cell_shares": base.cell_shares[cells][by_cell],
            "cell_rows": np.repeat(np.arange(n, dtype=np.uint32), many)[by_cell],
        },
        None,
    )


def asked(*wishes: str, without: tuple[str, ...] = (), like: Any = None, top: int = 10) -> Query:
    return Query(tuple(wishes_of(wishes)), tuple(wishes_of(without)), like, "it", 0.1, 0.001, top)


def searching(base: Index, n: int, queries: int) -> None:
    """Print the speed of the search among n pictures, and whether it equals computing every distance."""
    rng = np.random.default_rng(1)
    index = perturbed(base, n, rng)
    everyone = np.arange(n)
    likes = [palette_at(perturbed(base, 1, rng), 0, None) for _ in range(queries)]  # type: ignore[arg-type]
    search_rows(index, asked(like=likes[0]))
    times, equal, brute = [], 0, []
    points, weights, turned = oklab_of(index.codes), index.weights.astype(np.float64), np.zeros(n, np.uint8)
    for i, like in enumerate(likes):
        query = asked(like=like)
        start = time.process_time()
        rows, far, search = search_rows(index, query)
        times.append(time.process_time() - start)
        if i < max(3, 10**6 // n):
            distance = search.distances(everyone)
            start = time.process_time()
            kernel.fares(like.weights, weights, index.ends, kernel.straight(oklab_of(like.srgb), points), turned)
            brute.append(time.process_time() - start)
            order = np.lexsort((everyone, distance))[: query.top]
            equal += bool((order == rows).all() and (distance[order] == far).all())
    middle, slow, every = np.median(times), np.quantile(times, 0.95), np.median(brute)
    row(
        f"like among {n:,}: {1000 * middle:.1f} ms (p95 {1000 * slow:.1f}), to EMD of all",
        f"1/{every / middle:.0f}",
        "<= 1/25",
    )
    row("  equal to computing every distance", f"{equal} of {len(brute)}", "all")
    wishes = [[f"#{a:06x}:60%", f"#{b:06x}:5%"] for a, b in rng.integers(0, 1 << 24, (min(queries, 20), 2)).tolist()]
    shares = [cpu(lambda pair=pair: search_rows(index, asked(*pair))) for pair in wishes]
    row(f"60 % A + 5 % B, rest free, among {n:,}", f"{1000 * np.median(shares):.1f} ms", "")
    red = cpu(lambda: [search_rows(index, asked("#c32727")) for _ in range(10)]) / 10
    points, wish = points.astype(np.float32), oklab_of(np.array([RED], np.uint8))[0].astype(np.float32)

    def by_numpy() -> None:
        far = ((points - wish) ** 2).sum(1)
        near = np.minimum.reduceat(far, index.starts)
        np.argpartition(near, 10)

    plain = min(cpu(by_numpy) for _ in range(3))
    compiled = min(cpu(lambda: kernel.closest(index.points, index.ends, index.points[0])) for _ in range(3))
    row(
        f"contains a red by signature: {1000 * red:.1f} ms, to NumPy over palettes ({1000 * plain:.0f} ms)",
        f"{red / plain:.2f}",
        "<= 1/3",
    )
    row("  nearest color over palettes, compiled", f"{1000 * compiled:.1f} ms", "")


def accents(count: int, planted: int) -> None:
    """Print how well planted accents are found, and whether "no green" is true, on pictures of their own."""
    rng = np.random.default_rng(2)
    _, green = color_of("any green")
    rows, greens, near = [], [], []
    middle = oklab_of(color_of("green")[0][None])
    shares = {}
    for i in range(count):
        codes = drawn(2 * 10**6 + i, 96)
        if i < 3 * planted:
            share = (0.001, 0.003, 0.01)[i % 3]
            shares.setdefault(share, []).append(i)
            plant(codes, share, rng)
        counted = pochade.histogram(pochade.read(codes))
        palette = pochade.extract(counted, 8)
        greens.append(
            counted.counts[green[bins_of(np.rint(counted.means).astype(np.uint8))]].sum() / counted.counts.sum()
        )
        apart = np.sqrt(((counted.oklab - middle) ** 2).sum(1))
        near.append(counted.counts[apart <= WITHIN].sum() / counted.counts.sum())
        places = np.full((len(palette), 2), np.nan, np.float32)
        rows.append(
            Row(
                f"{i:05d}",
                1,
                1,
                b"0" * 16,
                1,
                1,
                palette.srgb,
                palette.weights.astype(np.float32),
                places,
                signature(counted, palette.srgb),
            )
        )
    index = Index(build([table_of(rows)]), None)
    everyone = 3 * planted
    found, _, _ = search_rows(index, asked("#c32727", top=count))
    rank = {id: at for at, id in enumerate(found.tolist())}
    for share, ids in shares.items():
        # of the pictures with this accent, those among the first R of the pictures without another one
        others = [id for id in found.tolist() if id >= everyone or id in ids][: len(ids)]
        row(
            f"planted accents of {share:.1%} among {count:,} in the first R",
            f"{len({*others} & {*ids}) / len(ids):.2f}",
            "1.00",
        )
    first = sum(id < everyone for id in found[:everyone].tolist())
    row("  R-precision of all three", f"{first / everyone:.2f}", ">= .88")
    assert rank
    share = np.array(greens)
    kept, _, _ = search_rows(index, asked(without=("any green",), top=count))
    by_palette = [i for i in range(count) if not green[bins_of(rows[i].codes)].any()]  # type: ignore[arg-type]
    row(f'"no any green" ({len(kept)}) that have >= 1 %', f"{100 * (share[kept] >= 0.01).mean():.2f} %", "<= 0.5 %")
    row(f"  by palette ({len(by_palette)})", f"{100 * (share[by_palette] >= 0.01).mean():.2f} %", "")
    kept, _, _ = search_rows(index, asked(without=("green",), top=count))
    row(
        f'"no green" ({len(kept)}) that have >= 1 %', f"{100 * (np.array(near)[kept] >= 0.01).mean():.2f} %", "<= 0.5 %"
    )
    cells = [len(one.signature.shares) for one in rows if isinstance(one.signature, Signature)]
    row("cells of a signature, median", f"{np.median(cells):.0f}", "")


def plant(codes: np.ndarray, share: float, rng: np.random.Generator) -> None:
    """Draw a red disc of that share into a picture, with noise."""
    height, width = codes.shape[:2]
    radius = np.sqrt(share * height * width / np.pi)
    y, x = np.mgrid[:height, :width]
    cx, cy = rng.uniform(radius, width - radius), rng.uniform(radius, height - radius)
    far = (x - cx) ** 2 + (y - cy) ** 2
    inside = np.zeros(far.shape, bool)
    inside.ravel()[np.argsort(far, axis=None)[: max(1, round(share * far.size))]] = True
    codes[inside] = (np.array(RED) + rng.normal(0, 4, (int(inside.sum()), 1))).clip(0, 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--pictures", type=int, default=600, help="pictures to collect")
    parser.add_argument("--million", action="store_true", help="5,000 pictures, and a search among 1,000,000")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    count, n, queries = (5000, 1_000_000, 200) if options.million else (options.pictures, 50_000, 60)
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    print(f"kernel: {kernel.name}; {find.__module__}")
    with tempfile.TemporaryDirectory() as folder:
        collection = collecting(Path(folder), count, options.jobs)
        searching(collection.index, n, queries)
    accents(8191 if options.million else 1000, 60 if options.million else 20)


if __name__ == "__main__":
    main()
