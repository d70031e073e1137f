"""Names of colors, in words that people know."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pochade.color.difference import differences
from pochade.color.parse import css_names
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, parse_hex


def nearest(colors: Sequence[tuple[int, int, int]]) -> list[str]:
    """The nearest CSS name of each sRGB color, by CIEDE2000.

    Examples
    --------
    >>> nearest([(250, 128, 113)])
    ['salmon']
    """
    if not colors:
        return []
    names, points = _vocabulary()
    ciede2000 = differences["ciede2000"].value
    return [names[i] for i in ciede2000(_cielab(colors)[:, None], points[None]).argmin(1)]


@cache
def _vocabulary() -> tuple[list[str], NDArray[np.float64]]:
    table = css_names()
    return list(table), _cielab([parse_hex(color) for color in table.values()])


def _cielab(codes: Sequence[ArrayLike]) -> NDArray[np.float64]:
    return spaces["cielab"].value.from_linear(decode(np.array(codes, np.uint8)))
