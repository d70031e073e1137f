"""Labels of pixels from labels of bins."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pochade import kernel
from pochade.histograms.histogram import Histogram, histogram, srgb_bins
from pochade.source.pixels import Pixels, Strip

ROWS = 64
"""Rows to label at a time, to keep copies small."""

Table = NDArray[np.int16]
"""A label for every possible bin, in the codes of the pixels; -1 for none."""


def table_of(counted: Histogram, labels: NDArray[np.int32], pixels: Pixels) -> Table:
    """The lookup table from the bins of pixels to labels.

    Pixels with a profile were counted in its codes, and their bins converted to sRGB. They are counted again for the
    bins in the codes of the profile; each bin takes the label of its sRGB bin.

    counted : the histogram of these pixels. labels : int32 (n,), the labels of its bins.
    """
    table = np.full(kernel.LEVELS**3, -1, np.int16)
    if pixels.profile is None:
        table[counted.bins] = labels
        return table
    device = histogram(replace(pixels, profile=None))
    bins, _ = srgb_bins(device, pixels.profile)
    at = np.searchsorted(counted.bins, bins).clip(max=len(counted) - 1)
    table[device.bins] = np.where(counted.bins[at] == bins, labels[at], -1)
    return table


def labeled(pixels: Pixels, table: Table) -> Iterator[tuple[Strip, NDArray[np.int16]]]:
    """Yield blocks of few rows with their labels, int16 (rows, columns); -1 for transparent pixels."""
    for strip in pixels.strips():
        for row in range(0, strip.codes.shape[0], ROWS):
            codes = strip.codes[row : row + ROWS]
            alpha = None if strip.alpha is None else strip.alpha[row : row + ROWS]
            labels = table[kernel.bins_of(codes)]
            if alpha is not None:
                labels[alpha == 0] = -1
            yield replace(strip, codes=codes, alpha=alpha, top=strip.top + row), labels


def labels(pixels: Pixels, table: Table) -> NDArray[np.int16]:
    """The label of each pixel of the first frame, int16 (height, width); -1 for pixels that do not count."""
    out = np.full((pixels.height, pixels.width), -1, np.int16)
    for strip, block in labeled(pixels, table):
        if strip.frame:
            break
        rows, columns = block.shape
        out[strip.top : strip.top + rows, strip.left : strip.left + columns] = block
    return out
