"""The shades of colors: the same hues, lighter and darker, and the pairs that stay distinct in every view."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.color.srgb import decode, to_codes
from pochade.color.vision import Deficiency, simulate_codes

HALVINGS = 20
"""The halvings in the search for the largest chroma in gamut: to a millionth."""

ROUNDING = 1e-4
"""The tolerance of the gamut in linear light: a tenth of a code in the finest range."""

STEP = 0.005
"""The step of Oklab lightness, about one code."""


@dataclass(frozen=True, slots=True, eq=False)
class Shades:
    """c shades of each of m colors, nearest first; the first is the color itself.

    steps : int (c,), the offset of each shade in steps of Oklab lightness: 0, -1, 1, -2 ...
    codes : uint8 (m, c, 3), sRGB. cost : float64 (m, c), the change of Oklab lightness; infinite beyond black and
    white. fits : bool (m, c, m, c), whether two shades do not clash.
    """

    steps: NDArray[np.intp]
    codes: NDArray[np.uint8]
    cost: Array
    fits: NDArray[np.bool_]


def shades(
    codes: NDArray[np.uint8],
    bound: NDArray[np.bool_],
    views: Sequence[tuple[Deficiency, float]],
    apart: float,
    *,
    reach: int,
    stride: int = 1,
) -> Shades:
    """Shades of colors, up to `reach` steps of Oklab lightness up and down, every `stride`-th step.

    Parameters
    ----------
    codes : uint8 (m, 3), sRGB.
    bound : bool (m, m), symmetric: the pairs that must be `apart` (CIEDE2000), with normal vision and in each view.
    views : deficiencies and their severities.
    """
    count = reach // stride
    steps = np.array(sorted(range(-count, count + 1), key=lambda k: (abs(k), k)), np.intp) * stride
    shaded, cost = _shaded(codes, np.asarray(steps * STEP, np.float64))
    m, c = cost.shape
    sights = [shaded, *(simulate_codes(shaded, deficiency, severity) for deficiency, severity in views)]
    points = np.stack([spaces["cielab"].from_linear(decode(each)) for each in sights])
    ciede2000 = differences["ciede2000"]
    fits = np.ones((m, c, m, c), bool)
    for i, j in np.argwhere(np.triu(bound)).tolist():
        distinct = np.asarray((ciede2000(points[:, i, :, None], points[:, j, None, :]) >= apart).all(0))
        fits[i, :, j], fits[j, :, i] = distinct, distinct.T
    return Shades(steps, shaded, cost, fits)


def _shaded(codes: NDArray[np.uint8], offsets: Array) -> tuple[NDArray[np.uint8], Array]:
    """Each color at each offset of lightness, with its hue, and its chroma reduced to fit the gamut."""
    oklab = spaces["oklab"]
    points = np.repeat(oklab.from_linear(decode(codes))[:, None], len(offsets), axis=1)
    points[..., 0] += offsets
    cost = np.where((points[..., 0] >= 0) & (points[..., 0] <= 1), np.abs(offsets), np.inf)
    points[..., 0] = points[..., 0].clip(0, 1)
    low, high = np.zeros(cost.shape), np.ones(cost.shape)
    whole = _in_gamut(oklab.to_linear(points))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        inside = _in_gamut(oklab.to_linear(points * _chroma(middle)))
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    shaded = to_codes(oklab.to_linear(points * _chroma(np.where(whole, 1, low))))
    shaded[:, offsets == 0] = codes[:, None]
    cost[:, offsets == 0] = 0  # the lightness of white exceeds 1 by rounding
    return shaded, cost


def _chroma(share: Array) -> Array:
    return np.stack([np.ones(share.shape), share, share], axis=-1)


def _in_gamut(linear: Array) -> NDArray[np.bool_]:
    return np.asarray(((linear >= -ROUNDING) & (linear <= 1 + ROUNDING)).all(-1))
