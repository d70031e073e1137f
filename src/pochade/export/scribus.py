"""Scribus: the color palettes of the layout program Scribus, and the colors of its documents.

References
----------
Scribus 1.5.8, resources/swatches (`RGB="#0d1b2a"`, `CMYK="#ff7f0073"`), and scribus150format_save.cpp (`SPACE="RGB"`
with R, G and B from 0 to 255, `SPACE="CMYK"` with C, M, Y and K in percent, `SPACE="Lab"` with L, A and B).
"""

import re
from xml.sax.saxutils import quoteattr

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.markup import Element, elements
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import Triple, from_cielab_d50, from_cmyk, from_unit, label_of, plain, plain_names
from pochade.export.text_lines import decimal
from pochade.palette import Palette

MAGIC = re.compile(rb"<SCRIBUS(?:COLORS|UTF8NEW|UTF8)\b")
MODELS = {"RGB": ("RGB", 255.0), "CMYK": ("CMYK", 100.0), "LAB": ("LAB", 1.0)}
"""The attributes of each model in the newer form, and the number that stands for 1."""

_HEX = re.compile(r"#(?:[0-9a-fA-F]{2}){3,4}")


def read(content: bytes) -> Palette:
    """The colors of a palette or a document of Scribus, in both forms; CMYK is converted approximately."""
    root, *inner = elements(content)
    if not root.name.upper().startswith("SCRIBUS"):
        raise FormatError(
            f"line {root.line}: found the element {root.name!r}, but a palette of Scribus begins with SCRIBUSCOLORS."
        )
    omitted: list[str] = []
    colors: list[NamedColor] = []
    for element in inner:
        if element.name.upper() != "COLOR":
            continue
        attributes = {name.upper(): value for name, value in element.attributes.items()}
        name = label_of(attributes.get("NAME"))
        codes = _codes(element, attributes)
        if codes is None:
            omitted.append(f"line {element.line}: {name or 'a color'} is in an unknown model.")
        else:
            colors.append((codes, name))
    return palette_of(colors, omitted)


def _codes(element: Element, attributes: dict[str, str]) -> Triple | None:
    where = f"line {element.line}"
    for model, convert in (("RGB", from_unit), ("CMYK", from_cmyk)):
        if model in attributes:
            text = attributes[model].strip()
            if not _HEX.fullmatch(text) or len(text) != 1 + 2 * len(model):
                raise FormatError(
                    f"{where}: {text[:40]!r} is not a color: give #{'rrggbb' if model == 'RGB' else 'ccmmyykk'}."
                )
            return convert([code / 255 for code in bytes.fromhex(text[1:])], where)
    model = attributes.get("SPACE", "").upper()
    if model not in MODELS:
        return None
    channels, full = MODELS[model]
    if not all(channel in attributes for channel in channels):
        raise FormatError(f"{where}: a color of {model} needs {', '.join(channels)}.")
    values = [decimal(attributes[channel], element.line) / full for channel in channels]
    return (from_cmyk if model == "CMYK" else from_cielab_d50 if model == "LAB" else from_unit)(values, where)


@exporters.register("scribus", suffix=".scribus.xml", media_type="application/xml", read=read, magic=MAGIC)
def scribus(palette: Palette, *, name: str = "") -> bytes:
    """A color palette of Scribus, with names.

    Parameters
    ----------
    name : of the palette; by default its source.
    """
    title = quoteattr(plain(name or palette.source or "") or "pochade")
    rows = "".join(
        f' <COLOR NAME={quoteattr(label)} RGB="{color.hex}" Spot="0" Register="0"/>\n'
        for color, label in zip(palette, plain_names(palette), strict=True)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<SCRIBUSCOLORS Name={title}>\n{rows}</SCRIBUSCOLORS>\n'.encode()
