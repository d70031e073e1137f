"""What must be checked of an SVG before it is drawn: where it refers to, and how deep and large it unfolds."""

import re
from xml.etree import ElementTree  # expat limits the growth of entities itself
from xml.etree.ElementTree import Element

from pochade.errors import FormatError, TooLargeError

MAX_DEPTH = 100
"""Levels, references unfolded. The renderer recurses, and overflows 8 MB of stack at about 250."""

MAX_ELEMENTS = 2_000_000
"""Elements, references unfolded; the largest maps have a tenth of it."""

_REFERENCE = re.compile(r"#([^\s)\"']+)")
_GRADIENTS = ("linearGradient", "radialGradient")  # they hold no drawing


def checked_svg(data: bytes, name: str) -> str:
    """The SVG without its references to other files. Parsed, for entities can hide one from a search.

    Raises
    ------
    FormatError : nested too deep, as made to crash a renderer.
    TooLargeError : too many elements once `use` is unfolded.
    """
    root = ElementTree.fromstring(data)
    for element in root.iter():
        for attribute in [key for key in element.attrib if _local(key) == "href"]:
            if not element.attrib[attribute].strip().startswith(("#", "data:")):
                del element.attrib[attribute]
    _check_effort(root, name)
    return ElementTree.tostring(root, encoding="unicode")


def _check_effort(root: Element, name: str) -> None:
    targets = {found: element for element in root.iter() if (found := element.get("id"))}
    known: dict[Element, tuple[int, int]] = {}
    within: set[Element] = set()

    def unfolded(element: Element, level: int) -> tuple[int, int]:
        """Height and number of elements."""
        if element in within:
            return 0, 0  # a circle: renderers leave it out
        height, count = known.get(element) or (1, 1)
        if level + height > MAX_DEPTH:
            raise FormatError(f"{name}: its elements are nested more than {MAX_DEPTH} deep.")
        if element in known:
            return height, count
        within.add(element)
        for below in [*element, *_referred(element, targets)]:
            higher, more = unfolded(below, level + 1)
            height, count = max(height, 1 + higher), count + more
        within.discard(element)
        if count > MAX_ELEMENTS:
            raise TooLargeError(f"{name}: it unfolds to more than {MAX_ELEMENTS:,} elements.")
        known[element] = height, count
        return height, count

    unfolded(root, _styled(root, targets))


def _referred(element: Element, targets: dict[str, Element]) -> list[Element]:
    ids = (found for value in element.attrib.values() for found in _REFERENCE.findall(value))
    return [targets[found] for found in ids if found in targets]


def _styled(root: Element, targets: dict[str, Element]) -> int:
    """How many levels style sheets may add: each mask, pattern or filter that they name, in the worst case."""
    sheets = "".join(element.text or "" for element in root.iter() if _local(str(element.tag)) == "style")
    named = {found for found in _REFERENCE.findall(sheets) if found in targets}
    return sum(_local(str(targets[found].tag)) not in _GRADIENTS for found in named)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
