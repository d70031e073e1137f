"""Paint.NET: a text file with a color on each line, as AARRGGBB.

References
----------
dotPDN: "Working with Palettes", getpaint.net/doc/latest/WorkingWithPalettes.html: Paint.NET shows
96 colors; the text after a semicolon is a comment.
"""

import re

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.hex import ends_in_alpha
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import label_of, plain_names
from pochade.export.text_lines import numbered_lines
from pochade.palette import Palette

MAX_COLORS = 96
# Comments, then a line of eight hexadecimal digits.
_MAGIC = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:;[^\n]*)?\n)*[ \t\r]*[0-9a-fA-F]{8}[ \t\r]*(?:[;\n]|\Z)")
_COLOR = re.compile(r"(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})")


def fits(content: bytes) -> bool:
    """Whether the first line with content has eight digits, and the alpha of the colors is not at their end."""
    return _MAGIC.search(content) is not None and not ends_in_alpha(content)


def read(content: bytes) -> Palette:
    """The palette of a Paint.NET file of any length. The comment beside a color is its name; alpha is ignored."""
    if ends_in_alpha(content):
        raise FormatError(
            "line 1: the alpha is at the end, RRGGBBAA, but Paint.NET writes AARRGGBB: give the format hex."
        )
    colors: list[NamedColor] = []
    for number, line in numbered_lines(content):
        color, _, comment = line.partition(";")
        if not color.strip():
            continue
        match = _COLOR.fullmatch(color.strip())
        if not match:
            raise FormatError(f"line {number}: {color.strip()[:40]!r} is not a color: give AARRGGBB, as in FF8E1A24.")
        red, green, blue = bytes.fromhex(match[1])
        colors.append(((red, green, blue), label_of(comment)))
    return palette_of(colors)


@exporters.register("paintnet", suffix=".paintnet.txt", media_type="text/plain", read=read, magic=fits, most=MAX_COLORS)
def paintnet(palette: Palette) -> bytes:
    """A palette of Paint.NET, with names as comments. The suffix `.txt` alone could mean any text."""
    rows = [
        f"FF{color.hex[1:].upper()} ; {name}\r\n" for color, name in zip(palette, plain_names(palette), strict=True)
    ]
    return f"; paint.net Palette File\r\n{''.join(rows)}".encode()
