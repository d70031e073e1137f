"""Drawings of the flow between two palettes."""

import xml.etree.ElementTree as ET

import pytest

import pochade
from pochade import Color, Palette
from pochade.draw import flow, flow_svg

SVG = "{http://www.w3.org/2000/svg}"


def boxes(document: str) -> list[dict[str, str]]:
    return [dict(rect.attrib) for rect in ET.fromstring(document).iter(f"{SVG}rect") if "width" in rect.attrib]


def test_heights_in_both_columns_are_proportional_to_shares():
    a = Palette((Color((20, 40, 120), 0.75), Color((240, 240, 240), 0.25)), source="a.png")
    b = Palette((Color((30, 120, 110), 0.6), Color((250, 250, 240), 0.4)), source="b.png")
    document = flow_svg(pochade.compare(a, b))
    high = {box["fill"]: float(box["height"]) for box in boxes(document)}
    assert high["#142878"] == pytest.approx(3 * high["#f0f0f0"], rel=1e-3)
    assert high["#1e786e"] == pytest.approx(1.5 * high["#fafaf0"], rel=1e-3)
    texts = [text.text for text in ET.fromstring(document).iter(f"{SVG}text")]
    assert {"a.png", "b.png"} <= set(texts)
    assert any(str(text).startswith("60 %, ") for text in texts)


def test_equal_palettes_have_straight_ribbons(flag):
    palette = pochade.extract(flag)
    comparison = pochade.compare(palette, palette)
    document = flow_svg(comparison)
    assert "0 apart" in document
    assert document.count("<image") == 2
    ends = {(box["y"], box["height"]) for box in boxes(document) if box["height"] not in ("360",)}
    assert len(ends) <= 2 * len(palette) + 3  # all slices of a ribbon are equal


def test_png_and_svg_have_the_same_size(photo, flag):
    comparison = pochade.compare(photo, flag, k=3)
    root = ET.fromstring(flow_svg(comparison))
    assert flow(comparison).size == (2 * int(root.get("width")), 2 * int(root.get("height")))
