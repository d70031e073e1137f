"""The order of colors that was given, in a palette or in the color table of an indexed picture."""

import numpy as np
from numpy.typing import NDArray

from pochade.palette import Color, Palette
from pochade.quantization.bands import bands
from pochade.source.pixels import Pixels

Codes = NDArray[np.uint8]

OPAQUE = 255

MAX_COLORS = 256

PACKING = np.array([1 << 16, 1 << 8, 1], np.uint32)


def given_order(codes: Codes) -> Codes:
    """The opaque entries of a palette, uint8 (m, 4); without equal ones if only that makes room for all."""
    if len(codes) > MAX_COLORS:
        codes = np.array([*dict.fromkeys(map(tuple, codes.tolist()))], np.uint8)
    return np.concatenate([codes, np.full((len(codes), 1), OPAQUE, np.uint8)], 1)


def table_palette(pixels: Pixels) -> tuple[Palette, Codes] | None:
    """The colors that show in an indexed picture, by their place in its color table, and the table, uint8 (n, 4).

    Frames of an animation may have other colors; they follow, the most frequent first. The padding at the end of the
    table is left out. None if the picture has no table, or more than 256 colors.
    """
    table = pixels.metadata.table
    if table is None:
        return None
    if pixels.profile is not None:
        from pochade.source.profile import to_srgb

        table = np.concatenate([to_srgb(table[:, :3], pixels.profile), table[:, 3:]], 1)
    counts: dict[int, int] = {}
    for band in bands(pixels):
        packed = band.codes @ PACKING
        colors, times = np.unique(packed if band.alpha is None else packed[band.alpha > 0], return_counts=True)
        for color, count in zip(colors.tolist(), times.tolist(), strict=True):
            counts[color] = counts.get(color, 0) + count
        if len(counts) > MAX_COLORS:
            return None
    places: dict[int, int] = {}
    for i, color in enumerate((table[:, :3] @ PACKING).tolist()):
        if table[i, 3]:
            places.setdefault(color, i)
    order = sorted(counts, key=lambda color: (places.get(color, len(table)), -counts[color], color))
    total = sum(counts.values())
    colors = tuple(Color((color >> 16, color >> 8 & 255, color & 255), counts[color] / total) for color in order)
    palette = Palette(colors, len(colors), source=pixels.name, width=pixels.width, height=pixels.height)
    return palette, _without_padding(table, {places[color] for color in order if color in places})


def _without_padding(table: Codes, used: set[int]) -> Codes:
    """The table without unused black entries at its end, with which GIF fills it up to a power of two."""
    end = len(table)
    while end and end - 1 not in used and table[end - 1].tolist() == [0, 0, 0, OPAQUE]:
        end -= 1
    return table[:end]
