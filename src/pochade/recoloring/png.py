"""PNG of 16 bits a channel, which Pillow does not write."""

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray


def png(codes: NDArray[Any]) -> bytes:
    """A picture as a PNG: uint8 or uint16 (h, w, 3).

    Each byte is stored as its difference from the same one of the pixel before, which is what suits ramps.

    References
    ----------
    W3C, 2003: "Portable Network Graphics (PNG) Specification (Second Edition)", sections 5 and 9, filter type 1.
    """
    height, width, _ = codes.shape
    bits = 8 * codes.itemsize
    rows = np.ascontiguousarray(codes.astype(codes.dtype.newbyteorder(">"))).view(np.uint8).reshape(height, -1)
    pixel = 3 * codes.itemsize
    lines = np.ones((height, 1 + rows.shape[1]), np.uint8)  # the first byte of each is the filter's type
    lines[:, 1:] = rows
    lines[:, 1 + pixel :] -= rows[:, :-pixel]
    header = struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0)  # 2 is RGB
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(lines.data)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
