"""CorelDRAW: its palettes in XML, from version X5 on, and the XML of coolors.co, which has the same root.

References
----------
O. Berten: SwatchBooker, codec for "Corel X5": an element `palette` with `colorspaces`, which define inks in other
models, and `colors` with pages of `color`, each with `cs`, the model or ink, and `tints`, from 0 to 1; CIELAB as
L* / 100 and (a* + 128) / 255.
"""

import re
from xml.sax.saxutils import quoteattr

from pochade.color.srgb import parse_hex
from pochade.errors import FormatError, OptionError
from pochade.export import exporters
from pochade.export.markup import Element, elements
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import (
    Triple,
    from_cielab_d50,
    from_cmyk,
    from_gray,
    from_hsv,
    from_unit,
    label_of,
    plain,
    plain_names,
)
from pochade.export.text_lines import codes, decimal
from pochade.palette import Palette

MAGIC = re.compile(rb"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)*<palette\b")
CHANNELS = {"RGB": 3, "SRGB": 3, "CMYK": 4, "LAB": 3, "GRAY": 1, "HSB": 3, "CMY": 3}
PREFERRED = ("SRGB", "RGB", "LAB", "CMYK", "GRAY", "HSB", "CMY")
"""The models in which an ink is read, if it is defined in several."""


def read(content: bytes) -> Palette:
    """The colors of a palette of CorelDRAW, of all pages; CMYK is converted approximately.

    Inks are read as the palette defines them; inks and models that it does not define are listed as omitted.
    """
    root, *inner = elements(content)
    if root.name.lower() != "palette":
        raise FormatError(
            f"line {root.line}: found the element {root.name!r}, but a palette of CorelDRAW begins with palette."
        )
    inks: dict[str, dict[str, Element]] = {}
    ink: str | None = None
    omitted: list[str] = []
    colors: list[NamedColor] = []
    for element in inner:
        kind = element.name.lower()
        if kind == "cs":
            ink = element.attributes.get("name", "")
            inks[ink] = {}
        elif kind in ("colors", "page"):
            ink = None
        elif kind == "color" and ink is not None:
            inks[ink][element.attributes.get("cs", "").upper()] = element
        elif kind == "color":
            name = label_of(element.attributes.get("name"))
            found = _codes(element, inks)
            if found is None:
                model = element.attributes.get("cs", "")[:40]
                omitted.append(
                    f"line {element.line}: {name or 'a color'} is in {model!r}, which the file does not define."
                )
            else:
                colors.append((found, name))
    return palette_of(colors, omitted)


def _codes(element: Element, inks: dict[str, dict[str, Element]]) -> Triple | None:
    attributes, where = element.attributes, f"line {element.line}"
    if "hex" in attributes:
        try:
            red, green, blue = parse_hex("#" + attributes["hex"].removeprefix("#")).tolist()
        except OptionError as error:
            raise FormatError(f"{where}: {error}") from None
        return red, green, blue
    if {"r", "g", "b"} <= attributes.keys():
        return codes([attributes[channel] for channel in "rgb"], element.line)
    model = attributes.get("cs", "")
    if model.upper() not in CHANNELS:
        forms = inks.get(model) or inks.get(model.removesuffix(" (2)")) or {}
        form = next((forms[name] for name in PREFERRED if name in forms), None)
        return None if form is None else _codes(form, {})
    values = [decimal(word, element.line) for word in re.split(r"[\s,;]+", attributes.get("tints", "").strip()) if word]
    if len(values) != CHANNELS[model.upper()]:
        raise FormatError(f"{where}: {len(values)} tints of {model}, which has {CHANNELS[model.upper()]}.")
    return _converted(values, model.upper(), where)


def _converted(values: list[float], model: str, where: str) -> Triple:
    if model == "CMYK":
        return from_cmyk(values, where)
    if model == "CMY":
        return from_unit([1 - value for value in values], where)
    if model == "HSB":
        return from_hsv(values, where)
    if model == "GRAY":
        return from_gray(values[0], where)
    if model == "LAB":
        return from_cielab_d50((100 * values[0], 255 * values[1] - 128, 255 * values[2] - 128), where)
    return from_unit(values, where)


@exporters.register("coreldraw", suffix=".coreldraw.xml", media_type="application/xml", read=read, magic=MAGIC)
def coreldraw(palette: Palette, *, name: str = "") -> bytes:
    """A palette of CorelDRAW X5 and later, with names.

    Parameters
    ----------
    name : of the palette; by default its source.
    """
    title = quoteattr(plain(name or palette.source or "") or "pochade")
    rows = "".join(
        f'      <color cs="RGB" name={quoteattr(label)} tints="{",".join(f"{code / 255:.6f}" for code in codes)}"/>\n'
        for codes, label in zip(palette.srgb.tolist(), plain_names(palette), strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<palette name={title}>\n  <colors>\n    <page>\n{rows}'
        "    </page>\n  </colors>\n</palette>\n"
    ).encode()
