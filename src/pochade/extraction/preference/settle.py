"""The answer under a preference: named colors keep their codes, and excluded colors do not come back."""

from dataclasses import replace

import numpy as np

from pochade.cluster import Clusters, compact
from pochade.extraction.preference.exclusion import Floats, difference, excluded
from pochade.extraction.preference.preference import Codes, Preference
from pochade.histograms.histogram import Histogram
from pochade.histograms.positions import Position, positions
from pochade.palette.origin import Answer
from pochade.source.pixels import Pixels

NO_CODES = np.zeros((0, 3), np.uint8)

MAX_DIFFERENCE = 20.0
"""Beyond this CIEDE2000 a pixel has another color, so no place in the picture shows the named one."""


def part_absent(clusters: Clusters) -> tuple[Clusters, Codes]:
    """The clusters with points, and the codes of the clusters without any."""
    if clusters.codes is None:
        return clusters, NO_CODES
    m, g = len(clusters.centers), len(clusters.codes)
    used = np.bincount(clusters.labels, minlength=m) > 0
    if used.all():
        return clusters, NO_CODES
    centers, labels = compact(clusters.centers, clusters.labels)
    prominence, lean = (None if values is None else values[used] for values in (clusters.prominence, clusters.lean))
    present = replace(
        clusters, centers=centers, labels=labels, prominence=prominence, lean=lean, codes=clusters.codes[used[:g]]
    )
    return present, clusters.codes[~used[:g]]


def clear(means: Floats, clusters: Clusters, histogram: Histogram, preference: Preference) -> Floats:
    """The colors of clusters, float64 (m, 3), none of them excluded.

    A mean can fall among the excluded colors. The mean of the nearest bin of its cluster then stands in its place.

    means : float64 (m, 3), sRGB codes. histogram : the narrowed one.
    """
    if not preference.excludes:
        return means
    bad = excluded(np.rint(means).astype(np.uint8), preference)
    bad[: 0 if clusters.codes is None else len(clusters.codes)] = False
    for j in np.flatnonzero(bad).tolist():
        members = histogram.means[clusters.labels == j]
        means[j] = members[((members - means[j]) ** 2).sum(1).argmin()]
    return means


def append_absent(answer: Answer, absent: Codes) -> Answer:
    """The answer, with the kept colors that are nearest to no bin at its end."""
    if not len(absent):
        return answer
    there = answer.codes.tolist()
    codes = np.array([code for code in absent.tolist() if code not in there], np.uint8).reshape(-1, 3)
    zeros = np.zeros(len(codes))
    return replace(
        answer,
        codes=np.vstack([answer.codes, codes]),
        shares=np.concatenate([answer.shares, zeros]),
        prominence=np.concatenate([answer.prominence, zeros]),
    )


def place(answer: Answer, histogram: Histogram, pixels: Pixels | None, preference: Preference) -> list[Position | None]:
    """A position for each color; None for a named color that the picture does not show."""
    if not preference.names_colors:
        return positions(histogram, answer.labels, answer.codes, pixels)
    m = int((answer.shares > 0).sum())  # colors without a share come last and are not searched for
    places = positions(histogram, answer.labels, answer.codes[:m], pixels)
    named = {tuple(c) for codes in (preference.keep, preference.among) if codes is not None for c in codes.tolist()}
    means = np.rint(histogram.means).astype(np.uint8)
    for j in range(m):
        members = means[answer.labels == j]
        is_named = tuple(answer.codes[j].tolist()) in named
        if is_named and difference(members, answer.codes[j : j + 1]).min() > MAX_DIFFERENCE:
            places[j] = None
    return places + [None] * (len(answer.codes) - m)
