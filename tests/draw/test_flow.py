"""The drawing of color flows."""

import xml.etree.ElementTree as ET

import pytest

import pochade
from pochade import Color, Palette
from pochade.draw import flow, flow_svg

SVG = "{http://www.w3.org/2000/svg}"


def boxes(document: str) -> list[dict[str, str]]:
    return [dict(rect.attrib) for rect in ET.fromstring(document).iter(f"{SVG}rect") if "width" in rect.attrib]


def test_both_columns_show_each_color_as_high_as_its_share():
    a = Palette((Color((20, 40, 120), 0.75), Color((240, 240, 240), 0.25)), source="a.png")
    b = Palette((Color((30, 120, 110), 0.6), Color((250, 250, 240), 0.4)), source="b.png")
    document = flow_svg(pochade.compare(a, b))
    high = {box["fill"]: float(box["height"]) for box in boxes(document)}
    assert high["#142878"] == pytest.approx(3 * high["#f0f0f0"], rel=1e-3)
    assert high["#1e786e"] == pytest.approx(1.5 * high["#fafaf0"], rel=1e-3)
    said = [text.text for text in ET.fromstring(document).iter(f"{SVG}text")]
    assert {"a.png", "b.png"} <= set(said)
    assert any(str(text).startswith("60 %, ") for text in said)


def test_equal_palettes_have_only_straight_ribbons(flag):
    palette = pochade.extract(flag)
    found = pochade.compare(palette, palette)
    document = flow_svg(found)
    assert "0 apart" in document
    assert document.count("<image") == 2
    ends = {(box["y"], box["height"]) for box in boxes(document) if box["height"] not in ("360",)}
    assert len(ends) <= 2 * len(palette) + 3  # a ribbon's slices are all alike


def test_the_image_has_twice_the_size_of_the_svg(photo, flag):
    found = pochade.compare(photo, flag, k=3)
    root = ET.fromstring(flow_svg(found))
    assert flow(found).size == (2 * int(root.get("width")), 2 * int(root.get("height")))
