"""Reading of XML: elements, and refused documents."""

import time

import pytest

from pochade.errors import FormatError
from pochade.export.markup import elements

LAUGHS = b"""<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<resources><color name="x">&b;</color></resources>"""


def test_elements_have_names_attributes_lines_and_text():
    first, second = elements(b'<a>\n one <b c="&lt;d&#62;">two</b>\n three</a>')
    assert (first.name, first.line, first.text) == ("a", 1, "\n one \n three")
    assert (second.name, second.line, second.text, second.attributes) == ("b", 2, "two", {"c": "<d>"})


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (LAUGHS, "line 1: the document type declaration is not allowed"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "line 1: the document type declaration is not allowed"),
        (b"<a>\n&b;</a>", "line 2: not valid XML: undefined entity"),
        (b"<a>\n</b>", "line 2: not valid XML: mismatched tag"),
        (b"", "line 1: not valid XML: no element found"),
        (b"<a/><b/>", "line 1"),
        (b"<a/>" * 2, "line 1"),
        (b"<a>" + b"<b/>" * 100_001 + b"</a>", "more than 100000 elements"),
    ],
)
def test_dangerous_or_malformed_xml_is_refused_with_its_line(content, where):
    with pytest.raises(FormatError, match=where):
        elements(content)


def test_many_pieces_of_text_take_linear_time():
    start = time.process_time()
    (root, *_) = elements(b"<a>" + b"x<b/>" * 90_000 + b"</a>")
    assert root.text == "x" * 90_000
    assert time.process_time() - start < 30  # 1 s at most; joining again for each piece would take minutes
