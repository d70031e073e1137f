"""XML for readers: its elements one after another, without what makes XML dangerous."""

from dataclasses import dataclass, field
from xml.parsers import expat

from pochade.errors import FormatError

MOST_ELEMENTS = 100_000
"""Ten for each of the most colors that are loaded; without it, a small file could fill the memory."""


@dataclass(slots=True)
class Element:
    """An element: its name, its attributes, the line it begins on, and its text, piece by piece."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters in it that are in no inner element."""
        return "".join(self.parts)


def elements(content: bytes) -> list[Element]:
    """All elements of an XML document in UTF-8, in the order in which they begin; the first is the root.

    A document type declaration is refused: entities, which can make a few bytes into gigabytes or fetch files, are
    declared there, and no palette has one. However deep elements are nested, nothing here calls itself.

    Raises
    ------
    FormatError : it is no well-formed XML, or has a document type; says at which line.
    """
    found: list[Element] = []
    open_ones: list[Element] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, parser.CurrentLineNumber)
        found.append(element)
        if len(found) > MOST_ELEMENTS:
            raise FormatError(f"line {element.line}: more than {MOST_ELEMENTS} elements, which no palette has.")
        open_ones.append(element)

    def text(characters: str) -> None:
        open_ones[-1].parts.append(characters)

    def doctype(*_: object) -> None:
        raise FormatError(f"line {parser.CurrentLineNumber}: it declares a document type, which no palette needs.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_ones.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise FormatError(f"line {error.lineno}: it is no XML: {expat.ErrorString(error.code)}.") from None
    return found
