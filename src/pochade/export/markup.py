"""Read XML as a list of elements, without entities and external files."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from pochade.errors import FormatError

_WESTERN = re.compile(
    rb"<\?xml[^>]{0,100}encoding=[\"'](?:iso-8859-1|latin-?1|windows-1252|cp1252)[\"']", re.IGNORECASE
)

MAX_ELEMENTS = 100_000
"""Ten for each of the 10,000 colors that load() allows; without the limit, a small file could fill the memory."""


@dataclass(slots=True)
class Element:
    """An element. line : of its start tag. parts : its text, in pieces."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the element, without the text of inner elements."""
        return "".join(self.parts)


def elements(content: bytes) -> list[Element]:
    """All elements of an XML document, in the order of their start tags; the first is the root.

    Text that declares a Western code page, as old programs wrote it, is decoded with that of Windows.

    A document type declaration is refused, because it declares entities, which can expand to gigabytes or read files;
    no palette needs one. The parser does not recurse, so nesting may be of any depth.

    Raises
    ------
    FormatError : the XML is not well-formed, or has a document type; the message names the line.
    """
    if _WESTERN.match(content):
        content = content.decode("cp1252", "replace").encode()
    in_order: list[Element] = []
    open_elements: list[Element] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, parser.CurrentLineNumber)
        in_order.append(element)
        if len(in_order) > MAX_ELEMENTS:
            raise FormatError(f"line {element.line}: more than {MAX_ELEMENTS} elements, the limit for palettes.")
        open_elements.append(element)

    def text(characters: str) -> None:
        open_elements[-1].parts.append(characters)

    def doctype(*_: object) -> None:
        raise FormatError(f"line {parser.CurrentLineNumber}: the document type declaration is not allowed.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_elements.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise FormatError(f"line {error.lineno}: not valid XML: {expat.ErrorString(error.code)}.") from None
    return in_order
