"""JASC PAL: the palettes of Paint Shop Pro, which GIMP, Krita, Aseprite and many tools for pixel art read.

References
----------
Jasc Software: "JASC Palette File Format", in the help of Paint Shop Pro 7: `JASC-PAL`, `0100`, the number of
colors, and each color on a line, with the line ends of Windows.
"""

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import Found, palette_of
from pochade.export.text_lines import begins, codes, numbered, whole
from pochade.palette import Palette

FIRST = "JASC-PAL"


def read(content: bytes) -> Palette:
    """The palette of a JASC file; a fourth number, as Aseprite writes it, is alpha, and left out."""
    lines = numbered(content)
    begins(lines, FIRST, "a JASC palette")
    _, version = next(lines, (2, ""))
    if version != "0100":
        raise FormatError(f"line 2: version {version[:20]!r} is not known: 0100 is.")
    count = whole(next(lines, (3, ""))[1], 3, "colors")
    found: list[Found] = []
    number = 3
    for number, line in lines:
        if len(found) == count:
            break
        words = line.split()
        if len(words) not in (3, 4):
            raise FormatError(f"line {number}: {line[:40]!r} is no color: give red, green and blue, each 0 to 255.")
        found.append((codes(words, number), None))
    if len(found) < count:
        raise FormatError(f"line {number}: the file ends after {len(found)} of {count} colors.")
    return palette_of(found)


@exporters.register("jasc-pal", suffix=".pal", media_type="text/plain", read=read, magic=FIRST.encode(), most=256)
def jasc_pal(palette: Palette) -> bytes:
    """The text palette of Paint Shop Pro, without names; what `.pal` stands for."""
    rows = "".join(f"{red} {green} {blue}\r\n" for red, green, blue in palette.srgb.tolist())
    return f"{FIRST}\r\n0100\r\n{len(palette)}\r\n{rows}".encode()
