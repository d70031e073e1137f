"""A mask: a second picture that says how much each pixel counts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.source.pixels import Pixels, Strip

_ASPECT_TOLERANCE = 0.02  # sides are rounded to whole pixels; 50 is the smallest useful side


@dataclass(frozen=True, slots=True)
class Mask:
    """Levels from 0 (does not count) to 255 (counts fully), uint8, and the mask's row and column for each pixel."""

    levels: NDArray[np.uint8]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    def apply(self, strip: Strip) -> Strip:
        """The strip with its alpha multiplied by the mask."""
        height, width = strip.codes.shape[:2]
        rows = self.rows[strip.top : strip.top + height]
        columns = self.columns[strip.left : strip.left + width]
        alpha = self.levels[rows[:, None], columns]
        if strip.alpha is not None:
            alpha = multiply(alpha, strip.alpha)
        return replace(strip, alpha=alpha)


def open_mask(mask: Any, size: tuple[int, int], name: str, read: Callable[[Any], Pixels]) -> Mask:
    """The mask for a picture.

    Parameters
    ----------
    mask : any source that `read` takes, or a bool array. White counts, black and transparent do not, gray counts
        in part. A mask of another size but the same proportions is scaled by the nearest pixel.
    size : width and height of the picture in EXIF orientation.

    Raises
    ------
    OptionError : the proportions differ.
    """
    if isinstance(mask, np.ndarray) and mask.dtype == np.bool_:
        mask = mask.astype(np.uint8) * np.uint8(255)
    pixels = read(mask)
    width, height = size
    fits = abs(pixels.width * height - pixels.height * width) <= _ASPECT_TOLERANCE * width * pixels.height
    if not fits:
        raise OptionError(
            f"the mask is {pixels.width} x {pixels.height}, but {name} is {width} x {height}; "
            "give a mask of the same size or the same proportions."
        )
    return Mask(_levels(pixels), _nearest(height, pixels.height), _nearest(width, pixels.width))


def multiply(alpha: NDArray[np.uint8], by: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """alpha * by / 255, rounded, uint8."""
    return ((alpha.astype(np.uint16) * by + 127) // 255).astype(np.uint8)


def _nearest(count: int, among: int) -> NDArray[np.intp]:
    """The indexes that scale a line of `among` pixels to `count` by the nearest pixel."""
    return ((2 * np.arange(count) + 1) * among // (2 * count)).astype(np.intp)


def _levels(pixels: Pixels) -> NDArray[np.uint8]:
    """The luma of a picture times its alpha, uint8 (h, w)."""
    levels = np.zeros((pixels.height, pixels.width), np.uint8)
    for strip in pixels.strips():
        codes = strip.codes.astype(np.uint32)
        # Luma of ITU-R BT.601, in 65536ths, as imaging programs convert color to gray; the weights sum to 1.
        gray = ((codes @ np.array([19595, 38470, 7471], np.uint32) + 32768) >> 16).astype(np.uint8)
        if strip.alpha is not None:
            gray = multiply(gray, strip.alpha)
        height, width = gray.shape
        levels[strip.top : strip.top + height, strip.left : strip.left + width] = gray
    return levels
