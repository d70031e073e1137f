"""The nearest color of a palette: the NumPy twin of _nearest.pyx, and its specification.

Distances are computed in float32, with the same order of operations, so both twins agree to the bit.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.bins import _LMS, _OKLAB
from pochade.kernel.count import Codes, bins_of
from pochade.kernel.levels import LEVEL, LINEAR

LIGHT: NDArray[np.float32] = np.ascontiguousarray(_LMS[:, :, None] * LINEAR, np.float32)
"""The contribution of each code of each channel to each cone: float32 (cone, channel, 256)."""

MANY = "a palette must have 1 to 256 colors."

FROM_ROOTS: NDArray[np.float32] = _OKLAB.astype(np.float32)

LAST: NDArray[np.uint8] = (np.searchsorted(LEVEL, LEVEL, side="right") - 1).astype(np.uint8)
"""uint8 (256,): the highest code in the level of each code."""


def _middle(level: Codes) -> NDArray[np.float32]:
    """The contribution of the middle of each code's level, as in LIGHT."""
    first = np.searchsorted(level, level)
    last = np.searchsorted(level, level, side="right") - 1
    return (LIGHT[..., last] + LIGHT[..., first]) / np.float32(2)


MIDDLE: dict[int, NDArray[np.float32]] = {1: _middle(LEVEL), 2: _middle((LEVEL >> 1).astype(np.uint8))}
"""The contributions of the middles of levels, 1, and of pairs of levels, 2."""


def points_of(codes: Codes, light: NDArray[np.float32] = LIGHT) -> NDArray[np.float32]:
    """Oklab in float32: codes uint8 (n, 3) to float32 (n, 3).

    light : the contribution of each code; with one of MIDDLE, the points are the middles of the colors' bins.
    """
    red, green, blue = codes.T
    return _points(light[:, 0, red] + light[:, 1, green] + light[:, 2, blue])


def _points(cones: NDArray[np.float32]) -> NDArray[np.float32]:
    """Oklab from cone responses.

    The cube root is a guess from the exponent and two of Halley's steps, correct except for the last bit.
    """
    roots: NDArray[Any] = (cones.view(np.uint32) // np.uint32(3) + np.uint32(0x2A50A2F5)).view(np.float32)
    for _ in range(2):
        cube = roots * roots * roots
        roots = roots * ((cube + (cones + cones)) / ((cube + cube) + cones))
    l, m, s = roots  # noqa: E741  the names of the cones
    points = [row[0] * l + row[1] * m + row[2] * s for row in FROM_ROOTS]
    return np.stack(points, 1)


class Nearest:
    """Finds the nearest color of a palette, the first of equals. It serves one thread at a time.

    palette : uint8 (m, 3), at most 256.
    table : uint8 (64 * 64 * 64,), the index for each bin, by a difference other than Oklab's; if None, the index is
        exact in Oklab.
    coarse : 0 is exact. With 1, all colors of a bin take the index for its middle; with 2, the colors of 2 x 2 x 2 bins
        take the index for their middle. But a bin with one color of the palette takes that color, and a bin with more
        is exact.

    Raises
    ------
    ValueError : the palette has no colors, or more than 256.
    """

    def __init__(self, palette: Codes, table: Codes | None = None, coarse: int = 0) -> None:
        self.palette = np.array(palette, np.uint8)
        if not 0 < len(self.palette) <= 256:
            raise ValueError(MANY)
        self._points, self._table, self._coarse = points_of(self.palette), table, coarse
        self._known: dict[int, int] = {}

    def of(self, codes: Codes) -> Codes:
        """The index for each pixel: codes uint8 (h, w, 3) to uint8 (h, w)."""
        if self._table is not None:
            return np.asarray(self._table[bins_of(codes)])
        packed = codes.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
        different, inverse = np.unique(packed, return_inverse=True)
        colors = (different[:, None] >> np.array([16, 8, 0], np.uint32) & np.uint32(255)).astype(np.uint8)
        indices = np.empty(len(colors), np.uint8)
        for start in range(0, len(colors), 4096):
            indices[start : start + 4096] = self._different(colors[start : start + 4096])
        return indices[inverse].reshape(codes.shape[:2])

    def _different(self, colors: Codes) -> NDArray[np.intp]:
        if not self._coarse:
            return self._nearest(points_of(colors))
        bins, own = bins_of(colors), bins_of(self.palette)
        inside = bins[:, None] == own
        many = inside.sum(1) > 1
        points = points_of(colors, MIDDLE[self._coarse])
        points[many] = points_of(colors[many])
        return np.where(inside.sum(1) == 1, inside.argmax(1), self._nearest(points))

    def _nearest(self, points: NDArray[np.float32]) -> NDArray[np.intp]:
        x = points[:, None] - self._points
        far = x[..., 0] * x[..., 0] + x[..., 1] * x[..., 1] + x[..., 2] * x[..., 2]
        return np.asarray(far.argmin(1))

    def one(self, color: tuple[int, ...]) -> int:
        """The index for one color."""
        packed = color[0] << 16 | color[1] << 8 | color[2]
        if packed not in self._known:
            self._known[packed] = int(self.of(np.array([[color]], np.uint8))[0, 0])
        return self._known[packed]
