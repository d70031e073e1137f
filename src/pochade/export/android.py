"""android: the resource file colors.xml, for res/values."""

import re
from collections.abc import Iterator

from pochade.color.css_value import css_value
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.identifiers import identifiers, words_of
from pochade.export.markup import Element, elements
from pochade.export.reading import NamedColor, palette_of
from pochade.palette import Palette

MAGIC = re.compile(rb"<resources[\s>]")

RESERVED = """
abstract assert boolean break byte case catch char class const continue default do double else enum extends
false final finally float for goto if implements import instanceof int interface long native new null package
private protected public return short static strictfp super switch synchronized this throw throws transient true
try void volatile while"""
"""Java's keywords, because a color becomes a field of the class R.color. Java Language Specification, section 3.9."""

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")


def read(content: bytes) -> Palette:
    """The palette of the opaque colors; references to others are skipped, translucent colors are listed as omitted."""
    document = elements(content)
    if document[0].name != "resources":
        raise FormatError(
            f"line {document[0].line}: the XML has the element {document[0].name!r}, which is no palette. "
            "Palettes begin with resources (Android), SCRIBUSCOLORS (Scribus), palette (CorelDRAW) or color-table "
            "(LibreOffice)."
        )
    omitted: list[str] = []
    return palette_of(_colors(document, omitted), omitted)


def _colors(document: list[Element], omitted: list[str]) -> Iterator[NamedColor]:
    for element in document:
        value = element.text.strip()
        is_color = element.name == "color" or (element.name == "item" and element.attributes.get("type") == "color")
        if not is_color or value.startswith(("@", "?")):
            continue
        try:
            codes = css_value(_as_css(value))
        except OptionError as error:
            raise FormatError(f"line {element.line}: {error}") from None
        name = words_of(element.attributes.get("name", ""))
        if codes is not None:
            yield codes, name
        else:
            omitted.append(f"line {element.line}: {name or 'a color'} is translucent: {value}.")


def _as_css(value: str) -> str:
    """The value with alpha last, as in CSS; Android writes alpha first."""
    if not _HEX.fullmatch(value):
        raise OptionError(f"{value[:40]!r} is not a color: give #RRGGBB or #AARRGGBB.")
    alpha = {5: 1, 9: 2}.get(len(value), 0)
    return "#" + value[1 + alpha :] + value[1 : 1 + alpha]


@exporters.register("android", suffix=".xml", media_type="application/xml", read=read, magic=MAGIC)
def android(palette: Palette) -> bytes:
    """A resource file of Android: `<color name="brown">#8E1A24</color>`."""
    names = identifiers(palette, "snake", reserved=RESERVED)
    lines = [
        f'    <color name="{name}">{color.upper()}</color>' for name, color in zip(names, palette.hex, strict=True)
    ]
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', "<resources>", *lines, "</resources>", ""]).encode()
