"""LibreOffice's color tables."""

import xml.etree.ElementTree as ElementTree

import pytest

from pochade import Color, FormatError, Palette
from pochade.export.soc import read, soc

DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


def test_a_palette_is_written_in_the_namespaces_of_libreoffice():
    palette = Palette((Color((142, 26, 36), 0.5, label='<"brick" & red>'), Color((0, 254, 1), 0.5, label="grün")))
    root = ElementTree.fromstring(soc(palette))
    assert root.tag == "{http://openoffice.org/2004/office}color-table"
    assert [color.tag for color in root] == [f"{DRAW}color"] * 2
    assert [color.attrib for color in root] == [
        {f"{DRAW}name": '<"brick" & red>', f"{DRAW}color": "#8e1a24"},
        {f"{DRAW}name": "grün", f"{DRAW}color": "#00fe01"},
    ]


def test_a_table_of_the_first_openoffice_is_read():
    content = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<office:color-table xmlns:office="http://openoffice.org/2000/office" '
        b'xmlns:draw="http://openoffice.org/2000/drawing">\n<draw:color draw:name="Blue 1" draw:color="#0000FF"/>'
        b'<draw:color draw:color="#fff000"></draw:color></office:color-table>'
    )
    palette = read(content)
    assert palette.hex == ["#0000ff", "#fff000"]
    assert [color.label for color in palette] == ["Blue 1", None]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg/>", "line 1: found the element 'svg'"),
        (b"<color-table>\n<color name='a'/></color-table>", "line 2: None is not a color"),
        (b"<color-table>\n\n<color color='red'/></color-table>", "line 3: 'red' is not a color"),
        (b"<color-table>\n<color", "line 2: not valid XML"),
        (
            b"<!DOCTYPE a [<!ENTITY b 'ha'>]>\n<color-table>&b;</color-table>",
            "line 1: the document type declaration is not allowed",
        ),
        (b"<color-table>\xff</color-table>", "line 1"),
    ],
)
def test_the_error_names_the_line(content, message):
    with pytest.raises(FormatError, match=message):
        read(content)
