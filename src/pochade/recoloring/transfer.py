"""Moves of a picture's colors from moves of its palette's."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.spaces.oklab import LINEAR_FROM_LMS, ROOTS_FROM_OKLAB
from pochade.recoloring.lut import SIZE

Tone = Literal["local", "global"]

CHROMATIC = 0.05, 0.1
"""Oklab chroma. Grays follow edited colors below the first, do not follow above the second, and follow in part
between."""

GATE = 0.5
"""The part of an edited color's chroma from which colors follow in full; less chromatic ones follow less. The chroma
counts as 0.1 at least, wider than two steps of the lattice: a narrower gate would show as an edge."""

TIP = 0.02
"""A color this close to black or white in lightness replaces that end of the tone curve."""

HALVINGS = 12
"""Bisection steps: the distance to the gamut's boundary is found to 1/4096."""

SLACK, EASE = 1e-4, 0.03
"""Tolerance of linear light outside of 0..1: for rounding; and along a move, because sRGB is not convex in Oklab, and a
yellow at its boundary could not move to pink."""

TOWARD = 0.5
"""Colors outside of sRGB are moved toward the gray at half the distance from middle gray."""

MAX_DISTANCE = 0.8
"""No two colors of sRGB are farther apart in Oklab's a and b."""

EDITED_WEIGHT = 1e6
"""Weight of an edited color against an unedited one when the tone curve is made monotone."""


def transferred(points: Array, before: Array, after: Array, weights: Array, tone: Tone) -> Array:
    """The new places of the lattice's nodes: Oklab, float64 (n, 3), within sRGB.

    points : Oklab (n, 3), all nodes in their order. before, after : the palette's colors, Oklab (k, 3).
    weights : (n, k), of `Influence`.
    tone : "local" moves lightness with the weights; "global" by one curve for the whole picture.
    """
    moved = np.flatnonzero((before != after).any(1))
    weights = weights[:, moved] * _gate(points, before[moved])
    if tone == "global":
        lightness = curve(points[:, 0], before[:, 0], after[:, 0], (before != after).any(1))
        starts_lightness = curve(before[moved, 0], before[:, 0], after[:, 0], (before != after).any(1))
    else:
        steps = [
            curve(points[:, 0], before[i : i + 1, 0], after[i : i + 1, 0], np.array([True])) - points[:, 0]
            for i in moved
        ]
        lightness = points[:, 0] + sum(weight * step for weight, step in zip(weights.T, steps, strict=True))
        starts_lightness = after[moved, 0]
    base = within(np.column_stack([lightness, points[:, 1:]]))
    starts = within(np.column_stack([starts_lightness, before[moved, 1:]]))
    shift = np.zeros((len(points), 2))
    for weight, start, end in zip(weights.T, starts, after[moved], strict=True):
        shift += _step(base, start, end) * weight[:, None]
    return within(np.column_stack([base[:, 0], base[:, 1:] + shift]))


def curve(lightness: Array, before: Array, after: Array, edited: NDArray[np.bool_]) -> Array:
    """Lightness by a monotone, piecewise linear curve from black to white through the palette's: float64 (n,).

    If edited colors would reverse the order of others, the others move.
    """
    order = np.argsort(before, kind="stable")
    x, y = before[order], monotone(after[order], np.where(edited[order], EDITED_WEIGHT, 1.0))
    if x[0] > TIP:
        x, y = np.concatenate([[0.0], x]), np.concatenate([[0.0], y])
    if x[-1] < 1 - TIP:
        x, y = np.concatenate([x, [1.0]]), np.concatenate([y, [1.0]])
    return np.interp(lightness, x, y)


