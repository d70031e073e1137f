"""Nearest-neighbor search by CIEDE2000, without computing all pairs.

CIEDE2000 is slow to compute and is not a metric, so no search tree applies. But a scaled distance in CIELAB is a lower
bound of it, and is fast to compute for all pairs. Only the names that this bound cannot exclude are compared exactly.

The bound: with the symbols of Sharma, Wu and Dalal (2005), the squared difference is

    (dL / S_L)^2 + (dC' / S_C)^2 + (dH' / S_H)^2 + R_T (dC' / S_C) (dH' / S_H).

1. The sum of the last three terms is at least (1 - |R_T| / 2) times the sum of the two squares, because
   2xy <= x^2 + y^2.
2. S_H <= S_C, because 0.015 T <= 0.015 * 1.93 < 0.045; and dC'^2 + dH'^2 = da'^2 + db^2 >= da^2 + db^2, because a' is
   a stretched. So that sum is at least (1 - |R_T| / 2) (da^2 + db^2) / S_C^2.
3. S_L and S_C grow with the distance of the mean from L* = 50 and from gray. If the difference to some name is U, all
   nearer names lie within a certain distance of the color. So do the means, which bounds S_L, S_C and R_T.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences

_MAX_DISTANCE = 275.0
"""Upper bound of the distance of two sRGB colors in the a*b* plane: their bounding box has sides of 184.5 and 202.4."""

_MARGIN = 0.05
"""Exceeds the rounding error of a squared difference in float32: coordinates, here up to 1,000, are exact to 6e-5."""

_BLOCK = 1 << 16
"""Pairs in one block: arrays of 256 kB, a few of which fit into a core's own cache."""

_DECIMALS = 9
"""Differences equal to so many decimals count as ties, and the first name wins: the last bits depend on the machine."""


def closest(colors: Array, names: Array) -> NDArray[np.intp]:
    """For each color the index of the nearest name by CIEDE2000, the first if several are equally near: (m,).

    Parameters
    ----------
    colors, names : float64 (m, 3) and (n, 3), CIELAB of sRGB colors.
    """
    ciede2000 = differences["ciede2000"]
    own = _scales(colors, np.zeros(len(colors)))
    guess = np.concatenate([squared.argmin(1) for _, squared in _squared(colors, names, *own)])
    limit = ciede2000(colors, names[guess])
    light, plane = _scales(colors, limit)
    reach = ((limit**2 + _MARGIN) * plane).astype(np.float32)[:, None]
    near = [
        np.flatnonzero(squared <= reach[start : start + len(squared)]) + start * len(names)
        for start, squared in _squared(colors, names, light, plane)
    ]
    at, candidate = np.divmod(np.concatenate(near), len(names))
    exact = ciede2000(colors[at], names[candidate]).round(_DECIMALS)
    best = np.minimum.reduceat(exact, np.flatnonzero(np.diff(at, prepend=-1)))
    equal = np.flatnonzero(exact == best[at])
    return candidate[equal[np.unique(at[equal], return_index=True)[1]]]


def closest_unique(colors: Array, names: Array) -> NDArray[np.intp]:
    """For each color the index of a different name, assigned greedily: repeatedly the nearest remaining pair."""
    distance = differences["ciede2000"](colors[:, None], names[None]).round(_DECIMALS)
    matches = np.full(len(colors), -1)
    choice, best = distance.argmin(1), distance.min(1)
    for _ in colors:
        i = int(best.argmin())
        matches[i] = choice[i]
        best[i], distance[i] = np.inf, np.inf
        distance[:, matches[i]] = np.inf
        for j in np.flatnonzero((choice == matches[i]) & (matches < 0)):
            choice[j], best[j] = distance[j].argmin(), distance[j].min()
    return matches


def _squared(colors: Array, names: Array, light: Array, plane: Array) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Squared distances, float32 (rows, n), in blocks of rows, each with the index of its first row.

    The squared difference of lightness is multiplied by `plane` / `light`, those of a* and b* are not.
    """
    rows = max(1, _BLOCK // len(names))
    right = names.T[:, None].astype(np.float32)
    left = colors.T[..., None].astype(np.float32)
    left[0] *= (stretch := np.sqrt(plane / light).astype(np.float32)[:, None])
    for start in range(0, len(colors), rows):
        block = slice(start, start + rows)
        squared = stretch[block] * right[0]
        squared -= left[0, block]
        squared *= squared
        for axis in (1, 2):
            channel = left[axis, block] - right[axis]
            channel *= channel
            squared += channel
        yield start, squared


def _scales(colors: Array, limit: Array) -> tuple[Array, Array]:
    """The bound's divisors of squared distances in lightness and in the plane, for names up to `limit` from each color.

    If the limit is 0, they are the divisors of the color itself.
    """
    light, chroma = np.abs(colors[:, 0] - 50), np.hypot(colors[:, 1], colors[:, 2])
    light = np.minimum(light + limit, 50)  # S_L is at most 1.75, and the mean moves half of the distance
    scale = 1 + 0.015 * light**2 / np.sqrt(20 + light**2)
    far = np.where(limit > 0, _MAX_DISTANCE, 0.0)
    for _ in range(4):  # each round gives a tighter bound of the distance
        spread, rotated = _spread(chroma + far / 2), _rotated(colors[:, 2] - far, chroma + far / 2)
        far = np.minimum(far, limit * spread / np.sqrt(rotated))
    return scale**2, spread**2 / rotated


def _stretched(chroma: Array) -> Array:
    """C' of a mean chroma; it increases with the chroma."""
    return chroma * (1.5 - 0.5 * _saturating(chroma))


def _saturating(chroma: Array) -> Array:
    seventh: Array = chroma**7
    return np.sqrt(seventh / (seventh + 25.0**7))


def _spread(chroma: Array) -> Array:
    """S_C of a mean chroma."""
    return 1 + 0.045 * _stretched(chroma)


def _rotated(lowest: Array, chroma: Array) -> Array:
    """The minimum of 1 - |R_T| / 2 for mean chromas up to `chroma`.

    The rotation affects blue, at 275 degrees with a width of 25. If b* cannot be negative, the mean hue is at most 180
    degrees. Otherwise the angle may be the full 60 degrees.
    """
    angle = np.where(lowest > 0, 60 * np.exp(-((95 / 25) ** 2)), 60.0)
    return 1 - _saturating(_stretched(chroma)) * np.sin(np.deg2rad(angle))
