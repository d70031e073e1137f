"""A picture made small, to be shown in a drawing."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.color import Array
from pochade.color.srgb import parse_hex
from pochade.source.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image

ENOUGH = 2
"""So many times the size at which it is shown, a picture is first averaged down to; then it is scaled with care."""


def shrunk(pixels: Pixels, within: tuple[int, int], paper: str) -> "Image.Image":
    """The part of the picture that counts, of an animation the first frame, over paper where it is transparent.

    Parameters
    ----------
    within : about the size in pixels at which it will be shown; the answer is at most `ENOUGH` times and a bit as
        large, and keeps the picture's shape.
    """
    from PIL import Image

    left, top, right, bottom = pixels.box or (0, 0, pixels.width, pixels.height)
    by = max(1, min((right - left) // (ENOUGH * within[0]), (bottom - top) // (ENOUGH * within[1])))
    width, height = -(-(right - left) // by), -(-(bottom - top) // by)
    sums, seen = np.zeros((height, width, 3)), np.zeros((height, width))
    for strip in pixels.strips():
        if strip.frame:
            break
        rows = (np.arange(strip.codes.shape[0]) + strip.top - top) // by
        columns = (np.arange(strip.codes.shape[1]) + strip.left - left) // by
        alpha = np.ones(strip.codes.shape[:2]) if strip.alpha is None else strip.alpha / 255
        here = slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
        sums[here] += _pooled(strip.codes * alpha[..., None], rows, columns)
        seen[here] += _pooled(alpha, rows, columns)
    means = sums / np.maximum(seen, 1e-9)[..., None]
    if pixels.profile is not None:
        from pochade.source.profile import to_srgb

        codes = np.rint(means).astype(np.uint8).reshape(-1, 3)
        means = to_srgb(codes, pixels.profile).reshape(means.shape).astype(np.float64)
    size = np.full((height, width), float(by * by))
    size[-1] *= (bottom - top - (height - 1) * by) / by
    size[:, -1] *= (right - left - (width - 1) * by) / by
    cover = (seen / size)[..., None]
    over = means * cover + parse_hex(paper) * (1 - cover)
    return Image.fromarray(np.rint(over.clip(0, 255)).astype(np.uint8))


def _pooled(values: Array, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Array:
    """Sums over squares: of values whose rows, and columns, have the same number."""
    down = np.add.reduceat(values, np.flatnonzero(np.diff(rows, prepend=-1)), axis=0)
    across: Array = np.add.reduceat(down, np.flatnonzero(np.diff(columns, prepend=-1)), axis=1)
    return across
