"""The sketch: real pixels on an even lattice, for the positions of colors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.source.pixels import Pixels, Strip

SIDE = 128
"""The most rows and columns of a sketch: 16,384 pixels, which locate a color to 1/128 of the picture."""

MAX_CONTRAST = 16
"""The largest difference of a channel between a solid pixel and its four neighbors: above the noise of JPEG, below the
steps of an antialiased edge."""

PLACE = 1 << 16
"""Places are integers in units of 1/65536 of the picture's width or height."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Real pixels of a picture on a lattice of at most 128 x 128.

    codes : uint8 (frames, h, w, 3), sRGB. alpha : uint8 (frames, h, w), or None if all are opaque.
    rows, columns : int64 (h,) and (w,), their places in 1/65536 of the picture's height and width.
    """

    codes: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    solid: NDArray[np.uint8]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]


class Lattice:
    """Builds the sketch of a picture strip by strip. The frames of an animation share one budget of pixels."""

    def __init__(self, pixels: Pixels) -> None:
        side = max(32, int(SIDE / pixels.frames**0.5))
        left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
        self._rows, self._columns = top + _spread(bottom - top, side), left + _spread(right - left, side)
        self._size = pixels.height, pixels.width
        shape = pixels.frames, len(self._rows), len(self._columns)
        self._codes, self._alpha = np.zeros((*shape, 3), np.uint8), np.zeros(shape, np.uint8)
        self._contrast = np.zeros(shape, np.uint8)

    def add(self, strip: Strip) -> None:
        """Sample the pixels of a strip that lie on the lattice."""
        y0, y1 = np.searchsorted(self._rows, (strip.top, strip.top + strip.codes.shape[0])).tolist()
        x0, x1 = np.searchsorted(self._columns, (strip.left, strip.left + strip.codes.shape[1])).tolist()
        rows, columns = self._rows[y0:y1] - strip.top, self._columns[x0:x1] - strip.left
        kernel.sample(strip.codes, rows, columns, self._codes[strip.frame, y0:y1, x0:x1])
        kernel.contrast(strip.codes, rows, columns, self._contrast[strip.frame, y0:y1, x0:x1])
        alpha = 255 if strip.alpha is None else strip.alpha[rows][:, columns]
        self._alpha[strip.frame, y0:y1, x0:x1] = alpha

    def sketch(self) -> Sketch:
        """The sketch of the strips added so far."""
        rows, columns = (
            ((2 * at + 1) * PLACE) // (2 * n) for at, n in zip((self._rows, self._columns), self._size, strict=True)
        )
        alpha = None if self._alpha.min() == 255 else self._alpha
        return Sketch(self._codes, alpha, (self._contrast <= MAX_CONTRAST).astype(np.uint8), rows, columns)


def _spread(n: int, limit: int) -> NDArray[np.int64]:
    """At most `limit` of the integers 0..n-1, evenly spread."""
    m = min(n, limit)
    return (2 * np.arange(m, dtype=np.int64) + 1) * n // (2 * m)
