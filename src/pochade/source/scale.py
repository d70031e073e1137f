"""Reduce a picture as it streams: each pixel is the mean of the area that it covers."""

import math
import numbers
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.source.picture import STRIP_PIXELS, Box, Picture
from pochade.source.pixels import Strip

Sums = NDArray[np.int64]

OPAQUE = 255


def check_scale(scale: Any) -> float:
    """The scale as a float; OptionError if it is not above 0 and at most 1."""
    if isinstance(scale, numbers.Real) and not isinstance(scale, bool) and 0 < float(scale) <= 1:
        return float(scale)
    raise OptionError(f"scale={scale!r} is not allowed: give a number above 0, up to 1, such as 0.5 for half the size.")


def scaled_picture(picture: Picture, scale: float) -> Picture:
    """The picture reduced by a factor, 0 < scale <= 1; at 1 the same picture.

    Stored codes are averaged, not linear light, as common programs do (OpenCV's INTER_AREA, Pillow's reduce).
    Transparent pixels add no color. All sums are integers, so the result does not depend on the strips.
    """
    width, height = (max(1, math.floor(side * scale + 0.5)) for side in (picture.width, picture.height))
    if (width, height) == (picture.width, picture.height):
        return picture
    return replace(picture, width=width, height=height, blocks=partial(_blocks, picture, width, height))


def _blocks(picture: Picture, width: int, height: int, box: Box) -> Iterator[Strip]:
    """The box of the small picture, in strips, frame by frame."""
    left, top, right, bottom = box
    across, down = (left, right, width, picture.width), (top, bottom, height, picture.height)
    (x0, x1), (y0, y1) = _under(*across), _under(*down)
    shrink, area = _columns(*across), picture.width * picture.height
    at_once = max(1, STRIP_PIXELS // (x1 - x0))
    for _, strips in groupby(picture.blocks((x0, y0, x1, y1)), lambda strip: strip.frame):
        rows, row = _Rows(*down), top
        for strip in strips:
            complete = rows.take(strip)
            while ready := list(islice(complete, at_once)):
                yield _strip(shrink(np.stack(ready)), area, strip, left, row)
                row += len(ready)
        rest = rows.rest()
        if rest is not None:  # the file ends early
            yield _strip(shrink(rest[None]), area, strip, left, row)


def _under(first: int, last: int, small: int, large: int) -> tuple[int, int]:
    """The range of pixels in a line of `large` that pixels `first` to `last` of `small` cover, fully or in part."""
    return first * large // small, -(-last * large // small)


class _Rows:
    """Sums the rows of a picture that each row of the small picture covers.

    In units of 1 / (`large` * `small`) of the side, a pixel of the picture is `small` units long, and a pixel of the
    small picture `large` units: all overlaps are integers.
    """

    def __init__(self, first: int, last: int, small: int, large: int) -> None:
        self._row, self._last, self._small, self._large = first, last, small, large
        self._sums: Sums | None = None
        self._end = 0

    def take(self, strip: Strip) -> Iterator[Sums]:
        """The rows that this strip completes: int64 (columns, 3), sums of codes; or (columns, 4), of codes times alpha
        and of alpha."""
        for y in range(strip.codes.shape[0]):
            codes = _with_alpha(strip, y)
            start, end = (strip.top + y) * self._small, (strip.top + y + 1) * self._small
            while self._row < self._last and start < end:
                edge = (self._row + 1) * self._large
                here = min(end, edge) - max(start, self._row * self._large)
                if here > 0:
                    part = np.multiply(codes, here, dtype=np.int64)
                    self._sums = part if self._sums is None else np.add(self._sums, part, out=self._sums)
                if end < edge or self._sums is None:
                    break
                yield self._sums
                self._row, self._sums, start = self._row + 1, None, edge
            self._end = end

    def rest(self) -> Sums | None:
        """The incomplete last row, in which missing pixels are transparent; None if all rows are complete."""
        if self._sums is None:
            return None
        if self._sums.shape[1] == 4:
            return self._sums
        filled = self._end - self._row * self._large
        return np.concatenate([self._sums * OPAQUE, np.full((len(self._sums), 1), filled * OPAQUE, np.int64)], 1)


def _with_alpha(strip: Strip, y: int) -> NDArray[np.uint8] | Sums:
    if strip.alpha is None:
        row: NDArray[np.uint8] = strip.codes[y]
        return row
    alpha = strip.alpha[y].astype(np.int64)[:, None]
    weighted: Sums = np.concatenate([strip.codes[y] * alpha, alpha], 1)
    return weighted


def _columns(first: int, last: int, small: int, large: int) -> Callable[[Sums], Sums]:
    """A function that sums the columns that each column of the small picture covers."""
    start = _under(first, last, small, large)[0]
    whole, part = np.divmod(np.arange(first, last + 1, dtype=np.int64) * large, small)
    whole -= start

    def shrink(rows: Sums) -> Sums:
        between = np.add.reduceat(rows[:, : whole[-1]], whole[:-1], axis=1)
        cut = rows[:, np.minimum(whole, rows.shape[1] - 1)]  # the right edge has no next pixel, and no part of one
        out: Sums = between * small + np.diff(cut * part[:, None], axis=1)
        return out

    return shrink


def _strip(sums: Sums, area: int, like: Strip, left: int, top: int) -> Strip:
    """The strip of the means, sums / area, rounded."""
    if sums.shape[2] == 3:
        return replace(like, codes=_divide(sums, area), alpha=None, left=left, top=top)
    covered = sums[..., 3:]
    codes = _divide(sums[..., :3], np.maximum(covered, 1))
    return replace(like, codes=codes, alpha=_divide(covered[..., 0], area), left=left, top=top)


def _divide(sums: Sums, by: Any) -> NDArray[np.uint8]:
    codes: NDArray[np.uint8] = ((2 * sums + by) // (2 * by)).astype(np.uint8)
    return codes
