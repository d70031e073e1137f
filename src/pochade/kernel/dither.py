"""Dither pixels to a palette: the NumPy twin of _dither.pyx, and its specification.

Errors are integers, so both twins agree to the bit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pochade.kernel.count import Codes
from pochade.kernel.nearest import Nearest

FULL = 65535
"""The value of code 255 in the scale of the errors."""

OUT = 32768
"""The most that a target, a pixel plus its error, may exceed the scale at either end."""

UNIT = 4096
"""The weight of a tap that passes on the whole error."""

PLAN = 16
"""Colors in the plan of a pattern. Twice as many take twice as long, and the eye sees no difference."""

Whole = NDArray[np.int32]


def diffused(
    nearest: Nearest, pictures: Sequence[tuple[Codes, Codes | None]], value: Whole, code_of: Codes, taps: Whole
) -> list[Codes]:
    """Dither pictures by error diffusion, with rows in alternating directions: the palette indices of their pixels.

    A target may leave the gamut by half of full scale. A smaller limit would lose errors, and with them the light of a
    mixture; a larger one would smear colors that the palette cannot mix into their neighbors.

    pictures : codes uint8 (h, w, 3), all of one width, and alpha uint8 (h, w) or None; pixels of alpha 0 get index 0
        and pass no error on. Pictures are independent; the compiled kernel works on two at a time.
    value : int32 (256,), 0..65535, the value of each code in the scale of the errors.
    code_of : uint8 (4096,), the code of the value 16 i + 8.
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
            target = [
                min(max(values[code] + e, -OUT), FULL + OUT) for code, e in zip(row[x], left.tolist(), strict=True)
            ]
            index = nearest.one(tuple(codes_of[min(max(v, 0), FULL) >> 4] for v in target))
            out[y, x] = index
            error = np.array(target) - worth[index]
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
    """Dither pixels by a repeated mask: codes uint8 (h, w, 3) to palette indices uint8 (h, w).

    The plan of a color is 16 palette colors from dark to light whose mean is near it; the mask selects one of them.
    Pixels are independent of their neighbors.
    value, code_of : as for `diffused`. mask : uint8 (s, s), 0..15. order : uint8 (m,), each color's rank by lightness.
    strength : 0..256, the share of the error, in 1/256, that the next color of a plan compensates.
    left, top : the position of the pixels in the picture.
    Reference: Knoll, U.S. patent 6,606,166 (filed 1999, expired 2019), "Pattern dithering".
    """
    values, codes_of, ranks = value.tolist(), code_of.tolist(), order.tolist()
    worth = value[nearest.palette].tolist()
    out: Codes = np.empty(codes.shape[:2], np.uint8)
    plans: dict[tuple[int, ...], list[int]] = {}
    for y, x in np.ndindex(out.shape):
        color = tuple(codes[y, x].tolist())
        if color not in plans:
            target, error, plan = [values[code] for code in color], [0, 0, 0], []
            for _ in range(PLAN):
                adjusted = [min(max(t + (e * strength >> 8), 0), FULL) for t, e in zip(target, error, strict=True)]
                index = nearest.one(tuple(codes_of[v >> 4] for v in adjusted))
                plan.append(index)
                error = [e + t - w for e, t, w in zip(error, target, worth[index], strict=True)]
            plans[color] = sorted(plan, key=ranks.__getitem__)
        out[y, x] = plans[color][mask[(y + top) % len(mask), (x + left) % len(mask)]]
    return out
