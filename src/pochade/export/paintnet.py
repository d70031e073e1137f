"""Paint.NET: a text file with a color a line, as AARRGGBB.

References
----------
dotPDN: "Working with Palettes", getpaint.net/doc/latest/WorkingWithPalettes.html: 96 colors; more are not shown,
and what stands after a semicolon is a comment.
"""

import re

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import Found, palette_of
from pochade.export.swatch import given, plain_names
from pochade.export.text_lines import numbered
from pochade.palette import Palette

MAX_COLORS = 96
# Comments, and then eight hexadecimal digits alone on a line.
MAGIC = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:;[^\n]*)?\n)*[ \t\r]*[0-9a-fA-F]{8}[ \t\r]*(?:[;\n]|\Z)")
_COLOR = re.compile(r"(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})")


def read(content: bytes) -> Palette:
    """The palette of a Paint.NET file, of any length; a comment beside a color is its name, and alpha is left out."""
    found: list[Found] = []
    for number, line in numbered(content):
        color, _, comment = line.partition(";")
        if not color.strip():
            continue
        match = _COLOR.fullmatch(color.strip())
        if not match:
            raise FormatError(f"line {number}: {color.strip()[:40]!r} is no color: give AARRGGBB, as in FF8E1A24.")
        red, green, blue = bytes.fromhex(match[1])
        found.append(((red, green, blue), given(comment)))
    return palette_of(found)


@exporters.register("paintnet", suffix=".paintnet.txt", media_type="text/plain", read=read, magic=MAGIC, most=96)
def paintnet(palette: Palette) -> bytes:
    """A palette of Paint.NET, with names as comments. A plain `.txt` does not stand for it, since any text is one."""
    rows = [
        f"FF{color.hex[1:].upper()} ; {name}\r\n" for color, name in zip(palette, plain_names(palette), strict=True)
    ]
    return f"; paint.net Palette File\r\n{''.join(rows)}".encode()
