"""The nearest of many colors by CIEDE2000, without working out all of it.

CIEDE2000 is dear, and no metric, so that no tree holds it. But it is never less than a straight distance in CIELAB that
is easily had for all pairs; only names that this bound cannot rule out are compared.

The bound. With symbols as in Sharma, Wu and Dalal (2005), the squared difference is

    (dL / S_L)^2 + (dC' / S_C)^2 + (dH' / S_H)^2 + R_T (dC' / S_C) (dH' / S_H).

1. The last three are at least (1 - |R_T| / 2) times the sum of the two squares, for 2xy <= x^2 + y^2.
2. S_H <= S_C, as 0.015 T <= 0.015 * 1.93 < 0.045; and dC'^2 + dH'^2 = da'^2 + db^2 >= da^2 + db^2, as a' is a
   stretched. So they are at least (1 - |R_T| / 2) (da^2 + db^2) / S_C^2.
3. S_L and S_C grow with the distance of the mean from L* = 50 and from gray. Where some name is U away, all that are
   nearer lie within a certain distance of the color, so their means do too, and S_L, S_C and R_T have bounds.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences

_WIDEST = 275.0
"""No two colors of sRGB are farther apart in a* and b*: the sides of their box are 184.5 and 202.4."""

_ROOM = 0.05
"""More than what float32 may add to a squared difference: coordinates, up to 1,000 here, are good to 6e-5."""

_BLOCK = 1 << 16
"""Pairs at a time: arrays of 256 kB, a few of which a core's own cache holds."""

_DECIMALS = 9
"""Differences that agree so far are equal, and the first name is taken: the last bits are not the same everywhere."""


def closest(colors: Array, names: Array) -> NDArray[np.intp]:
    """For each color, which of the names is nearest by CIEDE2000, the first of equals: (m,).

    Parameters
    ----------
    colors, names : float64 (m, 3) and (n, 3), CIELAB of colors of sRGB.
    """
    ciede2000 = differences["ciede2000"]
    own = _scales(colors, np.zeros(len(colors)))
    likely = np.concatenate([squared.argmin(1) for _, squared in _squared(colors, names, *own)])
    least = ciede2000(colors, names[likely])
    light, plane = _scales(colors, least)
    reach = ((least**2 + _ROOM) * plane).astype(np.float32)[:, None]
    near = [
        np.flatnonzero(squared <= reach[start : start + len(squared)]) + start * len(names)
        for start, squared in _squared(colors, names, light, plane)
    ]
    at, candidate = np.divmod(np.concatenate(near), len(names))
    exact = ciede2000(colors[at], names[candidate]).round(_DECIMALS)
    best = np.minimum.reduceat(exact, np.flatnonzero(np.diff(at, prepend=-1)))
    equal = np.flatnonzero(exact == best[at])
    return candidate[equal[np.unique(at[equal], return_index=True)[1]]]


def closest_apart(colors: Array, names: Array) -> NDArray[np.intp]:
    """For each color another name: of all pairs of both, the nearest pair first, then the nearest of those left."""
    away = differences["ciede2000"](colors[:, None], names[None]).round(_DECIMALS)
    found = np.full(len(colors), -1)
    choice, best = away.argmin(1), away.min(1)
    for _ in colors:
        i = int(best.argmin())
        found[i] = choice[i]
        best[i], away[i] = np.inf, np.inf
        away[:, found[i]] = np.inf
        for j in np.flatnonzero((choice == found[i]) & (found < 0)):
            choice[j], best[j] = away[j].argmin(), away[j].min()
    return found


def _squared(colors: Array, names: Array, light: Array, plane: Array) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Squared distances, float32 (rows, n), in blocks of rows, each with where it starts.

    That of lightness is taken `plane` / `light` times, that of a* and b* as it is.
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
            away = left[axis, block] - right[axis]
            away *= away
            squared += away
        yield start, squared


def _scales(colors: Array, least: Array) -> tuple[Array, Array]:
    """What the bound divides squared distances by, where a name is `least` away; where that is 0, the color's own."""
    light, chroma = np.abs(colors[:, 0] - 50), np.hypot(colors[:, 1], colors[:, 2])
    light = np.minimum(light + least, 50)  # S_L is at most 1.75, and the mean goes half of the way
    scale = 1 + 0.015 * light**2 / np.sqrt(20 + light**2)
    far = np.where(least > 0, _WIDEST, 0.0)
    for _ in range(4):  # each round's distance is a bound, and a better one
        spread, rotated = _spread(chroma + far / 2), _rotated(colors[:, 2] - far, chroma + far / 2)
        far = np.minimum(far, least * spread / np.sqrt(rotated))
    return scale**2, spread**2 / rotated


def _stretched(chroma: Array) -> Array:
    """C' of a mean chroma, which grows with it."""
    return chroma * (1.5 - 0.5 * _saturating(chroma))


def _saturating(chroma: Array) -> Array:
    seventh: Array = chroma**7
    return np.sqrt(seventh / (seventh + 25.0**7))


def _spread(chroma: Array) -> Array:
    """S_C of a mean chroma."""
    return 1 + 0.045 * _stretched(chroma)


def _rotated(lowest: Array, chroma: Array) -> Array:
    """1 - |R_T| / 2 at its least, for mean chromas up to `chroma`.

    The rotation is for blue, at 275 degrees with a width of 25. Where b* cannot be negative, the mean hue is at most
    180 degrees. Elsewhere the angle may be the whole 60 degrees.
    """
    angle = np.where(lowest > 0, 60 * np.exp(-((95 / 25) ** 2)), 60.0)
    return 1 - _saturating(_stretched(chroma)) * np.sin(np.deg2rad(angle))
