"""Colors that the user gave, `keep` and `among`: as points for a method, and back as the codes that they are."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from pochade.cluster import About, Clusters, Method, Points, Weights, compact
from pochade.cluster.pick import pick
from pochade.extraction.preference import Codes, Preference, check_kept
from pochade.extraction.preference.excluded import difference
from pochade.extraction.preference.mood import favor
from pochade.histograms.histogram import Histogram
from pochade.histograms.positions import Place, positions
from pochade.palette.origin import Answer
from pochade.registry import Entry
from pochade.source.pixels import Pixels

NONE = np.zeros((0, 3), np.uint8)
"""No colors."""

SHOWN = 20.0
"""Beyond this CIEDE2000 what the picture has is another color, and no place of it shows the given one."""


def as_histogram(codes: Codes) -> Histogram:
    """Colors as a histogram with a bin for each, so that they become points the way that bins do."""
    n = len(codes)
    return Histogram(np.arange(n, dtype=np.uint32), np.ones(n, np.uint64), codes.astype(np.uint64))


def preferring(
    entry: Entry[Method, About],
    wanted: Preference,
    view: Histogram,
    coarse: Histogram,
    points_of: Callable[[Histogram], Points],
) -> Method:
    """A method as a preference has it: it starts from what is kept, chooses among what is given, and is in a mood.

    view, coarse : what its points, and its coarse ones, are the bins of. points_of : the space's points of bins.
    """
    colors = (("fixed", wanted.keep), ("among", wanted.among))
    given = {name: points_of(as_histogram(codes)) for name, codes in colors if codes is not None}
    known = {name: points for name, points in given.items() if name in entry.asks}
    chooses = "among" in given and "among" not in known  # then the best of the set are picked for the method
    factor = None if wanted.mood is None else favor(view.oklab, wanted.mood)
    weighs = "favor" in entry.asks and not chooses

    def method(points: Points, weights: Weights, k: int, **options: Any) -> Clusters:
        check_kept(wanted, k)
        if factor is not None and weighs:
            options["favor"] = factor
        elif factor is not None and wanted.mood is not None:
            weights = _favored(weights, factor)
            if "coarse" in options:
                few, heavy = options["coarse"]
                options["coarse"] = few, _favored(heavy, favor(coarse.oklab, wanted.mood))
        if chooses:
            found = Clusters(*pick(points, weights, given["among"], k, fixed=given.get("fixed")))
        else:
            found = entry.value(points, weights, k, **options, **known)
        if factor is not None and not weighs:
            found = _in_the_mood(found, factor)
        return _coded(found, wanted, given.get("among")) if given else found

    return method


def _favored(weights: Weights, factor: Weights) -> Weights:
    favored: Weights = weights * factor
    favored /= favored.sum()
    return favored


def _in_the_mood(found: Clusters, factor: Weights) -> Clusters:
    """The clusters, shown by those of their pixels that are in the mood."""
    if found.emphasis is None:
        return replace(found, emphasis=factor, lean=np.ones(len(found.centers)))
    return replace(found, emphasis=found.emphasis * factor)


def _coded(found: Clusters, wanted: Preference, among: Points | None) -> Clusters:
    """The clusters with the codes of the colors that were given. among : the set as points."""
    codes = NONE if wanted.keep is None else wanted.keep
    if wanted.among is not None and among is not None:
        free = found.centers[len(codes) :]
        codes = np.vstack([codes, wanted.among[((free[:, None] - among) ** 2).sum(2).argmin(1)]])
    return replace(found, codes=codes)


def present(clusters: Clusters) -> tuple[Clusters, Codes]:
    """The clusters that have points, and the codes of those that have none."""
    if clusters.codes is None:
        return clusters, NONE
    m, g = len(clusters.centers), len(clusters.codes)
    used = np.bincount(clusters.labels, minlength=m) > 0
    if used.all():
        return clusters, NONE
    centers, labels = compact(clusters.centers, clusters.labels)
    prominence, lean = (None if values is None else values[used] for values in (clusters.prominence, clusters.lean))
    some = replace(
        clusters, centers=centers, labels=labels, prominence=prominence, lean=lean, codes=clusters.codes[used[:g]]
    )
    return some, clusters.codes[~used[:g]]


def with_absent(answer: Answer, absent: Codes) -> Answer:
    """The answer with kept colors that no bin is nearest to, at its end."""
    there = answer.codes.tolist()
    codes = np.array([code for code in absent.tolist() if code not in there], np.uint8).reshape(-1, 3)
    none = np.zeros(len(codes))
    return replace(
        answer,
        codes=np.vstack([answer.codes, codes]),
        shares=np.concatenate([answer.shares, none]),
        prominence=np.concatenate([answer.prominence, none]),
    )


def places_shown(answer: Answer, counted: Histogram, pixels: Pixels | None, wanted: Preference) -> list[Place | None]:
    """The places of an answer's colors, but for given ones of which the picture shows nothing like."""
    m = int((answer.shares > 0).sum())  # those without a share come last, and are not searched for
    found = positions(counted, answer.labels, answer.codes[:m], pixels)
    given = {tuple(c) for codes in (wanted.keep, wanted.among) if codes is not None for c in codes.tolist()}
    means = np.rint(counted.means).astype(np.uint8)
    for j in range(m):
        mine = answer.labels == j
        if tuple(answer.codes[j].tolist()) in given and difference(means[mine], answer.codes[j : j + 1]).min() > SHOWN:
            found[j] = None
    return found + [None] * (len(answer.codes) - m)
