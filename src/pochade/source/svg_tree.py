"""Prepare an SVG for the renderer: its references to files, the depth and size that it expands to, and its styles."""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree  # expat limits the growth of entities itself
from xml.etree.ElementTree import Element

from pochade.errors import FormatError, TooLargeError
from pochade.source.svg_data import embedded_svg
from pochade.source.svg_style import resolve_styles

MAX_DEPTH = 100
"""Levels of nesting with `use` expanded. The renderer recurses, and overflows 8 MB of stack at about 250."""

MAX_ELEMENTS = 2_000_000
"""Elements with `use` expanded; the largest maps have a tenth of this."""

MAX_DRAWINGS = 8
"""Levels of drawings in the data: URLs of drawings."""

_REFERENCE = re.compile(r"#([^\s)\"']+)")
_GRADIENTS = ("linearGradient", "radialGradient")  # these contain no drawing


def safe_svg(data: bytes, name: str, level: int = 0) -> str:
    """The SVG without its references to other files, and with its styles resolved. It is parsed, because entities can
    hide a reference from a text search. The drawings in its data: URLs are changed in the same way.

    Parameters
    ----------
    level : the number of drawings around it.

    Raises
    ------
    FormatError : the elements are nested too deep, which crashes renderers; or a color is not known.
    TooLargeError : too many elements with `use` expanded.
    """
    if level > MAX_DRAWINGS:
        raise FormatError(f"{name}: its drawings in drawings are nested more than {MAX_DRAWINGS} deep.")
    root = ElementTree.fromstring(data)
    for element in root.iter():
        for attribute in [key for key in element.attrib if _local(key) == "href"]:
            if not element.attrib[attribute].strip().startswith(("#", "data:")):
                del element.attrib[attribute]
            elif (drawing := embedded_svg(element.attrib[attribute])) is not None:
                with suppress(ElementTree.ParseError):  # the renderer leaves it out
                    text = safe_svg(drawing, name, level + 1)
                    element.attrib[attribute] = f"data:image/svg+xml;base64,{b64encode(text.encode()).decode()}"
    _check_effort(root, name)
    resolve_styles(root, name)
    _check_effort(root, name)  # style sheets, variables and copies add references
    return ElementTree.tostring(root, encoding="unicode")


def _check_effort(root: Element, name: str, level: int = 0) -> tuple[int, int]:
    """The height of the tree and its number of elements, with the drawings in its data: URLs.

    level : the levels above it, in the drawing that contains it.
    """
    targets = {key: element for element in root.iter() if (key := element.get("id"))}
    measured: dict[Element, tuple[int, int]] = {}
    within: set[Element] = set()

    def measure(element: Element, level: int) -> tuple[int, int]:
        """The height of the subtree and its number of elements."""
        if element in within:
            return 0, 0  # a cycle: renderers skip it
        height, count = measured.get(element) or (1, 1)
        if level + height > MAX_DEPTH:
            raise FormatError(f"{name}: its elements are nested more than {MAX_DEPTH} deep.")
        if element in measured:
            return height, count
        within.add(element)
        for below in [*element, *_references(element, targets)]:
            higher, more = measure(below, level + 1)
            height, count = max(height, 1 + higher), count + more
        for drawing in _drawings(element):
            higher, more = _check_effort(drawing, name, level + 1)
            height, count = max(height, 1 + higher), count + more
        within.discard(element)
        if count > MAX_ELEMENTS:
            raise TooLargeError(f"{name}: it expands to more than {MAX_ELEMENTS:,} elements.")
        measured[element] = height, count
        return height, count

    return measure(root, level + _style_levels(root, targets))


def _drawings(element: Element) -> Iterator[Element]:
    """The drawings in data: URLs of an element."""
    for attribute, value in element.attrib.items():
        data = embedded_svg(value) if _local(attribute) == "href" else None
        if data is not None:
            with suppress(ElementTree.ParseError):  # the renderer leaves it out
                yield ElementTree.fromstring(data)


def _references(element: Element, targets: dict[str, Element]) -> list[Element]:
    names = (name for value in element.attrib.values() for name in _REFERENCE.findall(value))
    return [targets[name] for name in names if name in targets]


def _style_levels(root: Element, targets: dict[str, Element]) -> int:
    """The most levels that style sheets can add: one for each mask, pattern or filter that they name."""
    sheets = "".join(element.text or "" for element in root.iter() if _local(str(element.tag)) == "style")
    names = {name for name in _REFERENCE.findall(sheets) if name in targets}
    return sum(_local(str(targets[name].tag)) not in _GRADIENTS for name in names)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
