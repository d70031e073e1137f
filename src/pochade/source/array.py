"""NumPy arrays as pictures: gray, gray with alpha, RGB, RGBA; uint8, uint16, or floats from 0 to 1."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import EmptyError, FormatError
from pochade.source.picture import Box, Picture, ReadOptions, check_frame, check_size, rows_of
from pochade.source.pixels import Strip

_ALLOWED = "give uint8, uint16 or float 0..1, of shape (h, w), (h, w, 1), (h, w, 2), (h, w, 3) or (h, w, 4)"


def open_array(array: NDArray[Any], options: ReadOptions, name: str = "array") -> Picture:
    """The array as a picture. A uint8 array with three or four channels is not copied.

    Raises
    ------
    FormatError : the shape, the type or a value is not allowed.
    EmptyError : the array holds no pixel.
    """
    _check(array, name)
    check_frame(name, options, 1)
    height, width = array.shape[:2]
    check_size(name, (width, height), options)
    channels = 1 if array.ndim == 2 else array.shape[2]
    whole = array.dtype == np.uint8 and channels > 2

    def blocks(box: Box) -> Iterator[Strip]:
        left, top, right, bottom = box
        for row, end in [(top, bottom)] if whole else rows_of(box):
            part = array[row:end, left:right]
            levels = eight_bits(part).reshape(*part.shape[:2], channels)
            yield Strip(*split(levels), left, row)

    return Picture(width, height, blocks)


def eight_bits(levels: NDArray[Any]) -> NDArray[np.uint8]:
    """Levels of any allowed type as uint8, rounded: v * 255 / 65535 for uint16, v * 255 for floats."""
    if levels.dtype == np.uint8:
        return levels
    if levels.dtype.kind == "u":
        return ((levels.astype(np.uint32) + 128) // 257).astype(np.uint8)  # 65535 / 255 = 257
    return np.asarray(np.rint(levels * levels.dtype.type(255)), np.uint8)


def split(levels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """Split levels with 1 to 4 channels (gray, gray and alpha, RGB, RGBA) into codes (h, w, 3) and alpha (h, w)."""
    channels = levels.shape[2]
    alpha = levels[..., -1] if channels in (2, 4) else None
    if channels < 3:
        return np.repeat(levels[..., :1], 3, axis=2), alpha
    codes = levels[..., :3]
    return codes if codes.strides[2] == 1 else np.ascontiguousarray(codes), alpha


def _check(array: NDArray[Any], name: str) -> None:
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (1, 2, 3, 4)):
        raise FormatError(f"{name}: the shape {array.shape} is not allowed; {_ALLOWED}.")
    kind, size = array.dtype.kind, array.dtype.itemsize
    if not (kind == "f" or (kind == "u" and size <= 2)):
        raise FormatError(f"{name}: the type {array.dtype} is not allowed; {_ALLOWED}.")
    if not array.size:
        raise EmptyError(f"{name}: the shape {array.shape} holds no pixel.")
    if kind == "f":
        least, most = float(array.min()), float(array.max())
        if not (least >= 0 and most <= 1):  # also false for NaN
            if np.isnan(least):
                raise FormatError(f"{name}: some values are NaN; replace them; floats must be 0..1.")
            raise FormatError(f"{name}: the values go from {least:g} to {most:g}; floats must be 0..1.")
