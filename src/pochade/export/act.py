"""ACT: the color table of indexed pictures in Photoshop: 256 times three bytes, without names.

Other programs write shorter and longer tables.

References
----------
Adobe, 2019: "Adobe Photoshop File Formats Specification", section "Color table": 768 bytes, or 772 if two big-endian
16-bit numbers follow: the number of colors, and the index of the transparent color. GIMP, gimppalette-load.c: a table
of any length, up to the end of the file.
"""

import struct

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import palette_of
from pochade.export.swatch import Triple
from pochade.palette import Palette

ENTRIES = 256
TABLE = 3 * ENTRIES
NONE = 0xFFFF  # index that stands for "no transparent color"


def fits(content: bytes) -> bool:
    """Whether the content has a size of Photoshop's tables and is no text."""
    return len(content) in (TABLE, TABLE + 4) and not is_text(content)


def is_text(content: bytes) -> bool:
    """Whether the content is text in UTF-8, without control characters."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not any(code < 32 and code not in b"\t\r\n" for code in content)


def read(content: bytes) -> Palette:
    """The colors of an ACT file, without the transparent color.

    If the file has 768 bytes, hence no count, equal entries at its end are padding and count once.
    """
    if is_text(content):
        raise FormatError("byte 0: text, but an ACT file has bytes of red, green and blue.")
    if _has_count(content):
        content = content[:-4]
    if len(content) != TABLE + 4:
        if len(content) % 3:
            raise FormatError(
                f"byte {len(content)}: the file ends amid a color; an ACT file has 768 or 772 bytes, or three a color."
            )
        return _without_count(content)
    colors = _triples(content[:TABLE])
    count, transparent = struct.unpack(">HH", content[TABLE:])
    if count > ENTRIES:
        raise FormatError(f"byte {TABLE}: the file claims {count} colors but holds {ENTRIES}.")
    return palette_of((codes, None) for i, codes in enumerate(colors[:count]) if i != transparent)


def _has_count(content: bytes) -> bool:
    """Whether a table of another length than Photoshop's ends with its number of colors, and no transparent color."""
    return len(content) != TABLE + 4 and content[-4:] == struct.pack(">HH", (len(content) - 4) // 3 & 0xFFFF, NONE)


def _without_count(content: bytes) -> Palette:
    colors = _triples(content)
    while len(content) == TABLE and len(colors) > 1 and colors[-1] == colors[-2]:
        colors.pop()
    return palette_of((codes, None) for codes in colors)


def _triples(content: bytes) -> list[Triple]:
    return [(content[i], content[i + 1], content[i + 2]) for i in range(0, len(content), 3)]


@exporters.register(
    "act",
    suffix=".act",
    media_type="application/octet-stream",
    read=read,
    magic=fits,
    general=True,
    most=ENTRIES,
)
def act(palette: Palette) -> bytes:
    """Photoshop's color table, 772 bytes, without names; unused entries are black."""
    table = palette.srgb.tobytes().ljust(TABLE, b"\0")
    return table + struct.pack(">HH", len(palette), NONE)
