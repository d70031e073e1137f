"""The region of a picture that counts: a box in pixels or in fractions."""

import math
import numbers
from collections.abc import Sequence

from pochade.errors import OptionError
from pochade.source.picture import Box

REGION = (
    "left, top, right, bottom: four integers in pixels, or four numbers from 0 to 1 with a decimal "
    "point, in fractions of the width and height"
)
"""The allowed regions, in words."""


def region_box(region: Sequence[float] | None, width: int, height: int, name: str) -> Box:
    """The region in pixels of a picture in EXIF orientation; the whole picture for None.

    Fractions are rounded to the nearest pixel edge, so regions that share an edge share no pixel.

    Raises
    ------
    OptionError : the region is not four numbers, extends beyond the picture, or holds no pixel.
    """
    if region is None:
        return 0, 0, width, height
    edges = _edges(region)
    fractions = any(not isinstance(edge, numbers.Integral) for edge in edges)
    if fractions and not all(0 <= edge <= 1 for edge in edges):
        raise OptionError(f"region={region!r} is not allowed: give {REGION}.")
    if fractions:
        scales = (width, height, width, height)
        left, top, right, bottom = (math.floor(edge * scale + 0.5) for edge, scale in zip(edges, scales, strict=True))
    else:
        left, top, right, bottom = (int(edge) for edge in edges)
    if not (0 <= left < right <= width and 0 <= top < bottom <= height):
        raise OptionError(
            f"region={region!r} holds no pixel of {name}, or extends beyond it; "
            f"it must lie within 0, 0, {width}, {height}, left before right and top before bottom."
        )
    return left, top, right, bottom


def _edges(region: Sequence[float]) -> list[float]:
    try:
        edges = list(region)
    except TypeError:
        edges = []
    if len(edges) != 4 or not all(
        isinstance(edge, numbers.Real) and not isinstance(edge, bool) and math.isfinite(edge) for edge in edges
    ):
        raise OptionError(f"region={region!r} is not allowed: give {REGION}.")
    return edges
