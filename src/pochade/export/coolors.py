"""coolors: the palette as an address of coolors.co, a site to view, edit and share palettes."""

import re

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.reading import NamedColor, palette_of, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb"\A\s*(?:https?://)?(?:www\.)?coolors\.co/", re.IGNORECASE)

_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?coolors\.co/(?:[a-z-]+/)?([0-9a-f]{6}(?:-[0-9a-f]{6})*)/?(?:[?#]\S*)?", re.IGNORECASE
)


def read(content: bytes) -> Palette:
    """The palette of an address such as `https://coolors.co/palette/8e1a24-ffffff`; nothing is fetched."""
    address = text_of(content).strip()
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise FormatError(
            f"line 1: {address[:60]!r} is not a palette of coolors.co: give https://coolors.co/8e1a24-ffffff."
        )
    colors: list[NamedColor] = []
    for digits in match[1].split("-"):
        red, green, blue = parse_hex("#" + digits).tolist()
        colors.append(((red, green, blue), None))
    return palette_of(colors)


@exporters.register("coolors", suffix=".uri", media_type="text/uri-list", header=0, read=read, magic=MAGIC)
def coolors(palette: Palette) -> bytes:
    """The address of the palette at coolors.co."""
    return f"{palette.coolors}\n".encode()
