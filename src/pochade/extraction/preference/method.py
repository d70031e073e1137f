"""A method under a preference: it starts from the colors to keep, chooses from the given set, and follows the mood."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from pochade.cluster import About, Clusters, Method, Points, Weights
from pochade.cluster.pick import pick
from pochade.extraction.preference.mood import favor
from pochade.extraction.preference.parse import check_keep
from pochade.extraction.preference.preference import Codes, Preference
from pochade.histograms.histogram import Counts
from pochade.registry import Entry


def wrap(
    entry: Entry[Method, About],
    preference: Preference,
    view: Counts,
    coarse: Counts,
    points_of: Callable[[Counts], Points],
) -> Method:
    """The method of an entry under a preference; without one, the method itself.

    view, coarse : the counts behind its points, and behind its coarse ones. points_of : the points of counts.
    """
    if not preference.names_colors and preference.mood is None:
        return entry.value
    colors = (("fixed", preference.keep), ("among", preference.among))
    named = {name: points_of(_counts(codes)) for name, codes in colors if codes is not None}
    passed = {name: points for name, points in named.items() if name in entry.asks}
    picks = "among" in named and "among" not in passed  # the method cannot choose from a set: pick from it instead
    factor = None if preference.mood is None else favor(view.oklab, view.weights, preference.mood)
    takes_factor = "favor" in entry.asks and not picks

    def method(points: Points, weights: Weights, k: int, **options: Any) -> Clusters:
        check_keep(preference, k)
        if factor is not None and takes_factor:
            options["favor"] = factor
        elif factor is not None and preference.mood is not None:
            weights = _weighed(weights, factor)
            if "coarse" in options:
                few, heavy = options["coarse"]
                options["coarse"] = few, _weighed(heavy, favor(coarse.oklab, coarse.weights, preference.mood))
        if picks:
            clusters = Clusters(*pick(points, weights, named["among"], k, fixed=named.get("fixed")))
        else:
            clusters = entry.value(points, weights, k, **options, **passed)
        if factor is not None and not takes_factor:
            clusters = _emphasized(clusters, factor)
        return _with_codes(clusters, preference, named.get("among")) if named else clusters

    return method


def _counts(codes: Codes) -> Counts:
    """Each color counted once, so that it becomes a point as a bin does."""
    return Counts(np.ones(len(codes), np.uint64), codes.astype(np.uint64))


def _weighed(weights: Weights, factor: Weights) -> Weights:
    weighed: Weights = weights * factor
    weighed /= weighed.sum()
    return weighed


def _emphasized(clusters: Clusters, factor: Weights) -> Clusters:
    """The clusters, shown by their pixels in the mood."""
    if clusters.emphasis is None:
        return replace(clusters, emphasis=factor, lean=np.ones(len(clusters.centers)))
    return replace(clusters, emphasis=clusters.emphasis * factor)


def _with_codes(clusters: Clusters, preference: Preference, among: Points | None) -> Clusters:
    """The clusters with the codes of the named colors. among : the set as points."""
    codes = np.zeros((0, 3), np.uint8) if preference.keep is None else preference.keep
    if clusters.codes is not None and preference.among is None:
        codes = np.vstack([codes, clusters.codes[len(codes) :]])
    if preference.among is not None and among is not None:
        free = clusters.centers[len(codes) :]
        codes = np.vstack([codes, preference.among[((free[:, None] - among) ** 2).sum(2).argmin(1)]])
    return replace(clusters, codes=codes)
