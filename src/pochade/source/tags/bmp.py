"""BMP: the profile of a V5 header, and the calibration of V4 and V5.

References
----------
Microsoft: "BITMAPV5HEADER structure" and "CIEXYZTRIPLE structure", Windows API (wingdi.h).
"""

import struct

from pochade.source.encoding import Encoding, Primaries, primaries_problem
from pochade.source.material import Material
from pochade.source.tags.statement import SRGB, Problem, of_exponents

_FILE_HEADER, _V4, _V5 = 14, 108, 124
_CALIBRATED, _SRGB, _WINDOWS, _LINKED, _EMBEDDED = 0, b"BGRs", b" niW", b"KNIL", b"DEBM"
_MAX_EXPONENT = 10

_CHROMATICITY_TOLERANCE = 0.001
"""Some programs write chromaticities for XYZ: each light then sums to 1. Their white is that of sRGB."""

_MAX_PROFILE = 1 << 24
"""Bytes; the profiles of presses have about a million."""


def bmp_profile(material: Material) -> bytes | Problem | None:
    """The embedded profile of a V5 header."""
    head = material.head
    if _size(head) < _V5 or _space(head) not in (_EMBEDDED, _LINKED):
        return None
    if _space(head) == _LINKED:
        return Problem("it is the name of another file, which is not read")
    start, length = struct.unpack_from("<LL", head, _FILE_HEADER + 112)
    if length > _MAX_PROFILE:
        return Problem(f"it claims {length:,} bytes")
    with material.open() as file:
        file.seek(_FILE_HEADER + start)
        return file.read(length)


def bmp_calibration(material: Material) -> Encoding | Problem | None:
    """sRGB, or the primaries and exponents of a V4 header; None if they are all zero, as many programs write.

    The header does not say whether an exponent decodes or encodes. One below 1, such as .4545, encodes.
    """
    head = material.head
    if _size(head) < _V4:
        return None
    space = _space(head)
    if space in (_SRGB, _WINDOWS):
        return SRGB
    if int.from_bytes(space, "little") != _CALIBRATED:
        return None
    numbers = struct.unpack_from("<9l3L", head, _FILE_HEADER + 60)
    if not any(numbers[:9]):
        return None
    lights = [[number / (1 << 30) for number in numbers[i : i + 3]] for i in (0, 3, 6)]
    sums = [sum(light) for light in lights]
    white = [sum(axis) for axis in zip(*lights, strict=True)]
    if min(*sums, sum(white)) <= 0:
        return Problem("one of its lights is black")
    primaries = Primaries(*((x / total, y / total) for (x, y, _), total in zip(lights, sums, strict=True)))
    if any(abs(total - 1) > _CHROMATICITY_TOLERANCE for total in sums):  # XYZ: together they are white
        primaries = primaries._replace(white=(white[0] / sum(white), white[1] / sum(white)))
    if problem := primaries_problem(primaries):
        return Problem(f"its {problem}")
    exponents = [number / (1 << 16) for number in numbers[9:]]
    if not all(exponents):
        return Encoding(primaries)
    red, green, blue = (exponent if exponent >= 1 else 1 / exponent for exponent in exponents)
    if max(red, green, blue) > _MAX_EXPONENT:
        return Problem(f"its exponents are {red:g}, {green:g} and {blue:g}; they lie between 1 and {_MAX_EXPONENT}")
    return of_exponents(primaries, (red, green, blue))


def _size(head: bytes) -> int:
    """The bytes of the header; 0 if the file is shorter."""
    size = int.from_bytes(head[_FILE_HEADER : _FILE_HEADER + 4], "little")
    return size if len(head) >= _FILE_HEADER + size else 0


def _space(head: bytes) -> bytes:
    return head[_FILE_HEADER + 56 : _FILE_HEADER + 60]
