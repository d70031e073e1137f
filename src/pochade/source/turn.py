"""Apply the EXIF orientation by strided views: no pixel is copied.

References
----------
CIPA DC-008 (Exif 2.32), tag 274, Orientation.
"""

import re
import struct
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pochade.source.picture import Box
from pochade.source.pixels import Strip

# Orientation: (transpose, then flip rows, then flip columns), from the stored to the turned picture.
_MOVES: dict[int, tuple[bool, bool, bool]] = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}

_ORIENTATION = 0x0112
_XMP_ORIENTATION = re.compile(rb'tiff:Orientation(?:="|>)([1-8])')


def turned_size(width: int, height: int, turn: int) -> tuple[int, int]:
    """Width and height of the turned picture."""
    return (height, width) if _MOVES[turn][0] else (width, height)


def turned_strip(strip: Strip, width: int, height: int, turn: int) -> Strip:
    """Turn a strip of a stored picture of this width and height."""
    if turn == 1:
        return strip
    rows, columns = strip.codes.shape[:2]
    stored = strip.left, strip.top, strip.left + columns, strip.top + rows
    left, top, _, _ = _turn_box(stored, width, height, turn)
    alpha = None if strip.alpha is None else _turn_array(strip.alpha, turn)
    return replace(strip, codes=_turn_array(strip.codes, turn), alpha=alpha, left=left, top=top)


def stored_box(box: Box, width: int, height: int, turn: int) -> Box:
    """The box in the stored picture, of this width and height, for a box in the turned picture."""
    turned_width, turned_height = turned_size(width, height, turn)
    # 6 and 8, the quarter turns, are inverse to each other; each other turn is its own inverse.
    return _turn_box(box, turned_width, turned_height, {6: 8, 8: 6}.get(turn, turn))


def exif_turn(exif: bytes) -> int | None:
    """The orientation in an Exif block: 1 if it is invalid, None if it is missing.

    Parameters
    ----------
    exif : a TIFF header with its first directory, with or without the "Exif" prefix of JPEG.
    """
    if exif[:6] == b"Exif\0\0":
        exif = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return None
    try:
        (start,) = struct.unpack_from(order + "L", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, start)
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(order + "HHLH", exif, entry)
            if tag == _ORIENTATION and kind == 3:  # SHORT
                return value if value in _MOVES else 1
    except struct.error:
        pass  # the block is cut off
    return None


def find_turn(exif: bytes | None, xmp: bytes | None) -> int:
    """The orientation in Exif, else in XMP, else 1."""
    turn = exif_turn(exif) if exif else None
    if turn is None and xmp:
        match = _XMP_ORIENTATION.search(xmp)
        turn = int(match[1]) if match else None
    return turn or 1


def _turn_array(array: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    transpose, flip_rows, flip_columns = _MOVES[turn]
    if transpose:
        array = array.swapaxes(0, 1)
    return array[:: -1 if flip_rows else 1, :: -1 if flip_columns else 1]


def _turn_box(box: Box, width: int, height: int, turn: int) -> Box:
    transpose, flip_rows, flip_columns = _MOVES[turn]
    left, top, right, bottom = box
    if transpose:
        left, top, right, bottom, width, height = top, left, bottom, right, height, width
    if flip_rows:
        top, bottom = height - bottom, height - top
    if flip_columns:
        left, right = width - right, width - left
    return left, top, right, bottom
