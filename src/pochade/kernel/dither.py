"""Pixels onto a palette with a dither: the NumPy twin of _dither.pyx, and its specification.

Errors are carried in whole numbers, so that both twins agree to the bit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.count import Codes
from pochade.kernel.nearest import Nearest

FULL = 65535
"""A channel's full scale where errors are carried."""

OUT = 32768
"""How far out of scale a pixel's wish may lead."""

UNIT = 4096
"""What a tap that passes on the whole error weighs."""

PLAN = 16
"""How many colors stand for one in a pattern. Twice as many take twice as long, and the eye sees no difference."""

Whole = NDArray[np.int32]


def diffused(
    nearest: Nearest, pictures: Sequence[tuple[Codes, Codes | None]], value: Whole, code_of: Codes, taps: Whole
) -> list[Codes]:
    """The indexes of pictures, whose pixels pass their errors on to those that come after, row by row, to and fro.

    What a pixel is to make up for may lead out of gamut by half of full scale: with less, errors would be lost and a
    mixture's light with them; with more, colors that the palette cannot mix would smear into what is beside them.

    pictures : codes uint8 (h, w, 3), all of one width, and alpha uint8 (h, w) or None; pixels of alpha 0 get index 0
        and pass no error on. Each picture is by itself; of several, the compiled kernel works on two at a time.
    value : int32 (256,), 0..65535, what each code is worth where errors are carried.
    code_of : uint8 (4096,), the code that is worth 16 i + 8.
    taps : int32 (t, 3): pixels onward (1 or 2 in the same row, else -2 to 2), rows down (0 to 2), weight in 1/4096.
    """
    return [_diffused(nearest, codes, alpha, value, code_of, taps) for codes, alpha in pictures]


def _diffused(nearest: Nearest, codes: Codes, alpha: Codes | None, value: Whole, code_of: Codes, taps: Whole) -> Codes:
    out: Codes = np.zeros(codes.shape[:2], np.uint8)
    values, codes_of, worth = value.tolist(), code_of.tolist(), value[nearest.palette].tolist()
    errors = np.zeros((len(codes) + 2, codes.shape[1] + 4, 3), np.int64)
    for y, row in enumerate(codes.tolist()):
        way = -1 if y & 1 else 1
        for x in range(len(row))[::way]:
            if alpha is not None and not alpha[y, x]:
                continue
            left = (errors[y, x + 2] + UNIT // 2) // UNIT
            wanted = [
                min(max(values[code] + e, -OUT), FULL + OUT) for code, e in zip(row[x], left.tolist(), strict=True)
            ]
            found = nearest.one(tuple(codes_of[min(max(v, 0), FULL) >> 4] for v in wanted))
            out[y, x] = found
            error = np.array(wanted) - worth[found]
            for onward, down, weight in taps.tolist():
                errors[y + down, x + 2 + way * onward] += error * weight
    return out


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
