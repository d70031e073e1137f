"""ACT: the color table of indexed pictures in Photoshop: 256 times three bytes, without names.

References
----------
Adobe, 2019: "Adobe Photoshop File Formats Specification", section "Color table": 768 bytes, or 772 if two big-endian
16-bit numbers follow: the number of colors, and the index of the transparent color.
"""

import struct

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import palette_of
from pochade.palette import Palette

ENTRIES = 256
TABLE = 3 * ENTRIES
NONE = 0xFFFF  # index that stands for "no transparent color"


def read(content: bytes) -> Palette:
    """The colors of an ACT file, without the transparent color.

    If the file has no count, equal entries at its end are padding and count once.
    """
    if len(content) not in (TABLE, TABLE + 4):
        raise FormatError(f"byte {len(content)}: the file ends; an ACT file has {TABLE} or {TABLE + 4} bytes.")
    colors = [(content[i], content[i + 1], content[i + 2]) for i in range(0, TABLE, 3)]
    if len(content) == TABLE:
        while len(colors) > 1 and colors[-1] == colors[-2]:
            colors.pop()
        return palette_of((codes, None) for codes in colors)
    count, transparent = struct.unpack(">HH", content[TABLE:])
    if count > ENTRIES:
        raise FormatError(f"byte {TABLE}: the file claims {count} colors but holds {ENTRIES}.")
    return palette_of((codes, None) for i, codes in enumerate(colors[:count]) if i != transparent)


@exporters.register("act", suffix=".act", media_type="application/octet-stream", read=read, most=ENTRIES)
def act(palette: Palette) -> bytes:
    """Photoshop's color table, 772 bytes, without names; unused entries are black."""
    table = palette.srgb.tobytes().ljust(TABLE, b"\0")
    return table + struct.pack(">HH", len(palette), NONE)
