"""GIF, still or animated, with one palette for all frames."""

import struct
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pochade.errors import OptionError
from pochade.files import encode_image, whole_steps
from pochade.quantization.formats import Encoded, formats
from pochade.quantization.formats.entries import OPAQUE

if TYPE_CHECKING:
    from pochade.quantization.result import Quantized

LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01%b\0"
"""How often an animation repeats, 0 without end: an extension of Netscape Navigator 2.0 that all viewers read."""

STEP, MAX_COUNT = 10, 0xFFFF
"""A GIF counts durations in hundredths of a second, and durations and repetitions in 16 bits."""

RESTORED = 2
"""Disposal method of GIF89a: before the next frame the area becomes transparent."""


@formats.register("gif", suffix=".gif", media_type="image/gif", indexed=True)
def gif(picture: "Quantized") -> Encoded:
    """GIF, still or animated, with one palette for all frames; a pixel is opaque or transparent."""
    alpha, plays = picture.frames.alpha, picture.metadata.plays
    if alpha is not None and ((alpha > 0) & (alpha < OPAQUE)).any():
        raise OptionError(
            "gif holds opaque and transparent pixels only, and the picture has half-transparent ones: write png or "
            "webp, or give a background."
        )
    table = picture.entries
    size = table.indexes.shape[:0:-1]
    transparent = 0 if alpha is None else int(table.alpha.argmin())
    delays = whole_steps(picture.frames.durations, STEP, MAX_COUNT)
    start, data = _drawn(table.indexes[0], table.codes)
    parts = [b"GIF89a" + start[6:]]
    if len(table.indexes) > 1 and plays != 1:
        parts.append(LOOP % struct.pack("<H", min(max(plays - 1, 0), MAX_COUNT)))
    for i, indexes in enumerate(table.indexes):
        left, top, right, bottom = (
            (0, 0, *size) if alpha is not None or not i else _changed(table.indexes[i - 1 : i + 1])
        )
        if i:
            _, data = _drawn(indexes[top:bottom, left:right], table.codes)
        clear = 0 if alpha is None else RESTORED << 2 | 1
        if alpha is not None or len(table.indexes) > 1:
            parts.append(struct.pack("<4BH2B", 0x21, 0xF9, 4, clear, delays[i], transparent, 0))
        # the image's place and size, and no table of its own
        parts += [struct.pack("<B4HB", 0x2C, left, top, right - left, bottom - top, 0), data]
    content = b"".join([*parts, b";"])
    return Encoded(content, max(1, (len(table.codes) - 1).bit_length()), table.alpha_levels)


def _changed(pair: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the area where two frames differ; one pixel if they are equal."""
    differs = pair[0] != pair[1]
    rows, columns = np.flatnonzero(differs.any(1)), np.flatnonzero(differs.any(0))
    if not len(rows):
        return 0, 0, 1, 1
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _drawn(indexes: NDArray[np.uint8], codes: NDArray[np.uint8]) -> tuple[bytes, bytes]:
    """The header with the color table, and the compressed pixels, of one frame; Pillow compresses."""
    from PIL import Image

    image = Image.frombuffer("P", indexes.shape[::-1], indexes.tobytes(), "raw", "P", 0, 1)
    image.putpalette(codes.tobytes())
    content = encode_image(image, "GIF", optimize=False, interlace=0)
    start = 13 + 3 * (2 << (content[10] & 7))
    at = start
    while content[at] == 0x21:  # an extension: its blocks, each with its length, up to an empty one
        at += 2
        while content[at]:
            at += 1 + content[at]
        at += 1
    return content[:start], content[at + 10 : -1]
