"""JPEG, the fast path: our own reading of the header, then libjpeg-turbo straight into an array.

The pixels equal Pillow's to the bit, in about half the time and three quarters of the memory, and Pillow is
not even imported. Whatever is unusual (CMYK, 12 bits, arithmetic coding, damage) is left to Pillow:
`open_jpeg` returns None then.
"""

import mmap
from collections.abc import Iterator
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from pochade.errors import FormatError, TooLargeError, TruncatedError
from pochade.source.jpeg_header import JpegHeader, jpeg_header
from pochade.source.material import Material
from pochade.source.picture import STREAM_FROM, Box, Picture, ReadOptions, check_size, ends_early, rows_of
from pochade.source.pixels import Strip
from pochade.source.profile import gray_table, rgb_profile

HEADER = 1 << 22
"""Bytes in which the first scan of a long file must start: Exif, previews and profile take less."""

PIXELS_PER_BYTE = 1024
"""Huffman codes have at least 1 bit a block of 64 pixels, so 512; twice that for odd subsamplings."""

MAX_SCANS = 500
"""As libjpeg-turbo's own fuzzing allows. An encoder writes about 10; thousands are made to burn time."""


def open_jpeg(material: Material, wishes: ReadOptions) -> Picture | None:
    """The picture, decoded; None where Pillow must judge it."""
    turbo = _turbo()
    header = jpeg_header(material.start(HEADER))
    if turbo is None or header is None or wishes.frame:
        return None
    name, width, height = material.name, header.width, header.height
    check_size(name, (width, height), wishes, file_bytes=material.size)
    if header.common and not wishes.truncated and width * height > PIXELS_PER_BYTE * material.size:
        raise ends_early(name, f" ({material.size:,} bytes for {width} x {height} pixels)")
    if not header.common or header.components not in (1, 3):
        return None
    if width * height > STREAM_FROM and not (wishes.truncated or header.progressive):
        from pochade.source.streamed import open_streamed

        streamed = open_streamed(material, wishes)
        if streamed is not None:
            return streamed
    table = gray_table(header.profile) if header.components == 1 else None
    data = material.bytes()
    if header.progressive and (scans := data.count(b"\xff\xda")) > MAX_SCANS:
        raise FormatError(f"{name}: {scans:,} scans; no encoder writes more than {MAX_SCANS}.")
    space = "RGB" if table is None else "GRAY"
    try:
        codes = turbo.decode_jpeg(data, space, buffer=_plain_pages(3 * width * height if space == "RGB" else 0))
    except ValueError:
        if not (wishes.truncated and header.progressive):
            return None
        codes = _arrived(turbo, data, space, header, name)
    except MemoryError:
        raise TooLargeError(f"{name}: not enough memory to decode it.") from None
    return _picture(header, codes, table)


PLAIN_FROM = 64_000_000
"""Bytes of pixels from which on huge pages are not asked for."""


def _plain_pages(size: int) -> mmap.mmap | None:
    """Memory for the pixels of a large picture, or None for NumPy's.

    NumPy asks for huge pages. Where memory is fragmented, as after another decoder's work, the kernel stops to make
    them: 150 ms for 24 MP, more than half of the decoding. Plain pages, mapped all at once, cost 20 ms at any time.
    """
    if size < PLAIN_FROM or not hasattr(mmap, "MAP_POPULATE"):
        return None
    try:
        return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
    except OSError:  # no memory: NumPy will say so
        return None


def _turbo() -> ModuleType | None:
    try:
        import simplejpeg  # type: ignore[import-untyped]
    except ImportError:
        return None
    turbo: ModuleType = simplejpeg
    return turbo


def _arrived(turbo: ModuleType, data: bytes, space: str, header: JpegHeader, name: str) -> NDArray[np.uint8]:
    """The rows of a progressive JPEG that ends early, as fine as its scans arrived.

    libjpeg fills what is missing with level 128. A first scan that ends early leaves rows of it at the
    bottom; they, and the row of blocks above that is filled in part, do not count.
    """
    try:
        codes: NDArray[np.uint8] = turbo.decode_jpeg(data, space, strict=False)
    except ValueError as error:
        raise FormatError(f"{name}: the file is broken: {error}.") from None
    filled = (codes == 128).all(axis=(1, 2))
    rows = len(codes) if not filled.any() else int(np.flatnonzero(~filled)[-1]) + 1 if not filled.all() else 0
    if rows < len(codes):
        rows = (rows - 1) // header.block_height * header.block_height
    if rows <= 0:
        raise TruncatedError(f"{name}: the file ends before the first pixel.")
    return codes[:rows]


def _picture(header: JpegHeader, codes: NDArray[np.uint8], table: NDArray[np.uint8] | None) -> Picture:
    def blocks(box: Box) -> Iterator[Strip]:
        left, top, right, bottom = box
        bottom = min(bottom, len(codes))  # the rows that arrived
        if table is None:
            if top < bottom:
                yield Strip(codes[top:bottom, left:right], None, left, top)
            return
        for row, end in rows_of((left, top, right, bottom)):
            yield Strip(table[codes[row:end, left:right, 0]], None, left, row)

    profile = None if table is not None else rgb_profile(header.profile)
    return Picture(header.width, header.height, blocks, header.turn, profile)
