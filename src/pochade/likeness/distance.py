"""The distance of palettes: how far their colors must go, on average, for one to become the other.

References
----------
Yossi Rubner, Carlo Tomasi and Leonidas J. Guibas, 2000: "The Earth Mover's Distance as a metric for image retrieval",
International Journal of Computer Vision 40(2). It is a metric where the difference of colors is one, as Oklab's is;
CIEDE2000 does not keep the triangle inequality (Gaurav Sharma and others, 2005), and so neither does this with it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.color.difference import Difference, differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.palette import Palette

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """A palette as it is measured: each color once, in the order of its codes, so that a palette's order cannot matter.

    codes : uint8 (m, 3). weights : float64 (m,), sum 1. points : float64 (m, 3), in the difference's space.
    """

    codes: NDArray[np.uint8]
    weights: Floats
    points: Floats

    @property
    def key(self) -> tuple[bytes, bytes]:
        """By which of two comes first, whichever was given first."""
        return self.codes.tobytes(), self.weights.tobytes()


def checked(difference: str) -> Difference:
    """The difference of that name.

    Raises
    ------
    UnknownNameError : there is none. OptionError : in it, the way back is another.
    """
    found = differences[difference].value
    if not found.symmetric:
        known = ", ".join(entry.name for entry in differences if entry.value.symmetric)
        raise OptionError(
            f"difference={difference!r} is not allowed: from b to a it is not what it is from a to b, and palettes "
            f"would differ so too. Give one of {known}."
        )
    return found


def weighted(palette: Palette, difference: Difference) -> Weighted:
    """A palette as it is measured.

    Raises
    ------
    OptionError : it has no colors, or none weighs anything.
    """
    total = math.fsum(color.weight for color in palette)
    if not total > 0:
        raise OptionError("a palette without colors, or whose colors weigh nothing, is like no other.")
    shares: dict[tuple[int, int, int], float] = {}
    for color in sorted(palette, key=lambda color: (color.srgb, color.weight)):
        if color.weight:
            shares[color.srgb] = shares.get(color.srgb, 0.0) + color.weight / total
    codes = np.array(list(shares), np.uint8)
    points = np.ascontiguousarray(spaces[difference.space].value.from_linear(decode(codes)))
    return Weighted(codes, np.array(list(shares.values())), points)


def moved(a: Weighted, b: Weighted, costs: Floats) -> tuple[float, Floats]:
    """The distance of two, of which a has the lower key, and the flow: float64 (m, n)."""
    flow = kernel.transport(a.weights, b.weights, costs)
    i, j = np.nonzero(flow)
    return math.fsum(flow[i, j] * costs[i, j]), flow  # exactly rounded, so that the order of adding does not matter


def distances(palettes: Sequence[Palette], *, difference: str = "ciede2000") -> Floats:
    """The distance of every two palettes: float64 (n, n), symmetric, 0 to itself.

    The distance of two is the Earth Mover's: the mean difference of colors over the whole picture, when one palette is
    turned into the other with as little change as can be.

    Parameters
    ----------
    difference : of two colors; any that `pochade.color.difference.differences` has and that is symmetric.

    Raises
    ------
    OptionError : a palette is empty, or the difference is not symmetric. UnknownNameError : there is none.

    Examples
    --------
    >>> black, gray, white = (Palette.from_dict({"colors": [c]}) for c in ("#000", "#777", "#fff"))
    >>> distances([black, gray, white], difference="oklab").round(2).tolist()
    [[0.0, 0.57, 1.0], [0.57, 0.0, 0.43], [1.0, 0.43, 0.0]]
    """
    measure = checked(difference)
    found = [weighted(palette, measure) for palette in palettes]
    out = np.zeros((len(found), len(found)))
    by_key = sorted(range(len(found)), key=lambda i: found[i].key)
    for at, i in enumerate(by_key):
        others = by_key[at + 1 :]
        if not others:
            break
        # all that are left side by side, as a call costs more than the arithmetic
        ends = np.cumsum([len(found[j].weights) for j in others])
        costs = measure(found[i].points[:, None], np.concatenate([found[j].points for j in others]))
        for j, part in zip(others, np.split(costs, ends[:-1], axis=1), strict=True):
            out[i, j] = out[j, i] = moved(found[i], found[j], np.ascontiguousarray(part))[0]
    return out
