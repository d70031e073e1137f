"""ICC profiles of linear light: the matrix from their light to linear-light sRGB.

References
----------
ICC.1:2022, 10.6 (curveType), 10.18 (parametricCurveType), 10.31 (XYZType): a matrix profile has its primaries as XYZ
adapted to D50 by Bradford's transform.
"""

import struct

import numpy as np

from pochade.color import Array
from pochade.color.css_spaces import PREDEFINED

_MAX_TAGS = 100


def linear_matrix(profile: bytes) -> Array | None:
    """The matrix, float64 (3, 3), from RGB light to linear-light sRGB; None if the profile is not linear, or broken."""
    try:
        (count,) = struct.unpack_from(">L", profile, 128)
        entries = [struct.unpack_from(">4sLL", profile, 132 + 12 * i) for i in range(min(count, _MAX_TAGS))]
        tags = {name: profile[start : start + length] for name, start, length in entries}
        if any(name.startswith((b"A2B", b"D2B")) for name in tags):
            return None
        if not all(_is_linear(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")):
            return None
        columns = [struct.unpack_from(">3l", tags[name], 8) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    except (struct.error, KeyError):
        return None
    to_linear = PREDEFINED["xyz-d50"].to_linear
    return np.stack([to_linear(np.array(column) / 65536) for column in columns], axis=1)


def _is_linear(curve: bytes) -> bool:
    if curve[:4] == b"para":  # the exponent alone
        return struct.unpack_from(">Hxxl", curve, 8) == (0, 65536)
    if curve[:4] != b"curv":
        return False
    (count,) = struct.unpack_from(">L", curve, 8)
    if count < 2:
        return count == 0 or struct.unpack_from(">H", curve, 12) == (256,)
    table = np.frombuffer(curve, ">u2", min(count, 4096), 12) / 65535
    return count <= 4096 and bool(np.abs(table - np.linspace(0, 1, count)).max() < 1e-4)
