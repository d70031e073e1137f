"""Clustering methods: one a file, each a function from weighted points to clusters.

Methods see the bins of a histogram, never pixels, so their time does not depend on the picture's size.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from pochade.errors import UnknownNameError
from pochade.registry import Entry, Registry

Points = NDArray[np.float64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """What a method answers.

    centers : float64 (m, 3), in the space of the points; m is at most k. Where a method was given `fixed` points, they
        are its first centers; no other cluster is empty.
    labels : int32 (n,), the cluster of each point, 0..m-1.
    prominence : float64 (m,) or None; where given, colors are ordered by it, else by weight.
    emphasis : float64 (n,) or None, how much the pixels of each point weigh in the mean that a cluster leans to when
        its color is taken. lean : float64 (m,), how far it does, from 0 (the plain mean of its pixels) to 1.
    codes : uint8 (g, 3) or None, the colors that stand for the first g clusters whatever their pixels are. The road
        fills them in, where the user gave colors; a method may, where its colors are no means of their points.
    asking : by what each point's weight was multiplied before clustering, float64 (n,) by name, in the order in which
        a reader is told of it; None where the weight alone counts.
    """

    centers: NDArray[np.float64]
    labels: NDArray[np.int32]
    prominence: NDArray[np.float64] | None = None
    emphasis: NDArray[np.float64] | None = None
    lean: NDArray[np.float64] | None = None
    codes: NDArray[np.uint8] | None = None
    asking: Mapping[str, NDArray[np.float64]] | None = None


DifferenceName = Annotated[str | None, "a name that `pochade differences` lists"]
MethodName = Annotated[str, "a name that `pochade methods` lists"]
"""The types of options `difference` and `by`, with what help says of them."""

Method = Callable[..., Clusters]
"""A clustering method: a plain function `method(points, weights, k, *, ...options) -> Clusters`.

points : float64 (n, 3), in the chosen space, all different. weights : float64 (n,), positive, sum 1.
k : how many clusters at most. A keyword-only `rng` asks for the only source of chance, a np.random.Generator from the
user's seed; `coarse` for the points and weights of the same histogram in 32 levels a channel; `bins` for the
bins' numbers, uint32 (n,); `colors` for the points in linear-light sRGB, float64 (n, 3), which a color difference
converts for itself; `space` for the Space that the points are in; `fixed` for the points of colors that must stay as
they are, float64 (f, 3), or None; `among` for the only points that may be centers beside those, float64 (s, 3), or
None; `favor` for how much each point counts in the mood that is wanted, float64 (n,), or None: to a method that does
not ask, the road gives weights that are multiplied by it; `sketch` for real pixels on a lattice, a Sketch, or None
where a histogram has none; `consult` for what another method answers, a Consult: its name must be the option `by` then,
which the road checks beforehand. All other keyword-only parameters are the method's options.
A method with an option `difference` measures by a color difference, where one is given, and then works in any space.
"""

Consult = Callable[..., Clusters]
"""`consult(name, k)`: what the method of that name answers for the same histogram, with its own defaults, the user's
space, seed and mood; labels are for bins of 64 levels, and `codes` are the colors that the road would show.
`consult(name, k, histogram)` is the same for another histogram, without a mood.
"""


@dataclass(frozen=True, slots=True)
class About:
    """Facts about a method.

    levels : 64 asks for points in 64 levels a channel, instead of 32.
    spaces : the only spaces that it works in; None means all.
    fewer : a sentence: why it can return fewer than k colors although the picture has more.
    """

    levels: int = 32
    spaces: tuple[str, ...] | None = None
    fewer: str | None = None


methods: Registry[Method, About] = Registry(
    "method",
    "pochade.cluster",
    about=About,
    supplied=frozenset(
        {"rng", "coarse", "bins", "colors", "space", "fixed", "among", "favor", "sketch", "consult"},
    ),
)
"""All clustering methods. `register(name, ...)` takes the fields of `About`."""


def unknown_option(entry: Entry[Method, About], name: str) -> UnknownNameError:
    """What to say of an option that a method has not: which it has, and which methods have that one."""
    takers = [repr(other.name) for other in methods.entries if name in other.options]
    more = f" {', '.join(takers)} {'has' if len(takers) == 1 else 'have'} it." if takers else ""
    return UnknownNameError(f"option of {entry.name}:", name, entry.options, more)


def compact(centers: Points, labels: NDArray[np.int32], fixed: int = 0) -> tuple[Points, NDArray[np.int32]]:
    """Centers and labels without the clusters that no point is in, but for the first `fixed`."""
    used = np.bincount(labels, minlength=len(centers)) > 0
    used[:fixed] = True
    if used.all():
        return centers, labels
    return centers[used], (np.cumsum(used) - 1)[labels].astype(np.int32)
