"""coolors: the palette as an address of coolors.co, a site to view, edit and share palettes.

Its export "Code" is read too: the palette as CSV, arrays, an object and XML, in one text.
"""

import re

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.documents import named_colors
from pochade.export.reading import NamedColor, json_of, palette_of, text_of
from pochade.palette import Palette

MAGIC = re.compile(rb"\A\s*(?:(?:https?://)?(?:www\.)?coolors\.co/|/\* CSV \*/\s)", re.IGNORECASE)

# An array of objects, an object of names, an array of colors.
_FORMS = [re.compile(start + r"[^\n]*$", re.MULTILINE) for start in (r"^\[\s*\{", r"^\{", r"^\[")]
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?coolors\.co/(?:[a-z-]+/)?([0-9a-f]{6}(?:-[0-9a-f]{6})*)/?(?:[?#]\S*)?", re.IGNORECASE
)


def read(content: bytes) -> Palette:
    """The palette of an address such as `https://coolors.co/palette/8e1a24-ffffff`; nothing is fetched.

    An export in the form of code has each color several times; the form with most names is read.
    """
    address = text_of(content).strip()
    if address.startswith("/*"):
        return _of_code(address)
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


def _of_code(text: str) -> Palette:
    for form in _FORMS:
        if match := form.search(text):
            return named_colors(json_of(match[0].encode()))
    raise FormatError("line 1: not the code of a palette of coolors.co: there is no array and no object.")


@exporters.register("coolors", suffix=".uri", media_type="text/uri-list", header=0, read=read, magic=MAGIC)
def coolors(palette: Palette) -> bytes:
    """The address of the palette at coolors.co."""
    return f"{palette.coolors}\n".encode()
