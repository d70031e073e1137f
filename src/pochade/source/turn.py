"""The EXIF turn, as strided views: no pixel is moved.

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

# Orientation: (transpose, then flip rows, then flip columns), from stored to shown.
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
    """Width and height as shown."""
    return (height, width) if _MOVES[turn][0] else (width, height)


def turned_strip(strip: Strip, width: int, height: int, turn: int) -> Strip:
    """The strip of a stored picture of that width and height, as shown."""
    if turn == 1:
        return strip
    rows, columns = strip.codes.shape[:2]
    stored = strip.left, strip.top, strip.left + columns, strip.top + rows
    left, top, _, _ = _moved(stored, width, height, turn)
    alpha = None if strip.alpha is None else _turned(strip.alpha, turn)
    return replace(strip, codes=_turned(strip.codes, turn), alpha=alpha, left=left, top=top)


def stored_box(box: Box, width: int, height: int, turn: int) -> Box:
    """Where a box of the shown picture lies in the stored picture of that width and height."""
    shown_width, shown_height = turned_size(width, height, turn)
    # 6 and 8, the quarter turns, undo each other; every other turn undoes itself.
    return _moved(box, shown_width, shown_height, {6: 8, 8: 6}.get(turn, turn))


def exif_turn(exif: bytes) -> int | None:
    """The orientation that an Exif block states, 1 where it is not a valid one, None where it states none.

    Parameters
    ----------
    exif : a TIFF header with its first directory; the "Exif" prefix of JPEG is allowed.
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
        pass  # a block that is cut off states nothing
    return None


def stated_turn(exif: bytes | None, xmp: bytes | None) -> int:
    """The orientation that Exif states, else XMP, else 1."""
    stated = exif_turn(exif) if exif else None
    if stated is None and xmp:
        found = _XMP_ORIENTATION.search(xmp)
        stated = int(found[1]) if found else None
    return stated or 1


def _turned(array: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    transpose, flip_rows, flip_columns = _MOVES[turn]
    if transpose:
        array = array.swapaxes(0, 1)
    return array[:: -1 if flip_rows else 1, :: -1 if flip_columns else 1]


def _moved(box: Box, width: int, height: int, turn: int) -> Box:
    transpose, flip_rows, flip_columns = _MOVES[turn]
    left, top, right, bottom = box
    if transpose:
        left, top, right, bottom, width, height = top, left, bottom, right, height, width
    if flip_rows:
        top, bottom = height - bottom, height - top
    if flip_columns:
        left, right = width - right, width - left
    return left, top, right, bottom
