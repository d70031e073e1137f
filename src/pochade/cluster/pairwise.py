"""What the methods that work from pairwise differences share: the measure, and fewer points where pairs are many.

Their option `difference` names a color difference; None is the straight distance in the chosen space. A difference that
is itself a straight distance, such as CIE76, is one in its own space; only the others need a matrix.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Points, Weights
from pochade.color.difference import Difference, differences
from pochade.color.spaces import Space, spaces

MAX_POINTS = 2048
"""The most points whose pairs are all compared: 16 MB in float32, and 0.13 s of CIEDE2000. More points are first merged
into cells; the pages of the methods give the cost."""

PAIRS = 1 << 16
"""Pairs worked out at a time: what they need stays in a core's own cache."""

HALVINGS = 12
"""Rounds of the search for the size of cells: the last changes it by a 4,000th of the largest."""

STEP = 8
"""Codes from one color to the next where a space is measured: the width of a bin of 32 levels a channel."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How far apart colors are, between coordinates in the space `space`.

    formula : the difference where it is no straight distance, else None.
    """

    space: Space
    formula: Difference | None

    @property
    def straight(self) -> bool:
        """Whether it is the straight distance between coordinates."""
        return self.formula is None

    def __call__(self, a: Points, b: Points) -> Weights:
        """The differences of coordinates (..., 3) and (..., 3), broadcast.

        Where the order of the two matters, as in CIE94 and CMC, the mean of both orders.
        """
        if self.formula is None:
            squared: Weights = np.square(a[..., 0] - b[..., 0])
            squared += np.square(a[..., 1] - b[..., 1])
            squared += np.square(a[..., 2] - b[..., 2])
            return np.sqrt(squared)
        there = self.formula(a, b)
        return there if self.formula.symmetric else (there + self.formula(b, a)) / 2

    def matrix(self, points: Points) -> NDArray[np.float32]:
        """All differences of some points, float32 (n, n), the same both ways to the bit."""
        far = np.empty((len(points), len(points)), np.float32)
        for block in _rows(len(points), max(1, PAIRS // len(points))):
            far[block, block.start :] = self(points[block, None], points[block.start :])
            square = far[block, block]
            np.minimum(square, square.T.copy(), out=square)
            far[block.stop :, block] = far[block, block.stop :].T
        return far

    def between(self, a: Points, b: Points) -> NDArray[np.float32]:
        """All differences of some points to others, float32 (len(a), len(b))."""
        far = np.empty((len(a), len(b)), np.float32)
        for block in _rows(len(a), max(1, PAIRS // len(b))):
            far[block] = self(a[block, None], b)
        return far


def _rows(n: int, step: int) -> list[slice]:
    """n rows, so many at a time."""
    return [slice(start, min(n, start + step)) for start in range(0, n, step)]


def measured(points: Points, colors: Points, space: Space, difference: str | None) -> tuple[Measure, Points]:
    """The measure that an option `difference` means, and the coordinates of the points that it takes.

    points : float64 (n, 3), `space`. colors : the same in linear-light sRGB.

    Raises
    ------
    UnknownNameError : where there is no such difference.
    """
    if difference is None:
        return Measure(space, None), points
    formula = differences[difference]
    its = spaces[formula.space]
    return Measure(its, None if formula.euclidean else formula), np.ascontiguousarray(its.from_linear(colors))


def visible(measure: Measure) -> float:
    """What a just visible step, a CIEDE2000 of 1, measures: the median over the whole of sRGB.

    Each of 7 x 7 x 7 colors is compared with those a bin's width more and less along red, green and blue.

    Examples
    --------
    >>> round(visible(Measure(spaces["cielab"], None)), 2)
    2.04
    >>> round(visible(Measure(spaces["oklab"], None)), 4)
    0.0072
    """
    from pochade.color.srgb import decode

    codes = np.stack(np.meshgrid(*[np.arange(8.0, 240, 36)] * 3, indexing="ij"), -1).reshape(-1, 1, 3)
    here, there = decode(codes), decode(codes + STEP * np.vstack([np.eye(3), -np.eye(3)]))
    steps = differences["ciede2000"].of_linear(here, there)
    measures = measure(measure.space.from_linear(here), measure.space.from_linear(there))
    return float(np.median(measures / steps))


@dataclass(frozen=True, slots=True)
class Cells:
    """Points gathered where they lie close.

    points : float64 (m, 3), weighted means. weights : float64 (m,), sums. of : int32 (n,), each point's cell.
    """

    points: Points
    weights: Weights
    of: NDArray[np.int32]


def cells(points: Points, weights: Weights, most: int | None = None) -> Cells:
    """The points themselves where they are at most so many; else gathered in the smallest cubes that are at most.

    most : 8 or more, as cubes of the whole extent may be 8; None: `MAX_POINTS`.
    """
    most = MAX_POINTS if most is None else most
    if len(points) <= most:
        return Cells(points, weights, np.arange(len(points), dtype=np.int32))
    from_corner = points - points.min(0)
    small, large = 0.0, float(from_corner.max())
    for _ in range(HALVINGS):
        side = (small + large) / 2
        if len(np.unique(_cubes(from_corner, side))) > most:
            small = side
        else:
            large = side
    _, of = np.unique(_cubes(from_corner, large), return_inverse=True)
    mass: Weights = np.bincount(of, weights).astype(np.float64)
    return Cells(means(points, weights, of, len(mass)), mass, of.astype(np.int32))


def _cubes(from_corner: Points, side: float) -> NDArray[np.int64]:
    """The number of the cube of that side in which each point is."""
    x, y, z = np.floor(from_corner / side).astype(np.int64).T
    number: NDArray[np.int64] = (x << 40) + (y << 20) + z
    return number


def means(points: Points, weights: Weights, labels: NDArray[np.integer], m: int) -> Points:
    """The weighted means of m clusters, none empty: float64 (m, 3)."""
    held = np.bincount(labels, weights, m)
    return np.stack([np.bincount(labels, weights * channel, m) for channel in points.T], 1) / held[:, None]


def centers(points: Points, colors: Points, weights: Weights, labels: NDArray[np.integer], space: Space) -> Points:
    """The weighted means of the clusters in `space`: float64 (m, 3).

    Where an angle is among the coordinates, the means of the light, as angles have none.
    """
    m = int(labels.max()) + 1
    if space.hue is None:
        return means(points, weights, labels, m)
    return space.from_linear(means(colors, weights, labels, m))


def nearest(points: Points, chosen: Points, measure: Measure) -> NDArray[np.int32]:
    """The nearest of some colors to each point, the first of equals: int32 (n,)."""
    labels = np.empty(len(points), np.int32)
    for block in _rows(len(points), max(1, PAIRS // len(chosen))):
        labels[block] = measure(points[block, None], chosen).argmin(1)
    return labels
