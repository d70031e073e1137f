"""One clustering problem: a histogram, a method, and a preference; and the clusters that solve it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pochade import kernel
from pochade.cluster import About, Clusters, Method, Points, Weights, methods
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.extraction.answer import colors_of
from pochade.extraction.preference import NO_PREFERENCE, Preference
from pochade.extraction.preference.auto import Shown, auto
from pochade.extraction.preference.method import wrap
from pochade.extraction.preference.settle import part_absent
from pochade.histograms.flat import flat_colors
from pochade.histograms.histogram import Counts, Histogram
from pochade.registry import Entry


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The input of a method, before k.

    histogram : the narrowed one. entry : of the method. space : its name. options : the method's own.
    """

    histogram: Histogram
    entry: Entry[Method, About]
    space: str
    seed: int
    options: Mapping[str, Any]
    preference: Preference

    @property
    def fine(self) -> bool:
        """Whether the method works on the bins of 64 levels, not on those of 32."""
        return self.entry.about.levels == kernel.LEVELS

    @property
    def view(self) -> Counts:
        """The counts that become the points of the method."""
        return self.histogram.fine if self.fine else self.histogram.coarse

    def points(self, counts: Counts) -> Points:
        """The mean colors of counts, in the space: float64 (n, 3)."""
        if self.space == "oklab":
            return counts.oklab
        return np.ascontiguousarray(spaces[self.space].from_linear(decode(counts.means)))

    def coarse(self) -> tuple[Points, Weights]:
        """The points and weights of 32 levels a channel."""
        return self.points(self.histogram.coarse), self.histogram.coarse.weights

    def consult(self, name: str, k: int, histogram: Histogram | None = None) -> Clusters:
        """The clusters of another method with its default options, and the codes of the colors that they show.

        histogram : another one to solve, without the preference.
        """
        other = replace(self, entry=methods.entry(name), options={})
        if histogram is not None:
            other = replace(other, histogram=histogram, preference=NO_PREFERENCE)
        clusters = solve(other, k)
        return replace(clusters, codes=np.rint(colors_of(other.histogram, clusters)[1]).astype(np.uint8))


SUPPLIERS: Mapping[str, Callable[[Problem], Any]] = {
    "bins": lambda problem: problem.histogram.bins if problem.fine else problem.histogram.coarse_bins,
    "coarse": Problem.coarse,
    "colors": lambda problem: decode(problem.view.means),
    "consult": lambda problem: problem.consult,
    "flat": lambda problem: flat_colors(problem.histogram),
    "rng": lambda problem: np.random.default_rng(problem.seed),
    "sketch": lambda problem: problem.histogram.sketch,
    "space": lambda problem: spaces[problem.space],
    "uniform": lambda problem: problem.view.din99o,
}
"""The source of each keyword that a method can ask for. `preference.method` adds "fixed", "among" and "favor"."""


def solve(problem: Problem, k: int | str) -> Clusters:
    """At most k clusters, with a label for each bin of the histogram."""
    histogram, view = problem.histogram, problem.view
    supplied = {name: supply(problem) for name, supply in SUPPLIERS.items() if name in problem.entry.asks}
    options = {**problem.options, **supplied}
    points, weights = problem.points(view), view.weights
    method = wrap(problem.entry, problem.preference, view, histogram.coarse, problem.points)

    def run(k: int) -> Clusters:
        return method(points, weights, k, **options)

    clusters = auto(run, lambda clusters: _shown(view, clusters), problem.preference) if isinstance(k, str) else run(k)
    if problem.fine:
        return clusters
    parents = histogram.parents  # `take` needs a third of the time of an index
    emphasis = None if clusters.emphasis is None else clusters.emphasis.take(parents)
    return replace(clusters, labels=clusters.labels.take(parents), emphasis=emphasis)


def _shown(view: Counts, clusters: Clusters) -> Shown:
    """The colors of clusters, their prominence and their shares; colors without a pixel come first, with none."""
    clusters, absent = part_absent(clusters)
    totals, means = colors_of(view, clusters)
    rank = totals if clusters.prominence is None else clusters.prominence
    shares = totals / float(totals.sum())
    none = np.zeros(len(absent))
    return (
        np.vstack([absent, np.rint(means).astype(np.uint8)]),
        np.concatenate([none, rank]),
        np.concatenate([none, shares]),
    )
