"""Colors that the user gave, `keep` and `among`: as points for a method, and back as the codes that they are."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Clusters, Points, Weights, compact
from pochade.cluster.pick import pick
from pochade.histogram import Histogram
from pochade.position import Place
from pochade.preference import Codes, Preference
from pochade.preference.excluded import difference
from pochade.preference.mood import favor

NONE = np.zeros((0, 3), np.uint8)
"""No colors."""

SHOWN = 20.0
"""Beyond this CIEDE2000 what the picture has is another color, and no place of it shows the given one."""


def as_histogram(codes: Codes) -> Histogram:
    """Colors as a histogram with a bin for each, so that they become points the way that bins do."""
    n = len(codes)
    return Histogram(np.arange(n, dtype=np.uint32), np.ones(n, np.uint64), codes.astype(np.uint64))


def picked(points: Points, weights: Weights, k: int, among: Points, fixed: Points | None) -> Clusters:
    """The clusters about the best k of a set, for methods that do not know how to choose: by least squared error."""
    return Clusters(*pick(points, weights, among, k, fixed=fixed))


def preferring(found: Clusters, view: Histogram, wanted: Preference, among: Points | None, weighs: bool) -> Clusters:
    """A method's clusters, shown as is preferred.

    view : the points' histogram. among : the set as points. weighs : the method itself knew of the mood.
    """
    if wanted.mood is not None and not weighs:
        factor = favor(view.oklab, wanted.mood)  # a cluster is shown by those of its pixels that are in the mood
        if found.emphasis is None:
            found = replace(found, emphasis=factor, lean=np.ones(len(found.centers)))
        else:
            found = replace(found, emphasis=found.emphasis * factor)
    if wanted.keep is None and among is None:
        return found
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


def shown(
    places: Sequence[Place | None],
    codes: Codes,
    clusters: Clusters,
    same: NDArray[np.int64],
    counted: Histogram,
) -> list[Place | None]:
    """The places of the palette's colors, but for given ones of which the picture shows nothing like.

    codes : uint8 (m, 3), the palette's. same : which of them each cluster has.
    """
    assert clusters.codes is not None, "only where colors were given"
    found, labels = list(places), same[clusters.labels]
    means = np.rint(counted.means).astype(np.uint8)
    for j in set(same[: len(clusters.codes)].tolist()):
        if difference(means[labels == j], codes[j : j + 1]).min() > SHOWN:
            found[j] = None
    return found
