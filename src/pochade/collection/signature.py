"""The signature of a picture: its exact histogram on an Oklab lattice, some forty cells, and those of its palette."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade.color.spaces import spaces
from pochade.color.srgb import decode
from pochade.histograms.histogram import Histogram

SIDE = 0.06
"""The side of a cell in Oklab: the median picture has 42 cells, and colors of one cell look alike."""

LEAST = 0.0003
"""The least share of a cell that is kept. 0.2 % of the pixels of a picture lie in smaller ones.

A color of the palette can cover less, or lie in several cells: at any share the nearest is kept, and all within `SIDE`.
"""

SPAN = np.array([17, 16, 16])
"""The cells along L, a and b: sRGB has L in 0..1, and a and b within -0.32..0.28."""

LOW = np.array([0.0, -0.48, -0.48])
"""The corner of the lattice."""


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """The cells of a picture, the largest share first.

    codes : uint8 (n, 3), the mean color of each cell, sRGB. shares : float32 (n,), of the picture.
    """

    codes: NDArray[np.uint8]
    shares: NDArray[np.float32]


def oklab_of(codes: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Oklab of sRGB codes: float64 (n, 3)."""
    return np.ascontiguousarray(spaces["oklab"].from_linear(decode(codes)))


def cells_of(oklab: NDArray[np.float64]) -> NDArray[np.int64]:
    """The cell of each color, float64 (n, 3), Oklab: int64 (n,), 0 to 17 * 16 * 16 - 1."""
    at = np.clip(np.floor((oklab - LOW) / SIDE), 0, SPAN - 1).astype(np.int64)
    cells: NDArray[np.int64] = (at[:, 0] * SPAN[1] + at[:, 1]) * SPAN[2] + at[:, 2]
    return cells


def signature(histogram: Histogram, colors: NDArray[np.uint8] | None = None) -> Signature:
    """The signature of a picture. colors : uint8 (m, 3), sRGB, those of its palette.

    Examples
    --------
    >>> import numpy as np, pochade
    >>> picture = np.zeros((10, 10, 3), np.uint8)
    >>> picture[:3] = 255, 0, 0
    >>> found = signature(pochade.histogram(pochade.read(picture)))
    >>> found.codes.tolist(), [round(share, 3) for share in found.shares.tolist()]
    ([[0, 0, 0], [255, 0, 0]], [0.7, 0.3])
    """
    cells = cells_of(histogram.oklab)
    counts = np.bincount(cells, histogram.counts.astype(np.float64))
    used = np.flatnonzero(counts)
    sums = [np.bincount(cells, histogram.sums[:, channel].astype(np.float64))[used] for channel in range(3)]
    shares = counts[used] / counts[used].sum()
    codes = np.rint(np.stack(sums, 1) / counts[used, None]).astype(np.uint8)
    kept = shares >= LEAST
    if colors is not None and len(colors):
        apart = ((oklab_of(codes)[None] - oklab_of(colors)[:, None]) ** 2).sum(2)
        kept[apart.argmin(1)] = True
        kept |= apart.min(0) <= SIDE**2
    order = np.lexsort((used, -shares))
    order = order[kept[order]]
    return Signature(codes[order], shares[order].astype(np.float32))
