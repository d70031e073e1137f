"""Exif: sRGB or Adobe RGB, by ColorSpace and the interoperability index.

DCF writes Adobe RGB as ColorSpace 65535 (uncalibrated) with the index R03. Many cameras and programs write ColorSpace 2
instead, which the standard does not have.

References
----------
CIPA DC-008-2023 (Exif 3.0), 4.6.6.2.1 (ColorSpace) and 4.6.9 (InteroperabilityIndex). CIPA DC-009-2010 (DCF 2.0), 5.
Adobe RGB (1998) Color Image Encoding, version 2005-05, 4.3.
"""

import struct
from typing import TYPE_CHECKING

from pochade.source.encoding import Encoding, Primaries
from pochade.source.tags.statement import SRGB, Problem

if TYPE_CHECKING:
    from PIL import Image

_EXIF, _INTEROPERABILITY = 0x8769, 0xA005
_COLOR_SPACE, _INDEX = 0xA001, 0x0001
_SRGB, _ADOBE, _SONY_PROFILE, _UNCALIBRATED = 1, 2, 0xFFFE, 0xFFFF
_SHORT, _ASCII = 3, 2
_MAX_ENTRIES = 1000

ADOBE_RGB = Encoding(Primaries((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), (563 / 256,) * 3)


def image_exif(image: "Image.Image") -> Encoding | Problem | None:
    """What the Exif block of an image states; in a TIFF, its directories."""
    block = image.info.get("exif")
    if isinstance(block, bytes):
        return exif_color(block)
    if image.format != "TIFF":
        return None
    try:
        exif = image.getexif()
        space, index = exif.get_ifd(_EXIF).get(_COLOR_SPACE), exif.get_ifd(_INTEROPERABILITY).get(_INDEX)
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError):  # a broken directory
        return None
    index = str(index or "").encode(errors="replace")[:3]
    return _stated(space if isinstance(space, int) else None, index)


def exif_color(exif: bytes | None) -> Encoding | Problem | None:
    """What an Exif block states: sRGB, Adobe RGB, a contradiction, or nothing.

    Parameters
    ----------
    exif : a TIFF header with its directories, with or without the "Exif" prefix of JPEG.
    """
    return _stated(*_values(exif[6:] if exif[:6] == b"Exif\0\0" else exif)) if exif else None


def _stated(space: int | None, index: bytes | None) -> Encoding | Problem | None:
    if space not in (None, _SRGB, _ADOBE, _SONY_PROFILE, _UNCALIBRATED):
        return Problem(f"its ColorSpace {space} is not known")
    if (space == _SRGB and index == b"R03") or (space == _ADOBE and index == b"R98"):
        names = ("sRGB", "Adobe RGB") if space == _SRGB else ("Adobe RGB", "sRGB")
        return Problem(f"its ColorSpace is {names[0]} and its interoperability index {names[1]}")
    if space == _ADOBE or index == b"R03":
        return ADOBE_RGB
    return SRGB if space == _SRGB or index == b"R98" else None


def _values(exif: bytes) -> tuple[int | None, bytes | None]:
    """ColorSpace, and the first three letters of the interoperability index; None for a missing one."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return None, None
    try:
        first = _directory(exif, order, struct.unpack_from(order + "L", exif, 4)[0])
        own = _directory(exif, order, _number(first.get(_EXIF), order))
        kind, value = own.get(_COLOR_SPACE, (0, b""))
        space = struct.unpack(order + "H", value[:2])[0] if kind == _SHORT else None
        below = _directory(exif, order, _number(own.get(_INTEROPERABILITY), order))
    except struct.error:  # the block is cut off
        return None, None
    kind, value = below.get(_INDEX, (0, b""))
    return space, value[:3] if kind == _ASCII else None


def _number(entry: tuple[int, bytes] | None, order: str) -> int:
    return 0 if entry is None else int(struct.unpack(order + "L", entry[1])[0])


def _directory(exif: bytes, order: str, start: int) -> dict[int, tuple[int, bytes]]:
    """The type and the first four bytes of each entry of a directory; none if there is no directory."""
    if not start:
        return {}
    (count,) = struct.unpack_from(order + "H", exif, start)
    entries = exif[start + 2 : start + 2 + 12 * min(count, _MAX_ENTRIES)]
    return {
        tag: (kind, value)
        for tag, kind, _, value in struct.iter_unpack(order + "HHL4s", entries[: len(entries) // 12 * 12])
    }
