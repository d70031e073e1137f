"""SOC: the color tables of LibreOffice, OpenOffice and StarOffice.

References
----------
LibreOffice, svx/source/xoutdev/xmlxtimp.cxx and extras/source/palettes/standard.soc: an element `color-table` with
elements `draw:color`, each with `draw:name` and `draw:color`. OpenOffice.org 1 had other namespaces, so the
reader ignores namespaces.
"""

import re
from xml.sax.saxutils import quoteattr

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.markup import elements
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import label_of, plain_names
from pochade.palette import Palette

MAGIC = re.compile(rb"<(?:\w{1,20}:)?color-table\b")
NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "svg": "http://www.w3.org/2000/svg",
    "ooo": "http://openoffice.org/2004/office",
}


def read(content: bytes) -> Palette:
    """The colors of a SOC file of any version of LibreOffice or OpenOffice."""
    root, *inner = elements(content)
    if _local(root.name) != "color-table":
        raise FormatError(f"line {root.line}: found the element {root.name!r}, but a SOC file begins with color-table.")
    colors: list[NamedColor] = []
    for element in inner:
        if _local(element.name) != "color":
            continue
        attributes = {_local(name): value for name, value in element.attributes.items()}
        try:
            red, green, blue = parse_hex(attributes.get("color", "")).tolist()
        except OptionError:
            raise FormatError(
                f"line {element.line}: {attributes.get('color')!r} is not a color: give #rrggbb."
            ) from None
        colors.append(((red, green, blue), label_of(attributes.get("name"))))
    return palette_of(colors)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


@exporters.register("soc", suffix=".soc", media_type="application/xml", read=read, magic=MAGIC)
def soc(palette: Palette) -> bytes:
    """A color table of LibreOffice, with names."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    rows = "".join(
        f' <draw:color draw:name={quoteattr(name)} draw:color="{color.hex}"/>\n'
        for color, name in zip(palette, plain_names(palette), strict=True)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ooo:color-table{spaces}>\n{rows}</ooo:color-table>\n'.encode()
