"""Pixels: a picture on its way to being counted, in strips, never as one more full copy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Strip:
    """A block of a picture.

    codes : uint8 (rows, columns, 3), any strides of rows and columns, channels adjacent in memory.
    alpha : uint8 (rows, columns), 0 transparent to 255 opaque, any strides; None where all count in full.
    left, top : where codes[0, 0] lies in the whole picture, in pixels.
    weight : how often the strip counts: 1, or the frame's duration in milliseconds.
    frame : which frame of an animation it is of, from 0; strips come frame by frame.
    """

    codes: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None = None
    left: int = 0
    top: int = 0
    weight: int = 1
    frame: int = 0


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture that is open: its size, and its pixels as strips that can be read again.

    width, height : of the whole picture in pixels, as a viewer sees it (after the EXIF turn).
    strips : a call gives the strips of all frames that count; region and mask are already applied.
    name : what to call the source (a path, a URL), or None.
    box : left, top, right, bottom of the part that counts, or None for the whole.
    frames : how many frames the strips are of.
    profile : an RGB ICC profile that the codes still carry, or None where they are sRGB. It is applied to
        bins instead of pixels, thousands of conversions instead of millions.
    """

    width: int
    height: int
    strips: Callable[[], Iterator[Strip]]
    name: str | None = None
    box: tuple[int, int, int, int] | None = None
    frames: int = 1
    profile: bytes | None = None
