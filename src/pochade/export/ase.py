"""ASE: Adobe Swatch Exchange, for Illustrator, InDesign, Photoshop, Affinity and many more.

Adobe has not published the format. All numbers are big-endian. A file is `ASEF`, version 1.0, the number of blocks,
and the blocks. A block is its kind (start of a group, end of a group, color), its length, a name in UTF-16 and, for a
color, its model, a float for each channel of the model, and its type: global, spot or normal.

References
----------
C. Camera, 2007: "ASE File Specification", iamacamera.org. R. Moss, 2015: "Reading Adobe Swatch Exchange (ase) files
using C#", devblog.cyotek.com. J. Greely, 2013: "Adobe Swatch Exchange file format", dotclue.org (gray, and the
scale of CIELAB).
"""

import struct

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.cursor import Cursor, utf16
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import from_cielab_d50, from_cmyk, from_gray, from_unit, label_of, plain_names
from pochade.palette import Palette

MAGIC = b"ASEF"
GROUP, GROUP_END, COLOR = 0xC001, 0xC002, 0x0001
NORMAL = 2  # neither global (0) nor spot (1)
CHANNELS = {b"RGB ": 3, b"CMYK": 4, b"LAB ": 3, b"Gray": 1, b"GRAY": 1}


def read(content: bytes) -> Palette:
    """The colors of an ASE file, with all groups concatenated; spot and global colors as displayed.

    Blocks of an unknown kind, and colors in an unknown model, are listed as omitted.
    """
    if content[4:6] == b"\xe0\xa5":
        raise FormatError("byte 4: a sprite of Aseprite, which has the same suffix: save its palette as .gpl.")
    at = Cursor(content)
    at.expect(MAGIC, "an ASE file")
    major, minor = at.unpack(">HH", "header")
    if major != 1:
        raise FormatError(f"byte 4: unknown version {major}.{minor} of ASE: it must be 1.0.")
    (blocks,) = at.unpack(">I", "header")
    colors: list[NamedColor] = []
    omitted: list[str] = []
    for _ in range(blocks):
        start = at.byte
        kind, size = at.unpack(">HI", "block")
        block = Cursor(content, at.byte, size)
        at.take(size, "block")
        if kind == COLOR:
            color = _color(block)
            if isinstance(color, str):
                omitted.append(color)
            else:
                colors.append(color)
        elif kind not in (GROUP, GROUP_END):
            omitted.append(f"byte {start}: unknown kind of block {kind:#06x}: it must be 0x0001, 0xc001 or 0xc002.")
    return palette_of(colors, omitted)


def _color(block: Cursor) -> NamedColor | str:
    """The color of a block, or why it is left out."""
    (length,) = block.unpack(">H", "name")
    start = block.byte
    name = label_of(utf16(block.take(2 * length, "name"), start))
    where = f"byte {block.byte}"
    model = block.take(4, "color")
    if model not in CHANNELS:
        return f"{where}: unknown color model {model!r} of {name or 'a color'}: it must be RGB, CMYK, LAB or Gray."
    values = block.unpack(f">{CHANNELS[model]}f", "color")
    if model == b"RGB ":
        return from_unit(values, where), name
    if model == b"CMYK":
        return from_cmyk(values, where), name
    if model == b"LAB ":
        return from_cielab_d50((100 * values[0], *values[1:]), where), name
    return from_gray(values[0], where), name


@exporters.register("ase", suffix=".ase", media_type="application/octet-stream", read=read, magic=MAGIC)
def ase(palette: Palette, *, group: str = "") -> bytes:
    """Adobe Swatch Exchange, with names and exact colors.

    Parameters
    ----------
    group : name of a group for the colors; empty for no group.
    """
    blocks = [
        _block(COLOR, label, b"RGB " + struct.pack(">3fH", *(code / 255 for code in codes), NORMAL))
        for codes, label in zip(palette.srgb.tolist(), plain_names(palette), strict=True)
    ]
    if group:
        blocks = [_block(GROUP, group), *blocks, struct.pack(">HI", GROUP_END, 0)]
    return MAGIC + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def _block(kind: int, name: str, color: bytes = b"") -> bytes:
    text = (name[:32000] + "\0").encode("utf-16-be", "replace")  # the length has 16 bits, a character up to 2 units
    body = struct.pack(">H", len(text) // 2) + text + color
    return struct.pack(">HI", kind, len(body)) + body
