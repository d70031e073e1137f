"""Thumbnails of pictures for drawings."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pochade.color.srgb import parse_hex
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image

BLOCK = 1 << 20
"""Pixels in a block; strips are processed in blocks to save memory."""


def thumbnail(pixels: Pixels, min_side: int, paper: str) -> "Image.Image":
    """The picture or its region, scaled down by a whole factor, over paper; of an animation the first frame.

    Each pixel is the mean of a square of pixels of the picture; squares at the right and lower edges may be cut off.

    Parameters
    ----------
    min_side : least size of the longer side of a picture that is larger; the result is less than twice as large.
    paper : background color, "#rrggbb".
    """
    from PIL import Image

    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    by = max(1, max(right - left, bottom - top) // min_side)
    shape = -(-(bottom - top) // by), -(-(right - left) // by)
    background = parse_hex(paper)
    if by == 1:
        whole = np.empty((*shape, 3), np.uint8)
        whole[:] = background
        for y, x, codes, alpha in _blocks(pixels):
            here = whole[y - top : y - top + codes.shape[0], x - left : x - left + codes.shape[1]]
            here[:] = codes if alpha is None else _over(codes, alpha[..., None], background)
        return Image.fromarray(whole)
    sums, seen = np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
    for y, x, codes, alpha in _blocks(pixels):
        part = codes if alpha is None else codes * alpha[..., None]
        for i, j in np.ndindex(by, by):  # all pixels at the same offset in their squares
            first, second = (i - y + top) % by, (j - x + left) % by
            offset = slice(first, None, by), slice(second, None, by)
            row, column = (y - top + first) // by, (x - left + second) // by
            cells = slice(row, row + len(part[offset])), slice(column, column + part[offset].shape[1])
            sums[cells] += part[offset]
            seen[cells] += 1 if alpha is None else alpha[offset]
    size = np.full(shape, float(by * by), np.float32)
    size[-1] *= (bottom - top - (shape[0] - 1) * by) / by
    size[:, -1] *= (right - left - (shape[1] - 1) * by) / by
    sums /= np.maximum(seen, 1e-6)[..., None]
    return Image.fromarray(_over(sums, (seen / size)[..., None], background))


def _blocks(pixels: Pixels) -> Iterator[tuple[int, int, NDArray[np.uint8], NDArray[np.float32] | None]]:
    """The first frame in blocks of rows: top, left, sRGB codes, alpha (0..1, or None if opaque)."""
    for strip in pixels.strips():
        if strip.frame:
            return
        rows = max(1, BLOCK // strip.codes.shape[1])
        for start in range(0, len(strip.codes), rows):
            codes = strip.codes[start : start + rows]
            if pixels.profile is not None:
                from pochade.source.profile import to_srgb

                codes = to_srgb(np.ascontiguousarray(codes).reshape(-1, 3), pixels.profile).reshape(codes.shape)
            alpha = None
            if strip.alpha is not None:
                alpha = strip.alpha[start : start + rows].astype(np.float32) / np.float32(255)
            yield strip.top + start, strip.left, codes, alpha


def _over(codes: NDArray[Any], alpha: NDArray[np.float32], background: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colors over a background color: uint8 (h, w, 3)."""
    over: NDArray[np.uint8] = np.rint((codes * alpha + background * (1 - alpha)).clip(0, 255)).astype(np.uint8)
    return over
