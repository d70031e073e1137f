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
from numpy.typing import ArrayLike, NDArray

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
    found = differences[difference]
    if not found.symmetric:
        known = ", ".join(entry.name for entry in differences.entries if entry.value.symmetric)
        raise OptionError(
            f"difference={difference!r} is not allowed: from b to a it is not what it is from a to b, and palettes "
            f"would differ so too. Give one of {known}."
        )
    return found


def weighted(palette: Palette, difference: Difference) -> Weighted:
    """A palette as it is measured.

    Raises
    ------
    OptionError : it is none, has no colors, or none weighs anything.
    """
    if not isinstance(palette, Palette):
        raise OptionError(f"a {type(palette).__name__} is not a palette: give those of pochade.extract(picture).")
    total = math.fsum(color.weight for color in palette)
    if not total > 0:
        raise OptionError("a palette without colors, or whose colors weigh nothing, is like no other.")
    shares: dict[tuple[int, int, int], float] = {}
    for color in sorted(palette, key=lambda color: (color.srgb, color.weight)):
        if color.weight:
            shares[color.srgb] = shares.get(color.srgb, 0.0) + color.weight / total
    codes = np.array(list(shares), np.uint8)
    points = np.ascontiguousarray(spaces[difference.space].from_linear(decode(codes)))
    return Weighted(codes, np.array(list(shares.values())), points)


def moved(a: Weighted, b: Weighted, costs: Floats) -> tuple[float, Floats]:
    """The distance of two, of which a has the lower key, and the flow: float64 (m, n)."""
    flow = kernel.transport(a.weights, b.weights, costs)
    return float(np.cumsum(flow * costs)[-1]), flow  # added in order, as `kernel.fares` does


def earth_mover(points: ArrayLike, weights: ArrayLike, others: ArrayLike, their_weights: ArrayLike) -> float:
    """The Earth Mover's Distance of two sets of points, by straight distances: the mean way over which it is moved.

    Parameters
    ----------
    points, others : (m, 3) and (n, 3), of one space, Oklab for one; fastest as float64.
    weights, their_weights : (m,) and (n,), at least 0; shares of their sums.

    Raises
    ------
    OptionError : the shapes do not fit, a weight is negative or all are 0, or a number is not finite.

    Examples
    --------
    >>> black, gray, white = [0.0, 0, 0], [0.5, 0, 0], [1.0, 0, 0]
    >>> earth_mover([black, white], [1, 1], [gray], [1])
    0.5
    """
    try:
        x, y = np.ascontiguousarray(points, np.float64), np.ascontiguousarray(others, np.float64)
        a, b = np.ascontiguousarray(weights, np.float64), np.ascontiguousarray(their_weights, np.float64)
        if a.ndim != 1 or b.ndim != 1 or x.shape != (len(a), 3) or y.shape != (len(b), 3):
            raise ValueError(f"their shapes are {x.shape}, {a.shape}, {y.shape} and {b.shape}.")
        return float(kernel.fares(a, b, np.array([len(b)], np.int64), kernel.straight(x, y), np.zeros(1, np.uint8))[0])
    except (TypeError, ValueError) as error:
        raise OptionError(f"points and weights must be numbers (n, 3) and (n,), twice; {error}") from None


def distances(palettes: Sequence[Palette], *, difference: str = "ciede2000") -> Floats:
    """The distance of every two palettes: float64 (n, n), symmetric, 0 to itself.

    The distance of two is the Earth Mover's: the mean difference of colors over the whole picture, when one palette is
    turned into the other with as little change as can be.

    Parameters
    ----------
    difference : of two colors; any that `pochade.color.difference.differences` has and that is symmetric.

    Raises
    ------
    OptionError : one is no palette or is empty, or the difference is not symmetric. UnknownNameError : there is none.

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
    for at, i in enumerate(by_key[:-1], 1):
        others = by_key[at:]
        out[i, others] = out[others, i] = _away(found[i], [found[j] for j in others], measure)
    return out


def distances_to(one: Palette, palettes: Sequence[Palette], *, difference: str = "ciede2000") -> Floats:
    """How far each of many palettes is from one: float64 (n,), a row of `distances`.

    Raises
    ------
    OptionError, UnknownNameError : as by `distances`.

    Examples
    --------
    >>> black, gray, white = (Palette.from_dict({"colors": [c]}) for c in ("#000", "#777", "#fff"))
    >>> distances_to(black, [gray, white], difference="oklab").round(2).tolist()
    [0.57, 1.0]
    """
    measure = checked(difference)
    return _away(weighted(one, measure), [weighted(palette, measure) for palette in palettes], measure)


def _away(one: Weighted, others: Sequence[Weighted], measure: Difference) -> Floats:
    """How far others are from one: all side by side, as a call costs more than the arithmetic."""
    if not others:
        return np.zeros(0)
    ends = np.cumsum([len(other.weights) for other in others], dtype=np.int64)
    points = np.concatenate([other.points for other in others])
    costs = kernel.straight(one.points, points) if measure.euclidean else measure(one.points[:, None], points)
    weights = np.concatenate([other.weights for other in others])
    # so that the way back is as long, to the bit
    turned = np.array([other.key < one.key for other in others], np.uint8)
    return kernel.fares(one.weights, weights, ends, costs, turned)
