"""ACO: the color swatches of Photoshop.

A file has two parts: version 1 (numbers only), which old programs read, then version 2 (the same with names). Each
color is five big-endian 16-bit numbers: its space and four values.

References
----------
Adobe, 2019: "Adobe Photoshop File Formats Specification", section "Color swatches". It does not say which end of
grayscale is black; 10000 is full ink here, as in Photoshop's own "75% Gray" and in GIMP.
"""

import re
import struct
from collections.abc import Sequence

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.cursor import Cursor, utf16
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import (
    Triple,
    from_cielab_d50,
    from_cmyk,
    from_gray,
    from_hsv,
    from_unit,
    label_of,
    plain_names,
)
from pochade.palette import Palette

RGB, HSB, CMYK, CIELAB, GRAY = 0, 1, 2, 7, 8
# The version, the number of colors, and the space of the first color.
MAGIC = re.compile(rb"\A\x00[\x01\x02]..\x00[\x00-\x0a]", re.DOTALL)
BOOKS = {3: "Pantone", 4: "Focoltone", 5: "Trumatch", 6: "Toyo", 10: "HKS"}

Entry = tuple[int, int, tuple[int, ...], str]
"""Byte, space, four values and name of a color."""


def read(content: bytes) -> Palette:
    """The colors of an ACO file, from version 2 if the file has it, else from version 1, which has no names.

    Colors of a book, such as Pantone, are listed as omitted, because their values are not in the file.
    """
    at = Cursor(content)
    version, entries = _part(at)
    if version == 1 and at.left:
        version, entries = _part(at)
        if version != 2:
            raise FormatError(f"byte {at.byte}: version {version} follows version 1; only version 2 may.")
    wide = _is_16_bit(entries)
    omitted: list[str] = []
    colors: list[NamedColor] = []
    for entry in entries:
        codes = _codes(entry, wide)
        if isinstance(codes, str):
            omitted.append(codes)
        else:
            colors.append((codes, label_of(entry[3])))
    return palette_of(colors, omitted)


def _part(at: Cursor) -> tuple[int, list[Entry]]:
    start = at.byte
    version, count = at.unpack(">HH", "header")
    if version not in (1, 2):
        raise FormatError(f"byte {start}: unknown version {version}: an ACO file has 1 or 2.")
    entries: list[Entry] = []
    for _ in range(count):
        byte = at.byte
        space, *values = at.unpack(">5H", "color")
        entries.append((byte, space, tuple(values), _name(at) if version == 2 else ""))
    return version, entries


def _name(at: Cursor) -> str:
    (length,) = at.unpack(">I", "name")
    byte = at.byte
    return utf16(at.take(2 * length, "name"), byte)


def _is_16_bit(entries: Sequence[Entry]) -> bool:
    """Whether RGB values use 16 bits. Some programs write a code and a zero byte: their white is 0xff00."""
    values = [value for _, space, four, _ in entries if space == RGB for value in four[:3]]
    return any(value & 0xFF for value in values) or not any(values)


def _codes(entry: Entry, wide: bool) -> Triple | str:
    """The codes of a color, or why it is left out."""
    byte, space, values, name = entry
    where = f"byte {byte}"
    if space == RGB:
        return from_unit([v / 65535 if wide else (v >> 8) / 255 for v in values[:3]], where)
    if space == HSB:
        return from_hsv([v / 65535 for v in values[:3]], where)
    if space == CMYK:
        return from_cmyk([1 - v / 65535 for v in values], where)
    if space == CIELAB:
        a, b = ((v - 65536 if v >= 32768 else v) / 100 for v in values[1:3])
        return from_cielab_d50((values[0] / 100, a, b), where)
    if space == GRAY:
        return from_gray(1 - values[0] / 10000, where)
    what = f"of the color book {BOOKS[space]}, whose colors are not public" if space in BOOKS else f"in space {space}"
    return f"{where}: {label_of(name) or 'a color'} is {what}: RGB, HSB, CMYK, CIELAB and grayscale can be read."


@exporters.register("aco", suffix=".aco", media_type="application/octet-stream", read=read, magic=MAGIC, most=65535)
def aco(palette: Palette) -> bytes:
    """Photoshop's swatches, versions 1 and 2, with names and exact colors."""
    colors = [struct.pack(">5H", RGB, *(257 * code for code in codes), 0) for codes in palette.srgb.tolist()]
    texts = [(name[:32000] + "\0").encode("utf-16-be", "replace") for name in plain_names(palette)]
    named = [c + struct.pack(">I", len(t) // 2) + t for c, t in zip(colors, texts, strict=True)]
    first = struct.pack(">HH", 1, len(palette)) + b"".join(colors)
    return first + struct.pack(">HH", 2, len(palette)) + b"".join(named)
