"""Pixels onto a palette: the NumPy twin of _dither.pyx, and its specification.

Nearest colors are compared in float32, in the order of operations that is written here, so that both twins agree to the
bit; errors are carried in whole numbers.
"""

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.bins import _LMS, _OKLAB
from pochade.kernel.count import Codes, bins_of
from pochade.kernel.levels import LEVEL, LINEAR

LIGHT: NDArray[np.float32] = np.ascontiguousarray(_LMS[:, :, None] * LINEAR, np.float32)
"""What each code of each channel adds to each cone: float32 (cone, channel, 256)."""

FROM_ROOTS: NDArray[np.float32] = _OKLAB.astype(np.float32)

LAST: NDArray[np.uint8] = (np.searchsorted(LEVEL, LEVEL, side="right") - 1).astype(np.uint8)
"""uint8 (256,): the highest code of the level that each code is in."""

FULL = 65535
"""A channel's full scale where errors are carried."""

UNIT = 4096
"""What a tap that passes on the whole error weighs."""

PLAN = 16
"""How many colors stand for one in a pattern. Twice as many take twice as long, and the eye sees no difference."""

Whole = NDArray[np.int32]


def points_of(codes: Codes) -> NDArray[np.float32]:
    """Oklab in float32: codes uint8 (n, 3) to float32 (n, 3).

    The cube root is a guess from the exponent and two of Halley's steps, good to the last bit but one.
    """
    red, green, blue = codes.T
    cones = LIGHT[:, 0, red] + LIGHT[:, 1, green] + LIGHT[:, 2, blue]
    roots = (cones.view(np.uint32) // np.uint32(3) + np.uint32(0x2A50A2F5)).view(np.float32)
    for _ in range(2):
        cube = roots * roots * roots
        roots = roots * ((cube + (cones + cones)) / ((cube + cube) + cones))
    l, m, s = roots  # noqa: E741  the cones' own names
    points = [row[0] * l + row[1] * m + row[2] * s for row in FROM_ROOTS]
    return np.stack(points, 1)


class Nearest:
    """Finds the nearest color of a palette; of equals the first.

    palette : uint8 (m, 3), at most 256.
    table : uint8 (64 * 64 * 64,), the answer for each bin, which a difference other than Oklab's gave; without it the
        answer is exact in Oklab.
    One is used by one thread at a time.
    """

    def __init__(self, palette: Codes, table: Codes | None = None) -> None:
        self.palette = np.array(palette, np.uint8)
        self._points, self._table = points_of(self.palette), table
        self._known: dict[int, int] = {}

    def of(self, codes: Codes) -> Codes:
        """Its index for each pixel: codes uint8 (h, w, 3) to uint8 (h, w)."""
        if self._table is not None:
            return np.asarray(self._table[bins_of(codes)])
        packed = codes.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
        different, inverse = np.unique(packed, return_inverse=True)
        colors = (different[:, None] >> np.array([16, 8, 0], np.uint32) & np.uint32(255)).astype(np.uint8)
        found = np.empty(len(colors), np.uint8)
        for start in range(0, len(colors), 4096):
            x = points_of(colors[start : start + 4096])[:, None] - self._points
            far = x[..., 0] * x[..., 0] + x[..., 1] * x[..., 1] + x[..., 2] * x[..., 2]
            found[start : start + 4096] = far.argmin(1)
        return found[inverse].reshape(codes.shape[:2])

    def one(self, color: tuple[int, ...]) -> int:
        """The index for one color."""
        packed = color[0] << 16 | color[1] << 8 | color[2]
        if packed not in self._known:
            self._known[packed] = int(self.of(np.array([[color]], np.uint8))[0, 0])
        return self._known[packed]


class Diffusion:
    """Passes the error of each pixel on to those that come after it, row by row, to and fro.

    What a pixel is to make up for may lead out of gamut by half of full scale: with less, errors would be lost and a
    mixture's light with them; with more, colors that the palette cannot mix would smear into what is beside them.

    value : int32 (256,), 0..65535, what each code is worth where errors are carried.
    code_of : uint8 (4096,), the code that is worth 16 i + 8.
    taps : int32 (t, 3): pixels onward, rows down (0 to 2), weight in 1/4096.
    """

    def __init__(self, nearest: Nearest, value: Whole, code_of: Codes, taps: Whole, width: int) -> None:
        self._nearest, self._value, self._code_of = nearest, value.tolist(), code_of.tolist()
        self._worth = value[nearest.palette].tolist()
        self._taps: list[list[int]] = taps.tolist()
        self._errors = [[[0, 0, 0] for _ in range(width + 4)] for _ in range(3)]
        self._row = 0

    def add(self, codes: Codes, alpha: Codes | None = None) -> Codes:
        """The indexes of the next rows: codes uint8 (rows, width, 3) to uint8 (rows, width).

        Transparent pixels, of alpha 0, pass no error on.
        """
        out: Codes = np.empty(codes.shape[:2], np.uint8)
        for y, row in enumerate(codes.tolist()):
            way = -1 if self._row & 1 else 1
            for x in range(len(row))[::way]:
                if alpha is not None and not alpha[y, x]:
                    out[y, x] = 0
                    continue
                out[y, x] = self._pixel(row[x], x, way)
            self._errors = [*self._errors[1:], [[0, 0, 0] for _ in self._errors[0]]]
            self._row += 1
        return out

    def _pixel(self, codes: list[int], x: int, way: int) -> int:
        at = x + 2
        error = self._errors[0][at]
        wanted = [
            min(max(self._value[code] + ((e + UNIT // 2) >> 12), -(FULL // 2)), FULL + FULL // 2)
            for code, e in zip(codes, error, strict=True)
        ]
        found = self._nearest.one(tuple(self._code_of[min(max(v, 0), FULL) >> 4] for v in wanted))
        for onward, down, weight in self._taps:
            target = self._errors[down][at + way * onward]
            for c in range(3):
                target[c] += (wanted[c] - self._worth[found][c]) * weight
        return found


def patterned(
    nearest: Nearest,
    codes: Codes,
    value: Whole,
    code_of: Codes,
    mask: Codes,
    order: Codes,
    strength: int,
    left: int = 0,
    top: int = 0,
) -> Codes:
    """The indexes of pixels, dithered by a mask that repeats: codes uint8 (h, w, 3) to uint8 (h, w).

    For each pixel 16 colors are planned whose mean is near its own; the mask says which of them it takes, from dark to
    light. A pixel has nothing to do with its neighbors.
    value, code_of : as for Diffusion. mask : uint8 (s, s), 0..15. order : uint8 (m,), each color's rank by lightness.
    strength : 0..256, how much of the error the next planned color makes up for. left, top : where the pixels lie.
    Reference: Knoll, U.S. patent 6,606,166 (filed 1999, expired 2019), "Pattern dithering".
    """
    values, codes_of, ranks = value.tolist(), code_of.tolist(), order.tolist()
    worth = value[nearest.palette].tolist()
    out: Codes = np.empty(codes.shape[:2], np.uint8)
    plans: dict[tuple[int, ...], list[int]] = {}
    for y, x in np.ndindex(out.shape):
        color = tuple(codes[y, x].tolist())
        if color not in plans:
            wanted, error, plan = [values[code] for code in color], [0, 0, 0], []
            for _ in range(PLAN):
                tried = [min(max(w + (e * strength >> 8), 0), FULL) for w, e in zip(wanted, error, strict=True)]
                found = nearest.one(tuple(codes_of[v >> 4] for v in tried))
                plan.append(found)
                error = [e + w - p for e, w, p in zip(error, wanted, worth[found], strict=True)]
            plans[color] = sorted(plan, key=ranks.__getitem__)
        out[y, x] = plans[color][mask[(y + top) % len(mask), (x + left) % len(mask)]]
    return out
