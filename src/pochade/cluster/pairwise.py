"""The measure of methods that use pairwise differences, and the merging of points when there are too many pairs.

Their option `difference` names a color difference; None is the straight distance in the chosen space. A difference such
as CIE76 is the straight distance in its own space; only the other differences need a matrix.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.cluster import Points, Weights
from pochade.color.difference import Difference, differences
from pochade.color.spaces import Space, spaces

MAX_POINTS = 2048
"""The most points for a matrix of all pairs: 16 MB in float32, and 0.13 s of CIEDE2000. More points are first merged
into cells; the pages of the methods give the loss."""

PAIRS = 1 << 16
"""Pairs computed at a time, so that their arrays fit into the cache of a core."""

HALVINGS = 12
"""Rounds of the search for the size of cells; the last changes it by a 4,000th of the largest size."""

STEP = 8
"""The step in codes for measuring a space: the width of a bin with 32 levels a channel."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The difference between colors, given by coordinates in `space`.

    formula : the formula of the difference; None for the straight distance.
    """

    space: Space
    formula: Difference | None

    @property
    def straight(self) -> bool:
        """Whether the difference is the straight distance."""
        return self.formula is None

    def __call__(self, a: Points, b: Points) -> Weights:
        """The differences of coordinates (..., 3) and (..., 3), broadcast.

        If the order of the two matters, as in CIE94 and CMC, it is the mean of both orders.
        """
        if self.formula is None:
            squared: Weights = np.square(a[..., 0] - b[..., 0])
            squared += np.square(a[..., 1] - b[..., 1])
            squared += np.square(a[..., 2] - b[..., 2])
            return np.sqrt(squared)
        there = self.formula(a, b)
        return there if self.formula.symmetric else (there + self.formula(b, a)) / 2

    def matrix(self, points: Points) -> NDArray[np.float32]:
        """All differences between points, float32 (n, n), symmetric to the bit."""
        far = np.empty((len(points), len(points)), np.float32)
        for block in _rows(len(points), max(1, PAIRS // len(points))):
            far[block, block.start :] = self(points[block, None], points[block.start :])
            square = far[block, block]
            np.minimum(square, square.T.copy(), out=square)
            far[block.stop :, block] = far[block, block.stop :].T
        return far

    def between(self, a: Points, b: Points) -> NDArray[np.float32]:
        """All differences between two sets of points, float32 (len(a), len(b))."""
        far = np.empty((len(a), len(b)), np.float32)
        for block in _rows(len(a), max(1, PAIRS // len(b))):
            far[block] = self(a[block, None], b)
        return far


def _rows(n: int, step: int) -> list[slice]:
    """Slices of n rows, at most `step` rows each."""
    return [slice(start, min(n, start + step)) for start in range(0, n, step)]


def measured(points: Points, colors: Points, space: Space, difference: str | None) -> tuple[Measure, Points]:
    """The measure for an option `difference`, and the coordinates of the points in its space.

    points : float64 (n, 3), `space`. colors : the same points in linear-light sRGB.

    Raises
    ------
    UnknownNameError : the difference does not exist.
    """
    if difference is None:
        return Measure(space, None), points
    formula = differences[difference]
    its = spaces[formula.space]
    return Measure(its, None if formula.euclidean else formula), np.ascontiguousarray(its.from_linear(colors))


def visible(measure: Measure) -> float:
    """The measure of a just noticeable difference, a CIEDE2000 of 1: the median over all of sRGB.

    Each of 7 x 7 x 7 colors is compared with its neighbors a bin's width away along red, green and blue.

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
    """Points merged with close ones.

    points : float64 (m, 3), weighted means. weights : float64 (m,), sums. of : int32 (n,), the cell of each point.
    """

    points: Points
    weights: Weights
    of: NDArray[np.int32]


def cells(points: Points, weights: Weights, most: int | None = None) -> Cells:
    """Merge points in the smallest cubes that give at most `most` cells; fewer points stay the same.

    most : 8 or more, the number of cubes as large as the whole extent; None for `MAX_POINTS`.
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
    """The number of each point's cube, for cubes with that side."""
    x, y, z = np.floor(from_corner / side).astype(np.int64).T
    number: NDArray[np.int64] = (x << 40) + (y << 20) + z
    return number


def means(points: Points, weights: Weights, labels: NDArray[np.integer], m: int) -> Points:
    """The weighted means of m clusters, none of them empty: float64 (m, 3)."""
    held = np.bincount(labels, weights, m)
    return np.stack([np.bincount(labels, weights * channel, m) for channel in points.T], 1) / held[:, None]


def centers(points: Points, colors: Points, weights: Weights, labels: NDArray[np.integer], space: Space) -> Points:
    """The weighted means of the clusters in `space`: float64 (m, 3).

    If a coordinate is an angle, it is the mean in linear light, because angles have no mean.
    """
    m = int(labels.max()) + 1
    if space.hue is None:
        return means(points, weights, labels, m)
    return space.from_linear(means(colors, weights, labels, m))


def nearest(points: Points, chosen: Points, measure: Measure) -> NDArray[np.int32]:
    """The index of the nearest chosen color to each point, the first of equals: int32 (n,)."""
    labels = np.empty(len(points), np.int32)
    for block in _rows(len(points), max(1, PAIRS // len(chosen))):
        labels[block] = measure(points[block, None], chosen).argmin(1)
    return labels
