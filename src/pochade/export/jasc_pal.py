"""JASC PAL: the palettes of Paint Shop Pro; GIMP, Krita, Aseprite and many tools for pixel art read them too.

References
----------
Jasc Software: "JASC Palette File Format", in the help of Paint Shop Pro 7: `JASC-PAL`, `0100`, the number of
colors, and a line for each color; lines end with CR LF.
"""

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import NamedColor, palette_of
from pochade.export.text_lines import codes, expect_first, numbered_lines, whole
from pochade.palette import Palette

FIRST = "JASC-PAL"


def read(content: bytes) -> Palette:
    """The palette of a JASC file. Alpha, a fourth number that Aseprite writes, is ignored."""
    lines = numbered_lines(content)
    expect_first(lines, FIRST, "a JASC palette")
    _, version = next(lines, (2, ""))
    if version != "0100":
        raise FormatError(f"line 2: unknown version {version[:20]!r}: it must be 0100.")
    count = whole(next(lines, (3, ""))[1], 3, "colors")
    colors: list[NamedColor] = []
    number = 3
    for number, line in lines:
        if len(colors) == count:
            break
        words = line.split()
        if len(words) not in (3, 4):
            raise FormatError(f"line {number}: {line[:40]!r} is not a color: give red, green and blue, each 0 to 255.")
        colors.append((codes(words, number), None))
    if len(colors) < count:
        raise FormatError(f"line {number}: the file ends after {len(colors)} of {count} colors.")
    return palette_of(colors)


@exporters.register(
    "jasc-pal", suffix=".pal", also=(".psppalette",), media_type="text/plain", read=read, magic=FIRST.encode(), most=256
)
def jasc_pal(palette: Palette) -> bytes:
    """The text palette of Paint Shop Pro, without names; the default for `.pal`."""
    rows = "".join(f"{red} {green} {blue}\r\n" for red, green, blue in palette.srgb.tolist())
    return f"{FIRST}\r\n0100\r\n{len(palette)}\r\n{rows}".encode()
