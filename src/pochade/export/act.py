"""ACT: the color table of indexed pictures in Photoshop: 256 times three bytes, and no names.

References
----------
Adobe, 2019: "Adobe Photoshop File Formats Specification", section "Color table": 768 bytes, or 772 where two 16-bit
numbers follow, highest byte first: how many colors there are, and the index of the transparent one.
"""

import struct

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import palette_of
from pochade.palette import Palette

ENTRIES = 256
TABLE = 3 * ENTRIES
NONE = 0xFFFF  # the index where no color is transparent


def read(content: bytes) -> Palette:
    """The colors of an ACT file, without the transparent one.

    If the file has no count, equal entries at its end count once, because they are padding.
    """
    if len(content) not in (TABLE, TABLE + 4):
        raise FormatError(f"byte {len(content)}: the file ends, and an ACT file has {TABLE} or {TABLE + 4} bytes.")
    found = [(content[i], content[i + 1], content[i + 2]) for i in range(0, TABLE, 3)]
    if len(content) == TABLE:
        while len(found) > 1 and found[-1] == found[-2]:
            found.pop()
        return palette_of((codes, None) for codes in found)
    count, transparent = struct.unpack(">HH", content[TABLE:])
    if count > ENTRIES:
        raise FormatError(f"byte {TABLE}: the file claims {count} colors, and it holds {ENTRIES}.")
    return palette_of((codes, None) for i, codes in enumerate(found[:count]) if i != transparent)


@exporters.register("act", suffix=".act", media_type="application/octet-stream", read=read, most=ENTRIES)
def act(palette: Palette) -> bytes:
    """Photoshop's color table, 772 bytes, without names; the rest is black."""
    table = palette.srgb.tobytes().ljust(TABLE, b"\0")
    return table + struct.pack(">HH", len(palette), NONE)