def monotone(values: Array, weights: Array) -> Array:
    """The nearest values that never fall, by weighted squares: float64 (n,).

    References
    ----------
    Ayer, Brunk, Ewing, Reid and Silverman 1955, "An empirical distribution function for sampling with incomplete
    information": pool adjacent violators.

    Examples
    --------
    >>> monotone(np.array([1.0, 3.0, 2.0]), np.ones(3)).tolist()
    [1.0, 2.5, 2.5]
    """
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        count = 1
        while pools and pools[-1][0] > value:
            last, heavy, more = pools.pop()
            value = (value * weight + last * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + more
        pools.append((value, weight, count))
    return np.concatenate([np.full(count, value) for value, _, count in pools])


def _gate(points: Array, before: Array) -> Array:
    """How much points follow each edited color, by their chroma: float64 (n, k), 0..1; all 1 for an edited gray."""
    own = np.hypot(before[:, 1], before[:, 2])
    low, high = CHROMATIC
    strictness = ((own - low) / (high - low)).clip(0, 1)
    chroma = np.hypot(points[:, 1], points[:, 2])[:, None]
    t = (chroma / (GATE * np.maximum(own, high))).clip(0, 1)
    gate: Array = 1 - strictness * (1 - t * t * (3 - 2 * t))
    return gate


def _step(points: Array, start: Array, end: Array) -> Array:
    """The moves of the nodes in a and b when a color goes from start to end of the same lightness: float64 (n, 2).

    They are parallel, and with less room by the same part of the way to the gamut's boundary. The room changes slowly,
    so it is computed at every second node of each channel.
    """
    way = end[1:] - start[1:]
    length = float(np.hypot(*way))
    if length < 1e-9:
        return np.zeros((len(points), 2))
    farthest = np.array([0.0, *(way / length * MAX_DISTANCE)])
    own = max(MAX_DISTANCE * float(reach(start[None], farthest, EASE)[0]), length)
    every_second = points.reshape(SIZE, SIZE, SIZE, 3)[::2, ::2, ::2].reshape(-1, 3)
    room = MAX_DISTANCE * _enlarged(reach(every_second, farthest, EASE))
    return np.minimum(room / own, 1)[:, None] * way


def _enlarged(values: Array) -> Array:
    """Values at every second node interpolated to all nodes: float64 (SIZE ** 3,)."""
    side = (SIZE + 1) // 2
    grid = values.reshape(side, side, side)
    for axis in range(3):
        grid = np.moveaxis(grid, axis, 0)
        wide = np.empty((SIZE, *grid.shape[1:]))
        wide[::2] = grid
        wide[1::2] = (grid[:-1] + grid[1:]) / 2
        grid = np.moveaxis(wide, 0, axis)
    return grid.reshape(-1)


def within(points: Array) -> Array:
    """Points, those outside of sRGB moved inside toward a gray nearer to the middle: Oklab, float64 (n, 3).

    At constant lightness, as for a palette's colors, one step past yellow would lose half of its chroma, and a smooth
    picture would get an edge there.

    References
    ----------
    Bjoern Ottosson 2021, "Gamut clipping": projection toward a lightness that depends on the color's.
    """
    out = points.copy()
    out[:, 0] = out[:, 0].clip(0, 1)
    at = np.flatnonzero(~_fits(ROOTS_FROM_OKLAB @ out.T, SLACK))
    if not len(at):
        return out
    gray = np.zeros((len(at), 3))
    gray[:, 0] = 0.5 + (out[at, 0] - 0.5) * TOWARD
    way = out[at] - gray
    out[at] = gray + reach(gray, way, SLACK)[:, None] * way
    return out


def reach(points: Array, way: Array, slack: float) -> Array:
    """The part of each way that stays within sRGB: float64 (n,), 0..1.

    points : Oklab (n, 3), inside. way : Oklab (n, 3), or (3,) for all.
    """
    start, along = ROOTS_FROM_OKLAB @ points.T, ROOTS_FROM_OKLAB @ np.atleast_2d(way).T
    reach, step = np.zeros(len(points)), 1.0
    for _ in range(HALVINGS):
        step /= 2
        reach += step * _fits(start + (reach + step) * along, slack)
    return reach


def _fits(roots: Array, slack: float) -> NDArray[np.bool_]:
    """Whether colors lie in sRGB: bool (n,). roots : float64 (3, n), cube roots of cone responses."""
    linear = LINEAR_FROM_LMS @ (roots * roots * roots)
    return np.asarray((linear.min(0) >= -slack) & (linear.max(0) <= 1 + slack))
