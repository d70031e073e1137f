"""ICC profiles of a matrix and three curves: write one, and test by its numbers whether one is sRGB.

The most common profiles then need no imaging library.

References
----------
ICC.1:2022, 7.2 (header), 10.6 (curveType), 10.15 (multiLocalizedUnicodeType), 10.18 (parametricCurveType),
10.31 (XYZType). ITU-T H.273 (2024), tables 2 and 3, for the tag cicp (9.2.17).
"""

import struct

import numpy as np
from numpy.typing import NDArray

# sRGB's primaries adapted to D50; the profiles of HP, ICC, Google and LittleCMS agree within 0.0005.
_PRIMARIES = {
    b"rXYZ": (0.4361, 0.2225, 0.0139),
    b"gXYZ": (0.3851, 0.7169, 0.0971),
    b"bXYZ": (0.1431, 0.0606, 0.7141),
}
_PRIMARY_TOLERANCE = 0.001
_CURVE_TOLERANCE = 0.5 / 255  # half a code, after encoding
_MAX_TAGS = 100

D50 = np.array([0.9642, 1.0, 0.8249])
"""XYZ of the white of ICC profiles (7.2.16)."""


def is_srgb_matrix(profile: bytes) -> bool:
    """Whether an RGB profile has the primaries and curves of sRGB and no tables; False for a broken profile."""
    try:
        tags = _tags(profile)
        if any(name.startswith((b"A2B", b"D2B")) for name in tags):
            return False
        primaries = all(
            np.allclose(_xyz(tags[name]), expected, rtol=0, atol=_PRIMARY_TOLERANCE)
            for name, expected in _PRIMARIES.items()
        )
        return primaries and all(_is_srgb_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC"))
    except (struct.error, KeyError, ValueError):
        return False


def matrix_profile(matrix: NDArray[np.float64], curves: NDArray[np.float64]) -> bytes:
    """An RGB profile.

    Parameters
    ----------
    matrix : float64 (3, 3), from light to XYZ with D50 as white.
    curves : float64 (3, n), the light, 0..1, of n equal steps of the codes of each channel.
    """
    text = "Written by pochade from a tag".encode("utf-16-be")
    name = b"mluc\0\0\0\0" + struct.pack(">LL4sLL", 1, 12, b"enUS", len(text), 28) + text
    tags = {b"desc": name, b"cprt": name, b"wtpt": _xyz_tag(D50)}
    for channel, column, curve in zip(b"rgb", matrix.T, np.rint(curves * 65535), strict=True):
        tags[bytes([channel]) + b"XYZ"] = _xyz_tag(column)
        tags[bytes([channel]) + b"TRC"] = (
            b"curv\0\0\0\0" + struct.pack(">L", len(curve)) + curve.astype(">u2").tobytes()
        )
    table, body = b"", b""
    for kind, content in tags.items():
        table += struct.pack(">4sLL", kind, 132 + 12 * len(tags) + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    size = 132 + len(table) + len(body)
    header = struct.pack(">L4xL4s4s4s12x4s28x", size, 0x04300000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return header + _xyz_tag(D50)[8:] + bytes(48) + struct.pack(">L", len(tags)) + table + body


def hdr_code_points(profile: bytes) -> tuple[int, int] | None:
    """The code points of primaries and curve in a profile's tag cicp, if the curve is PQ or HLG; else None."""
    try:
        tag = _tags(profile).get(b"cicp", b"")
    except (struct.error, ValueError):
        return None
    return (tag[8], tag[9]) if tag[:4] == b"cicp" and len(tag) >= 12 and tag[9] in (16, 18) else None


def _xyz_tag(xyz: NDArray[np.float64]) -> bytes:
    return b"XYZ \0\0\0\0" + np.rint(xyz * 65536).astype(">i4").tobytes()


def _tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">L", profile, 128)
    if count > _MAX_TAGS:
        raise ValueError("more tags than profiles have")
    entries = [struct.unpack_from(">4sLL", profile, 132 + 12 * i) for i in range(count)]
    return {name: profile[start : start + length] for name, start, length in entries}


def _xyz(tag: bytes) -> NDArray[np.float64]:
    return np.array(struct.unpack_from(">3l", tag, 8)) / 65536


def _is_srgb_curve(tag: bytes) -> bool:
    encoded = np.linspace(0, 1, 256)
    linear = _curve(tag, encoded)
    if linear is None:
        return False
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055)
    return bool(np.abs(srgb - encoded).max() <= _CURVE_TOLERANCE)


def _curve(tag: bytes, x: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The curve at x, or None for a type of curve that sRGB profiles do not use."""
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">L", tag, 8)
        if count < 2:
            return None
        table = np.frombuffer(tag, ">u2", count, 12) / 65535
        return np.interp(x, np.linspace(0, 1, count), table)
    if tag[:4] == b"para" and struct.unpack_from(">H", tag, 8) == (3,):
        g, a, b, c, d = np.array(struct.unpack_from(">5l", tag, 12)) / 65536
        power = np.maximum(a * x + b, 0) ** g
        return np.asarray(np.where(x >= d, power, c * x), np.float64)
    return None
