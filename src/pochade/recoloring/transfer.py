"""Where the colors of a picture go when those of its palette do."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.spaces.oklab import LINEAR_FROM_LMS, ROOTS_FROM_OKLAB
from pochade.recoloring.lut import SIZE

Tone = Literal["local", "global"]

CHROMATIC = 0.05, 0.1
"""Oklab chroma from which a color is called one, and from which grays do not follow it at all; between them in part."""

GATE = 0.5
"""The part of an edited color's chroma from which colors follow in full; less chromatic ones follow less. It is taken
of 0.1 at least, which is wider than two steps of the lattice: a narrower gate would be an edge."""

TIP = 0.02
"""A color this near to black or white in lightness is that end of the tone curve."""

HALVINGS = 12
"""The way to the gamut's boundary is found to 1/4096 of it."""

SLACK, EASE = 1e-4, 0.03
"""How far outside of 0..1 linear light may lie: for rounding; and on the way, for sRGB is dented in Oklab, and a yellow
at its boundary would not find the way to pink."""

TOWARD = 0.5
"""What lies outside of sRGB is brought in toward the gray half as far from middle gray."""

FARTHEST = 0.8
"""No two colors of sRGB lie farther apart in Oklab's a and b."""

PINNED = 1e6
"""How much more a color that was edited weighs than one that was not, where the tone curve must stay monotone."""


def transferred(points: Array, before: Array, after: Array, weights: Array, tone: Tone) -> Array:
    """Where the nodes of the lattice go: Oklab, float64 (n, 3), within sRGB.

    points : Oklab (n, 3), all nodes in their order. before, after : the palette's colors, Oklab (k, 3).
    weights : (n, k), of `Influence`.
    tone : "local" moves lightness with the weights; "global" by one curve for the whole picture.
    """
    moved = np.flatnonzero((before != after).any(1))
    weights = weights[:, moved] * _gate(points, before[moved])
    if tone == "global":
        lightness = curve(points[:, 0], before[:, 0], after[:, 0], (before != after).any(1))
        told = curve(before[moved, 0], before[:, 0], after[:, 0], (before != after).any(1))
    else:
        steps = [
            curve(points[:, 0], before[i : i + 1, 0], after[i : i + 1, 0], np.array([True])) - points[:, 0]
            for i in moved
        ]
        lightness = points[:, 0] + sum(weight * step for weight, step in zip(weights.T, steps, strict=True))
        told = after[moved, 0]
    base = within(np.column_stack([lightness, points[:, 1:]]))
    starts = within(np.column_stack([told, before[moved, 1:]]))
    shift = np.zeros((len(points), 2))
    for weight, start, end in zip(weights.T, starts, after[moved], strict=True):
        shift += _step(base, start, end) * weight[:, None]
    return within(np.column_stack([base[:, 0], base[:, 1:] + shift]))


def curve(lightness: Array, before: Array, after: Array, edited: NDArray[np.bool_]) -> Array:
    """Lightness by the piecewise linear, monotone curve from black to white through the palette's, float64 (n,).

    Where the edited colors would turn the order of others around, those follow.
    """
    order = np.argsort(before, kind="stable")
    x, y = before[order], monotone(after[order], np.where(edited[order], PINNED, 1.0))
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
    """How far points are colored enough to follow each edited color: float64 (n, k), 0..1; all 1 for an edited gray."""
    own = np.hypot(before[:, 1], before[:, 2])
    low, high = CHROMATIC
    kept = ((own - low) / (high - low)).clip(0, 1)
    chroma = np.hypot(points[:, 1], points[:, 2])[:, None]
    t = (chroma / (GATE * np.maximum(own, high))).clip(0, 1)
    gate: Array = 1 - kept * (1 - t * t * (3 - 2 * t))
    return gate


def _step(points: Array, start: Array, end: Array) -> Array:
    """How the nodes move in a and b when a color goes from start to end of the same lightness: float64 (n, 2).

    In parallel, and by the same part of the way to the gamut's boundary where there is less room. How much there is
    changes slowly, and is worked out at every second node of each channel.
    """
    way = end[1:] - start[1:]
    length = float(np.hypot(*way))
    if length < 1e-9:
        return np.zeros((len(points), 2))
    farthest = np.array([0.0, *(way / length * FARTHEST)])
    own = max(FARTHEST * float(reach(start[None], farthest, EASE)[0]), length)
    every_second = points.reshape(SIZE, SIZE, SIZE, 3)[::2, ::2, ::2].reshape(-1, 3)
    room = FARTHEST * _enlarged(reach(every_second, farthest, EASE))
    return np.minimum(room / own, 1)[:, None] * way


def _enlarged(values: Array) -> Array:
    """Values at every second node, as values at all: float64 (SIZE ** 3,), those between by the mean of both sides."""
    side = (SIZE + 1) // 2
    made = values.reshape(side, side, side)
    for axis in range(3):
        made = np.moveaxis(made, axis, 0)
        wide = np.empty((SIZE, *made.shape[1:]))
        wide[::2] = made
        wide[1::2] = (made[:-1] + made[1:]) / 2
        made = np.moveaxis(wide, 0, axis)
    return made.reshape(-1)


def within(points: Array) -> Array:
    """Points, those outside of sRGB brought in on the way to a gray nearer to the middle: Oklab, float64 (n, 3).

    With lightness kept, as a palette's colors are brought in, one step past yellow would lose half of its chroma, and a
    smooth picture would get an edge there.

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
    """The part of a way that can be gone before it leaves sRGB: float64 (n,), 0..1.

    points : Oklab (n, 3), inside. way : as much, or the same one for all.
    """
    start, along = ROOTS_FROM_OKLAB @ points.T, ROOTS_FROM_OKLAB @ np.atleast_2d(way).T
    reach, step = np.zeros(len(points)), 1.0
    for _ in range(HALVINGS):
        step /= 2
        reach += step * _fits(start + (reach + step) * along, slack)
    return reach


def _fits(roots: Array, slack: float) -> NDArray[np.bool_]:
    """Whether colors lie in sRGB: bool (n,). roots : float64 (3, n), the cube roots that Oklab is a turn of."""
    linear = LINEAR_FROM_LMS @ (roots * roots * roots)
    return np.asarray((linear.min(0) >= -slack) & (linear.max(0) <= 1 + slack))
