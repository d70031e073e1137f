"""SwatchBooker: a zip file with the colors in XML, which Scribus reads too.

References
----------
O. Berten: SwatchBooker 0.8, sbz.py and color.py: `swatchbook.xml` has `materials`, each with an identifier, a title and
its values in one or more models, and a `book` with their order. Numbers go from 0 to 1, of CIELAB and XYZ to 100, both
under D50; GRAY is ink.
"""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from pochade.errors import FormatError
from pochade.export import exporters
from pochade.export.archive import member, required_member, zip_of
from pochade.export.markup import Element, elements
from pochade.export.reading import NamedColor, palette_of
from pochade.export.swatch import (
    Triple,
    from_cielab_d50,
    from_cmyk,
    from_gray,
    from_hsv,
    from_profile,
    from_unit,
    from_xyz_d50,
    label_of,
    plain,
    plain_names,
)
from pochade.export.text_lines import decimal
from pochade.palette import Palette

MEMBER = "swatchbook.xml"
MAGIC = re.compile(rb"\APK\x03\x04.{26}(?:swatchbook\.xml|profiles/|patterns/)", re.DOTALL | re.IGNORECASE)
MODELS = {"SRGB": 3, "RGB": 3, "LAB": 3, "XYZ": 3, "HSV": 3, "CMY": 3, "GRAY": 1, "CMYK": 4}
"""The models that are read, the most exact first, and their numbers."""

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


@dataclass(slots=True)
class _Material:
    """A color of the book. texts : the elements of its identifier and title. values : by model."""

    texts: dict[str, Element] = field(default_factory=dict)
    values: dict[str, Element] = field(default_factory=dict)

    def text(self, kind: str) -> str:
        return self.texts[kind].text.strip() if kind in self.texts else ""


def read(content: bytes) -> Palette:
    """The colors of a .sbz file, in the order of its book, with all groups concatenated.

    Colors are read in the most exact of their models; patterns, and colors in other models, are listed as omitted.
    """
    root, *inner = elements(required_member(content, MEMBER, "a file of SwatchBooker"))
    if root.name != "SwatchBook":
        raise FormatError(f"line {root.line} of {MEMBER}: found the element {root.name!r} instead of SwatchBook.")
    materials, order = _parts(inner)
    by_name = {material.text("identifier"): material for material in materials}
    chosen = [by_name[name] for name in order if name in by_name] or materials
    omitted: list[str] = []
    colors: list[NamedColor] = []
    for material in chosen:
        name = label_of(material.text("title") or material.text("identifier"))
        model = next((model for model in MODELS if model in material.values), None)
        if model is None:
            kinds = ", ".join(sorted(material.values)) or "a pattern"
            omitted.append(f"{name or 'a swatch'} is left out, because it is in another model: {kinds}.")
        else:
            colors.append((_codes(material.values[model], model, content), name))
    return palette_of(colors, omitted)


def _parts(inner: list[Element]) -> tuple[list[_Material], list[str]]:
    """The materials of the file, and the identifiers of its book in their order."""
    materials: list[_Material] = []
    order: list[str] = []
    in_book = False
    for element in inner:
        kind = element.name.rpartition(":")[2]
        if kind == "book":
            in_book = True
        elif kind in ("color", "pattern") and not in_book:
            materials.append(_Material())
        elif kind == "swatch":
            order.append(element.attributes.get("material", ""))
        elif kind in ("identifier", "title") and materials and not in_book and "xml:lang" not in element.attributes:
            materials[-1].texts.setdefault(kind, element)
        elif kind == "values" and materials:
            materials[-1].values.setdefault(element.attributes.get("model", "").upper(), element)
    return materials, order


def _codes(element: Element, model: str, content: bytes) -> Triple:
    where = f"line {element.line} of {MEMBER}"
    try:
        values = [decimal(word, element.line) for word in element.text.split()]
    except FormatError as error:
        raise FormatError(f"{MEMBER}: {error}") from None
    if len(values) != MODELS[model]:
        raise FormatError(f"{where}: {len(values)} values of {model}, which has {MODELS[model]}.")
    space = element.attributes.get("space")
    profile = member(content, f"profiles/{space}", "a file of SwatchBooker") if space and model == "RGB" else None
    if profile:
        return from_profile(values, profile, where)
    if model == "LAB":
        return from_cielab_d50(values, where)
    if model == "XYZ":
        return from_xyz_d50([value / 100 for value in values], where)
    if model == "HSV":
        return from_hsv(values, where)
    if model == "CMYK":
        return from_cmyk(values, where)
    if model == "GRAY":
        return from_gray(1 - values[0], where)
    return from_unit([1 - value for value in values] if model == "CMY" else values, where)


@exporters.register("swatchbooker", suffix=".sbz", media_type="application/zip", read=read, magic=MAGIC)
def swatchbooker(palette: Palette, *, name: str = "") -> bytes:
    """A swatch book of SwatchBooker, which Scribus opens too, with names and exact colors.

    Parameters
    ----------
    name : of the book; by default the palette's source.
    """
    title = escape(plain(name or palette.source or "") or "pochade")
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    materials, swatches = [], []
    for i, (codes, label) in enumerate(zip(palette.srgb.tolist(), plain_names(palette), strict=True), 1):
        identifier = f"{i} {label}"
        values = " ".join(f"{code / 255:.16g}" for code in codes)
        materials.append(
            f"    <color>\n      <metadata>\n        <dc:identifier>{escape(identifier)}</dc:identifier>\n"
            f"        <dc:title>{escape(label)}</dc:title>\n      </metadata>\n"
            f'      <values model="sRGB">{values}</values>\n    </color>\n'
        )
        swatches.append(f"    <swatch material={quoteattr(identifier)} />\n")
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<SwatchBook version="0.7"{spaces}>\n  <metadata>\n'
        f"    <dc:format>application/swatchbook</dc:format>\n    <dc:title>{title}</dc:title>\n  </metadata>\n"
        f"  <materials>\n{''.join(materials)}  </materials>\n  <book>\n{''.join(swatches)}  </book>\n</SwatchBook>\n"
    )
    return zip_of({MEMBER: document.encode()})
