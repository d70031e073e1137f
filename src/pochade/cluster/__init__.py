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
    """The result of a clustering method.

    centers : float64 (m, 3), in the space of the points; m is at most k. The `fixed` points, if any, are the first centers;
        no other cluster is empty.
    labels : int32 (n,), the cluster of each point, 0..m-1.
    prominence : float64 (m,) or None. Colors are ordered by prominence, or by weight if it is None.
    emphasis : float64 (n,) or None, the weight of each point's pixels in the emphasized mean of its cluster.
    lean : float64 (m,) or None, how far each color moves from the plain mean (0) to the emphasized mean (1).
    codes : uint8 (g, 3) or None, the colors of the first g clusters, whatever their pixels. The pipeline sets them
        for colors that the user fixed; a method may set them if its colors are not the means of their points.
    asking : factors that multiplied each point's weight before clustering, float64 (n,) by name, in the order of the
        explanation; None if only the weight counts.
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
"""The types of the options `difference` and `by`, with their help texts."""

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
    spaces : the spaces that the method works in; None means all.
    fewer : a sentence that says why the method can return fewer than k colors from a picture that has more.
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
    """The error for an unknown option: it lists the method's options and the methods that have the unknown one."""
    takers = [repr(other.name) for other in methods.entries if name in other.options]
    more = f" {', '.join(takers)} {'has' if len(takers) == 1 else 'have'} it." if takers else ""
    return UnknownNameError(f"option of {entry.name}:", name, entry.options, more)


def compact(centers: Points, labels: NDArray[np.int32], fixed: int = 0) -> tuple[Points, NDArray[np.int32]]:
    """Remove empty clusters from centers and labels, except the first `fixed`."""
    used = np.bincount(labels, minlength=len(centers)) > 0
    used[:fixed] = True
    if used.all():
        return centers, labels
    return centers[used], (np.cumsum(used) - 1)[labels].astype(np.int32)
