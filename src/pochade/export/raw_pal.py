"""Raw PAL: 256 times red, green and blue, 768 bytes without a header, as games and old paint programs keep palettes.

References
----------
GIMP, app/core/gimppalette-load.c, gimp_palette_load_act; ImageMagick, "Color Map": the palette of an indexed picture.
"""

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.act import ENTRIES, TABLE, is_text
from pochade.export.act import read as read_act
from pochade.palette import Palette


def fits(content: bytes) -> bool:
    """Whether the content has the size of the table and is no text."""
    return len(content) == TABLE and not is_text(content)


def read(content: bytes) -> Palette:
    """The colors of the table; equal entries at its end are padding and count once."""
    if len(content) != TABLE:
        raise FormatError(f"byte {len(content)}: the file ends; a raw palette has {TABLE} bytes.")
    return read_act(content)


@exporters.register(
    "raw-pal",
    suffix=".pal",
    by_suffix=False,
    media_type="application/octet-stream",
    read=read,
    magic=fits,
    general=True,
    most=ENTRIES,
)
def raw_pal(palette: Palette) -> bytes:
    """The bytes of the colors, 768 in all, without names; the last color fills unused entries."""
    table = palette.srgb.tobytes()
    return table + (table[-3:] or b"\0\0\0") * (ENTRIES - len(palette))
