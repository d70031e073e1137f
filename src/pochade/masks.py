"""Which color of a palette stands for each pixel of its picture."""

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.labeling import labeled, table_of
from pochade.origin import Origin
from pochade.palette import Palette
from pochade.source.pixels import Pixels


def labels(palette: Palette, origin: Origin) -> NDArray[np.int16]:
    """For each pixel of the picture the index of the color that stands for it, or -1: int16 (height, width)."""
    pixels, table = reopened(palette, origin)
    out = np.full((pixels.height, pixels.width), -1, np.int16)
    for strip, found in labeled(pixels, table):
        if strip.frame:
            break
        height, width = found.shape
        out[strip.top : strip.top + height, strip.left : strip.left + width] = found
    return out


def reopened(palette: Palette, origin: Origin) -> tuple[Pixels, NDArray[np.int16]]:
    """The picture's pixels, and the table of the palette's colors for `labeled`."""
    if origin.reopen is None:
        raise OptionError("the palette is of a histogram, which has no pixels: call extract() on a picture.")
    index = np.full(len(origin.shown.codes) + 1, -1, np.int32)  # the last for bins without a color
    index[origin.indices(palette.srgb)] = np.arange(palette.k)
    pixels = origin.reopen()
    return pixels, table_of(origin.counted, index[origin.shown.labels], pixels)
