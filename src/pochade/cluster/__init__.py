"""Clustering methods, one in each file: functions from weighted points to clusters.

A method works on the bins of a histogram, never on pixels, so its time does not depend on the size of the picture.
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
    """The clusters that a method returns.

    centers : float64 (m, 3), in the space of the points; m is at most k. `fixed` points are the first centers. Only
        their clusters may be empty.
    labels : int32 (n,), the cluster of each point, 0..m-1.
    prominence : float64 (m,) or None, the rank of each color, the highest first; None ranks by weight.
    emphasis : float64 (n,) or None, the weight of each point's pixels in the emphasized mean of a cluster.
    lean : float64 (m,) or None, the position of a cluster's color between its plain mean, 0, and the emphasized one, 1.
    codes : uint8 (g, 3) or None, the colors of the first g clusters, in place of means. `extract` sets them for colors
        that the user named; a method may set them if its colors are not means of its points.
    asking : float64 (n,) by name, the factors on each point's weight before clustering, in the order of explanation;
        None if the weight alone counts.
    distinct : the number of colors with k="auto", if the method knows it; None leaves it to the colors' names.
    """

    centers: NDArray[np.float64]
    labels: NDArray[np.int32]
    prominence: NDArray[np.float64] | None = None
    emphasis: NDArray[np.float64] | None = None
    lean: NDArray[np.float64] | None = None
    codes: NDArray[np.uint8] | None = None
    asking: Mapping[str, NDArray[np.float64]] | None = None
    distinct: int | None = None


DifferenceName = Annotated[str | None, "a name that `pochade differences` lists"]
MethodName = Annotated[str, "a name that `pochade methods` lists"]
"""The types of the options `difference` and `by`, with their help texts."""

Method = Callable[..., Clusters]
"""A clustering method: a plain function `method(points, weights, k, *, ...options) -> Clusters`.

points : float64 (n, 3), in the chosen space, all different. weights : float64 (n,), positive, sum 1.
k : the most clusters. A method asks for more input by keyword-only parameters with these names:

rng : np.random.Generator from the user's seed, the only source of randomness.
coarse : the points and weights of the same histogram in 32 levels a channel.
bins : uint32 (n,), the numbers of the bins.
colors : float64 (n, 3), the points in linear-light sRGB, which a color difference converts by itself.
space : the Space of the points.
uniform : float64 (n, 3), the points in DIN99o, where straight distances are close to CIEDE2000.
flat : the FlatColors of artwork; or None for any other picture.
sketch : the Sketch of the picture, real pixels on a lattice; or None if the histogram has none.
consult : a Consult, which runs another method. The option `by` must name that method; `extract` checks it first.
fixed : float64 (f, 3), the points of colors that must stay; or None.
among : float64 (s, 3), the only other points allowed as centers; or None.
favor : float64 (n,), the factor of each point in the mood; or None. A method that does not ask for it gets weights
    multiplied by it.

All other keyword-only parameters are the method's options. A method with an option `difference` can measure by a color
difference, and then works in any space.
"""

Consult = Callable[..., Clusters]
"""`consult(name, k)` returns the clusters of the method of that name for the same histogram, with its default options
and the user's space, seed and mood. Its labels are for bins of 64 levels; `codes` are the colors of the palette.
`consult(name, k, histogram)` does the same for another histogram, without a mood.
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
        ("rng", "coarse", "bins", "colors", "space", "fixed", "among", "favor", "flat", "sketch", "uniform", "consult"),
    ),
)
"""All clustering methods. `register(name, ...)` takes the fields of `About`."""


def unknown_option(entry: Entry[Method, About], name: str) -> UnknownNameError:
    """The error for an option that a method lacks; it lists the method's options, and the methods with that option."""
    takers = [repr(other.name) for other in methods.entries if name in other.options]
    more = f" {', '.join(takers)} {'has' if len(takers) == 1 else 'have'} it." if takers else ""
    return UnknownNameError(f"option of {entry.name}:", name, entry.options, more)


def compact(centers: Points, labels: NDArray[np.int32], fixed: int = 0) -> tuple[Points, NDArray[np.int32]]:
    """Centers and labels without empty clusters, except the first `fixed`."""
    used = np.bincount(labels, minlength=len(centers)) > 0
    used[:fixed] = True
    if used.all():
        return centers, labels
    return centers[used], (np.cumsum(used) - 1)[labels].astype(np.int32)
