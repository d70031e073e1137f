"""Pixels: an open picture that passes in strips, without one more full copy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pochade.files import Metadata
from pochade.source.profile import Profile


@dataclass(frozen=True, slots=True)
class Strip:
    """A block of a picture.

    codes : uint8 (rows, columns, 3), any strides of rows and columns, channels adjacent in memory.
    alpha : uint8 (rows, columns), 0 transparent to 255 opaque, any strides; None if all pixels are opaque.
    left, top : the position of codes[0, 0] in the whole picture, in pixels.
    weight : the factor of each pixel: 1, or the frame's duration in milliseconds.
    frame : its frame in an animation, from 0; strips come frame by frame.
    duration : of its frame, in milliseconds, as the file states it; None if it is no animation.
    """

    codes: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None = None
    left: int = 0
    top: int = 0
    weight: int = 1
    frame: int = 0
    duration: float | None = None


@dataclass(frozen=True, slots=True)
class Pixels:
    """An open picture: its size, and its pixels as strips that can be read again.

    width, height : of the whole picture in pixels, in EXIF orientation.
    strips : a function that gives the strips of all frames that count, with region and mask applied.
    name : the name of the source (a path, a URL), or None.
    box : left, top, right, bottom of the part that counts, or None for the whole.
    frames : the number of frames in the strips.
    profile : the RGB profile of the codes, or None if they are sRGB. It is applied to bins instead of pixels:
        thousands of conversions instead of millions.
    notes : a sentence for each color tag of the file that was ignored, because it is broken or contradicts itself.
    metadata : what the file states beside the pixels, for a picture that is written from them.
    """

    width: int
    height: int
    strips: Callable[[], Iterator[Strip]]
    name: str | None = None
    box: tuple[int, int, int, int] | None = None
    frames: int = 1
    profile: Profile | None = None
    notes: tuple[str, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)


def notes_of(pixels: Pixels, frame: int | None, *, all_frames: bool = True) -> tuple[str, ...]:
    """The notes on a picture, with another if one frame or page of many is used that the caller did not choose.

    frame : the caller's choice. all_frames : whether all frames of an animation are used.
    """
    if frame is None and pixels.frames > 1 and not all_frames:
        left = f"the first of {pixels.frames} frames"
    elif frame is None and pixels.metadata.paged:
        left = "one page of the file"
    else:
        return pixels.notes
    return *pixels.notes, f"Only {left} is used; the option frame chooses another."
