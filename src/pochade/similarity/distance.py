"""The distance of palettes: the mean distance that their colors move when one becomes the other.

References
----------
Yossi Rubner, Carlo Tomasi and Leonidas J. Guibas, 2000: "The Earth Mover's Distance as a metric for image retrieval",
International Journal of Computer Vision 40(2). It is a metric if the color difference is one, as in Oklab.
CIEDE2000 breaks the triangle inequality (Gaurav Sharma and others, 2005), and so does the distance by it.
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
    """A palette ready to measure: each color once, sorted by code, so the order of the palette does not matter.

    codes : uint8 (m, 3). weights : float64 (m,), sum 1. points : float64 (m, 3), in the space of the difference.
    """

    codes: NDArray[np.uint8]
    weights: Floats
    points: Floats

    @property
    def key(self) -> tuple[bytes, bytes]:
        """The sort key of two palettes, for a result that is independent of their order."""
        return self.codes.tobytes(), self.weights.tobytes()


def check_difference(difference: str) -> Difference:
    """The color difference with a name.

    Raises
    ------
    UnknownNameError : none has this name. OptionError : it is not symmetric.
    """
    measure = differences[difference]
    if not measure.symmetric:
        known = ", ".join(entry.name for entry in differences.entries if entry.value.symmetric)
        raise OptionError(
            f"difference={difference!r} is not allowed: it is not symmetric, so the distance of two palettes would "
            f"depend on their order. Give one of {known}."
        )
    return measure


def normalize(palette: Palette, difference: Difference) -> Weighted:
    """The distinct colors of a palette, with weights of sum 1.

    Raises
    ------
    OptionError : it is not a palette, has no colors, or all weights are 0.
    """
    if not isinstance(palette, Palette):
        raise OptionError(
            f"a {type(palette).__name__} is not a palette: give palettes, for example of pochade.extract(picture)."
        )
    total = math.fsum(color.weight for color in palette)
    if not total > 0:
        raise OptionError(
            "a palette without colors, or with weights of 0 only, cannot be compared: give a color some weight."
        )
    shares: dict[tuple[int, int, int], float] = {}
    for color in sorted(palette, key=lambda color: (color.srgb, color.weight)):
        if color.weight:
            shares[color.srgb] = shares.get(color.srgb, 0.0) + color.weight / total
    codes = np.array(list(shares), np.uint8)
    points = np.ascontiguousarray(spaces[difference.space].from_linear(decode(codes)))
    return Weighted(codes, np.array(list(shares.values())), points)


def transport(a: Weighted, b: Weighted, costs: Floats) -> tuple[float, Floats]:
    """The distance of two palettes and the flow, float64 (m, n). `a` has the lower key."""
    flow = kernel.transport(a.weights, b.weights, costs)
    return float(np.cumsum(flow * costs)[-1]), flow  # summed in order, as in `kernel.fares`


def earth_mover(points: ArrayLike, weights: ArrayLike, others: ArrayLike, their_weights: ArrayLike) -> float:
    """The Earth Mover's Distance of two weighted point sets, by Euclidean distance: the mean distance moved.

    Parameters
    ----------
    points, others : (m, 3) and (n, 3), in one space such as Oklab; float64 is fastest.
    weights, their_weights : (m,) and (n,), at least 0; each is divided by its sum.

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
    """The distances of all pairs of palettes: float64 (n, n), symmetric, 0 on the diagonal.

    It is the Earth Mover's Distance: the mean color difference over the whole picture when one palette turns into the
    other with the least total change.

    Parameters
    ----------
    difference : the name of a symmetric color difference in `pochade.color.difference.differences`.

    Raises
    ------
    OptionError : an item is not a palette or is empty, or the difference is not symmetric.
    UnknownNameError : no difference has this name.

    Examples
    --------
    >>> black, gray, white = (Palette.from_dict({"colors": [c]}) for c in ("#000", "#777", "#fff"))
    >>> distances([black, gray, white], difference="oklab").round(2).tolist()
    [[0.0, 0.57, 1.0], [0.57, 0.0, 0.43], [1.0, 0.43, 0.0]]
    """
    measure = check_difference(difference)
    items = [normalize(palette, measure) for palette in palettes]
    out = np.zeros((len(items), len(items)))
    by_key = sorted(range(len(items)), key=lambda i: items[i].key)
    for at, i in enumerate(by_key[:-1], 1):
        others = by_key[at:]
        out[i, others] = out[others, i] = _away(items[i], [items[j] for j in others], measure)
    return out


def distances_to(one: Palette, palettes: Sequence[Palette], *, difference: str = "ciede2000") -> Floats:
    """The distances of palettes to one palette: float64 (n,), a row of `distances`.

    Raises
    ------
    OptionError, UnknownNameError : as for `distances`.

    Examples
    --------
    >>> black, gray, white = (Palette.from_dict({"colors": [c]}) for c in ("#000", "#777", "#fff"))
    >>> distances_to(black, [gray, white], difference="oklab").round(2).tolist()
    [0.57, 1.0]
    """
    measure = check_difference(difference)
    return _away(normalize(one, measure), [normalize(palette, measure) for palette in palettes], measure)


def _away(one: Weighted, others: Sequence[Weighted], measure: Difference) -> Floats:
    """The distances of others to one, in a single call of the kernel: a call costs more than the arithmetic."""
    if not others:
        return np.zeros(0)
    ends = np.cumsum([len(other.weights) for other in others], dtype=np.int64)
    points = np.concatenate([other.points for other in others])
    costs = kernel.straight(one.points, points) if measure.euclidean else measure(one.points[:, None], points)
    weights = np.concatenate([other.weights for other in others])
    # both directions then give the same distance, to the bit
    swapped = np.array([other.key < one.key for other in others], np.uint8)
    return kernel.fares(one.weights, weights, ends, costs, swapped)
