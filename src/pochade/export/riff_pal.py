"""RIFF PAL: the palette files of Windows, a LOGPALETTE in a RIFF file.

References
----------
IBM and Microsoft, 1991: "Multimedia Programming Interface and Data Specifications 1.0", "Palette File Format": RIFF
form `PAL `, whose chunk `data` holds version 0x0300, the number of colors, and red, green, blue and flags of each.
Numbers are little-endian, and a chunk of odd size has a padding byte. Microsoft: "LOGPALETTE structure
(wingdi.h)".
"""

import struct

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.cursor import Cursor
from pochade.export.reading import palette_of
from pochade.palette import Palette

MAGIC = b"RIFF"
VERSION = 0x0300


def read(content: bytes) -> Palette:
    """The palette of a RIFF file; chunks other than `data` and the flags are ignored."""
    at = Cursor(content)
    at.expect(MAGIC, "a RIFF palette")
    at.take(4, "header")  # the size, which many programs write wrongly
    at.expect(b"PAL ", "a RIFF palette")
    while at.left:
        kind, size = at.unpack("<4sI", "chunk")
        if kind == b"data":
            return _data(Cursor(content, at.byte, size))
        at.take(size, "chunk")
        at.take(min(size % 2, at.left))
    raise FormatError(f"byte {at.byte}: the file ends without the chunk `data` of the colors.")


def _data(at: Cursor) -> Palette:
    start = at.byte
    version, count = at.unpack("<HH", "palette")
    if version != VERSION:
        raise FormatError(f"byte {start}: unknown version {version:#06x}: it must be {VERSION:#06x}.")
    entries = at.take(4 * count, "palette")
    return palette_of(((entries[i], entries[i + 1], entries[i + 2]), None) for i in range(0, 4 * count, 4))


@exporters.register(
    "riff-pal",
    suffix=".pal",
    by_suffix=False,
    media_type="application/octet-stream",
    read=read,
    magic=MAGIC,
    most=65535,
)
def riff_pal(palette: Palette) -> bytes:
    """The binary palette of Windows, without names; the suffix `.pal` alone selects `jasc-pal`."""
    entries = b"".join(struct.pack("4B", *codes, 0) for codes in palette.srgb.tolist())
    data = struct.pack("<HH", VERSION, len(palette)) + entries
    return struct.pack("<4sI4s4sI", MAGIC, 12 + len(data), b"PAL ", b"data", len(data)) + data
