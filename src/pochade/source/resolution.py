"""The resolution that a file states, in pixels an inch.

References
----------
ITU-T T.871 (JFIF), 10.1. CIPA DC-008 (Exif 2.32), tags 282, 283 and 296. Adobe: "Photoshop File Formats
Specification", 2019, ResolutionInfo (image resource 1005).
"""

import math
import struct
from typing import Any

INCH = 2.54
"""Centimeters."""

MAX_DPI = 1_000_000
"""A higher resolution is an error of the file: a pixel would be smaller than a wavelength of light."""

_ACROSS, _DOWN, _UNIT = 282, 283, 296

Dpi = tuple[float, float]
"""Across and down."""


def checked_dpi(across: Any, down: Any, by: float = 1) -> Dpi | None:
    """A resolution times `by`; None if it is not two numbers that can be resolutions."""
    try:
        dpi = float(across) * by, float(down) * by
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return dpi if all(math.isfinite(one) and 0 < one <= MAX_DPI for one in dpi) else None


def jpeg_dpi(jfif: bytes | None, exif: bytes | None) -> Dpi | None:
    """The resolution in the JFIF segment of a JPEG, else in its Exif segment; None if both state none."""
    if jfif is not None and len(jfif) >= 12 and jfif[7] in (1, 2):  # 0 states proportions only
        across, down = struct.unpack_from(">HH", jfif, 8)
        return checked_dpi(across, down, INCH if jfif[7] == 2 else 1)
    return exif_dpi(exif) if exif else None


def exif_dpi(exif: bytes) -> Dpi | None:
    """The resolution in an Exif block, with or without the "Exif" prefix of JPEG; None if it states none."""
    if exif[:6] == b"Exif\0\0":
        exif = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return None
    stated: dict[int, float] = {}
    try:
        (start,) = struct.unpack_from(order + "L", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, start)
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, _, place = struct.unpack_from(order + "HHLL", exif, entry)
            if tag in (_ACROSS, _DOWN) and kind == 5:  # RATIONAL
                above, below = struct.unpack_from(order + "LL", exif, place)
                stated[tag] = above / below
            elif tag == _UNIT and kind == 3:  # SHORT
                (stated[tag],) = struct.unpack_from(order + "H", exif, entry + 8)
    except (struct.error, ZeroDivisionError):
        return None  # the block is broken
    across, unit = stated.get(_ACROSS), stated.get(_UNIT, 2)
    return checked_dpi(across, stated.get(_DOWN, across), INCH if unit == 3 else 1) if unit in (2, 3) else None


def psd_dpi(resource: bytes) -> Dpi | None:
    """The resolution in the resource of a PSD: 16.16 fixed point, by inch whatever the unit for display."""
    if len(resource) < 12:
        return None
    across, down = struct.unpack_from(">L4xL", resource)
    return checked_dpi(across, down, 1 / (1 << 16))
