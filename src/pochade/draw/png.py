"""Drawings as PNG files, written fast: compression takes most of the time of a drawing with a photo in it."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from pochade.files import png_chunk
from pochade.kernel.threads import threads

if TYPE_CHECKING:
    from PIL import Image

PART = 1 << 19
"""The least bytes that a thread compresses at once. The parts do not depend on the number of threads, and neither do
the bytes of the file."""


def png(image: "Image.Image") -> bytes:
    """An RGB image as a PNG file.

    A photo of 2 MP takes a tenth of the time of Pillow's encoder, and the file is about a quarter larger: each row is
    stored as its difference from the row above it, and only runs are looked for.

    References
    ----------
    W3C, 2003: "Portable Network Graphics (PNG) Specification (Second Edition)", filter type 2, Up. RFC 1950, zlib.
    Mark Adler, pigz: parts of a deflate stream that end with an empty block can be compressed in parallel.
    """
    rows = np.asarray(image).reshape(image.height, -1)
    lines = np.full((len(rows), 1 + rows.shape[1]), 2, np.uint8)  # the first byte of each line is the filter type
    lines[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=lines[1:, 1:])
    step = -(-PART // lines.shape[1])
    starts = range(0, len(lines), step)

    def deflated(start: int) -> bytes:
        deflate = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=zlib.Z_RLE)
        last = start + step >= len(lines)
        return deflate.compress(lines[start : start + step].data) + deflate.flush(
            zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH
        )

    with ThreadPoolExecutor(threads()) as pool:
        parts = [*pool.map(deflated, starts)]
    stream = b"".join([b"\x78\x01", *parts, struct.pack(">I", zlib.adler32(lines.data))])
    header = struct.pack(">IIBBBBB", image.width, image.height, 8, 2, 0, 0, 0)  # 8 bits a channel, RGB
    chunks = png_chunk(b"IHDR", header), png_chunk(b"IDAT", stream), png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
