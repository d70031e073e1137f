"""The points of a cloud: a picture's colors in a color space."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.errors import OptionError
from pochade.palette import Palette

CloudSpace = Literal["oklab", "cielab", "hsv", "rgb"]

MAX_POINTS = 6000
"""Limit of the points, so that a browser rotates them smoothly."""

STEPS = 12
"""Straight segments of each edge of the gamut."""

PITCH = 20.0
"""Elevation of the view, in degrees."""

Line = tuple[str, tuple[float, float, float], tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Stage:
    """The drawing of a space. title : its name. axes : name, start and end of each, in coordinates of the space.

    order : indices of the coordinates to the right, back and up. unit : length in the space of 1 in the drawing.
    yaw : initial angle in degrees, chosen so that axes do not overlap.
    """

    title: str
    axes: tuple[Line, ...]
    order: tuple[int, int, int]
    unit: float
    yaw: float = -32.0

    def to_drawing(self, coordinates: Array) -> Array:
        """Coordinates of the space as coordinates of the drawing: right, back, up."""
        drawing: Array = coordinates[..., list(self.order)] / self.unit
        return drawing


STAGES: Mapping[str, Stage] = {
    "oklab": Stage(
        "Oklab",
        (("L", (0, 0, 0), (1, 0, 0)), ("a", (0, -0.3, 0), (0, 0.3, 0)), ("b", (0, 0, -0.35), (0, 0, 0.25))),
        (1, 2, 0),
        1.0,
    ),
    "cielab": Stage(
        "CIELAB",
        (("L*", (0, 0, 0), (100, 0, 0)), ("a*", (0, -90, 0), (0, 100, 0)), ("b*", (0, 0, -110), (0, 0, 100))),
        (1, 2, 0),
        100.0,
    ),
    "hsv": Stage(
        "HSV",
        (
            ("value", (0, 0, 0), (0, 0, 1)),
            ("hue 0", (0, 0, 1), (1.12, 0, 1)),
            ("120", (0, 0, 1), (-0.56, 0.97, 1)),
            ("240", (0, 0, 1), (-0.56, -0.97, 1)),
        ),
        (0, 1, 2),
        1.0,
    ),
    "rgb": Stage(
        "RGB",
        (("red", (0, 0, 0), (1.1, 0, 0)), ("green", (0, 0, 0), (0, 1.1, 0)), ("blue", (0, 0, 0), (0, 0, 1.1))),
        (0, 1, 2),
        1.0,
        -60.0,
    ),
}
"""The spaces of a cloud; the first is the default. The axes a and b are in the plane L = 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The colors of a picture; similar colors of a cluster are merged.

    codes : float64 (n, 3), mean sRGB codes. shares : float64 (n,), of the picture. labels : int32 (n,), indices of the
    palette, -1 for points without a color.
    """

    codes: NDArray[np.float64]
    shares: NDArray[np.float64]
    labels: NDArray[np.int32]


def check_space(space: str) -> Stage:
    """The stage of a space; OptionError if the cloud cannot show it."""
    if space not in STAGES:
        raise OptionError(f"space={space!r} is not allowed: give one of {', '.join(STAGES)}.")
    return STAGES[space]


def points_of(palette: Palette, most: int = MAX_POINTS, shifts: Iterable[int] = (3, 4, 5)) -> Points:
    """The points of a palette's picture: means of similar colors of one cluster.

    Colors of different clusters are not merged, so small accents stay. most : limit of the points. shifts : sizes of
    cells, in bits of a code; the first that meets the limit is used.

    Raises
    ------
    OptionError : the palette was not extracted here.
    """
    origin = palette.origin
    if origin is None or not palette.colors:
        raise OptionError("a cloud needs the palette's picture: call extract() on the picture again.")
    index = np.full(len(origin.answer.codes) + 1, -1, np.int32)  # the last entry is for bins without a color
    index[origin.indices(palette.srgb)] = np.arange(len(palette))
    labels = index[origin.answer.labels]
    counted = origin.counted
    for shift in shifts:
        cell = (np.rint(counted.means).astype(np.int64) >> shift) @ (1 << 16, 1 << 8, 1)
        key, same = np.unique(cell * (len(palette) + 1) + labels + 1, return_inverse=True)
        if len(key) <= most:
            break
    counts = np.bincount(same, counted.counts)
    sums = np.stack([np.bincount(same, counted.sums[:, c]) for c in range(3)], 1)
    return Points(sums / counts[:, None], counts / counts.sum(), (key % (len(palette) + 1) - 1).astype(np.int32))


def to_drawing(codes: Array | NDArray[np.uint8], space: str) -> Array:
    """The drawing coordinates (right, back, up) of sRGB codes (..., 3) in a space."""
    return STAGES[space].to_drawing(spaces[space].from_linear(decode(codes)))


def gamut() -> Array:
    """Points on the twelve edges of the sRGB cube: float64 (12, STEPS + 1, 3), codes."""
    corners = np.array([[i >> 2 & 1, i >> 1 & 1, i & 1] for i in range(8)], np.float64) * 255
    ends = [(a, b) for a, b in combinations(range(8), 2) if (a ^ b) in (1, 2, 4)]
    along = np.linspace(0, 1, STEPS + 1)[:, None]
    return np.stack([corners[a] * (1 - along) + corners[b] * along for a, b in ends])


def axes(space: str) -> list[tuple[str, Array, Array]]:
    """The name, start and end of each axis, in drawing coordinates."""
    stage = STAGES[space]
    return [
        (name, stage.to_drawing(np.array(start, float)), stage.to_drawing(np.array(end, float)))
        for name, start, end in stage.axes
    ]
