"""XML for readers: what it finds, and what it refuses."""

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
        (LAUGHS, "line 1: it declares a document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "line 1: it declares a document type"),
        (b"<a>\n&b;</a>", "line 2: it is no XML: undefined entity"),
        (b"<a>\n</b>", "line 2: it is no XML: mismatched tag"),
        (b"", "line 1: it is no XML: no element found"),
        (b"<a/><b/>", "line 1"),
        (b"<a/>" * 2, "line 1"),
        (b"<a>" + b"<b/>" * 100_001 + b"</a>", "more than 100000 elements"),
    ],
)
def test_what_is_dangerous_or_broken_is_refused_with_its_line(content, where):
    with pytest.raises(FormatError, match=where):
        elements(content)


def test_many_pieces_of_text_take_no_longer_than_they_must():
    start = time.process_time()
    (root, *_) = elements(b"<a>" + b"x<b/>" * 90_000 + b"</a>")
    assert root.text == "x" * 90_000
    assert time.process_time() - start < 30  # 1 s at most; joining again for each piece would take minutes
