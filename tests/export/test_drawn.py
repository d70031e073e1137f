"""SVG, PNG, PDF and HTML, read by other programs."""

import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from pochade import Color, OptionError, Palette, PochadeError

SVG = "{http://www.w3.org/2000/svg}"
WINE = Palette((Color((142, 26, 36), 0.75, label="<Wine> & more"), Color((255, 255, 255), 0.25)), source='a "b".jpg')
MANY = Palette.from_dict({"colors": ["#000000", "#ffffff"]}).gradient(40)


def words(svg: bytes) -> list[str | None]:
    return [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_svg_has_each_color_with_its_name():
    svg = WINE.export("svg")
    fills = [rect.get("fill") for rect in ET.fromstring(svg).iter(f"{SVG}rect")]
    assert {"#8e1a24", "#ffffff"} <= set(fills)
    assert words(svg) == ["<Wine> & more", "#8e1a24", "75 %", "white", "#ffffff", "25 %"]


@pytest.mark.parametrize(("labels", "expected"), [("hex", WINE.hex), ("name", WINE.names), ("none", [])])
def test_labels_follow_the_option(labels: str, expected: list[str]) -> None:
    assert words(WINE.export("svg", labels=labels)) == expected
    by_share = [text for text in words(WINE.export("svg", labels=labels, by_share=True)) if not text.endswith("%")]
    assert by_share == expected


def test_columns_follow_the_option():
    def size(**options: int) -> tuple[int, int]:
        with Image.open(io.BytesIO(MANY.export("png", labels="none", **options))) as image:
            return image.size

    one, four = size(columns=1), size(columns=4)
    assert one[0] < four[0]
    assert one[1] > 3 * four[1]
    with pytest.raises(OptionError, match="columns=-1 is not allowed"):
        WINE.export("svg", columns=-1)
    with pytest.raises(OptionError, match="columns=-1 is not allowed"):
        WINE.export("html", columns=-1)


def test_heights_of_parts_follow_the_shares_above_a_minimum():
    parts = ET.fromstring(WINE.export("svg", by_share=True)).iter(f"{SVG}rect")
    tall = {part.get("fill"): float(part.get("height")) for part in parts}
    assert tall["#8e1a24"] - tall["#ffffff"] == pytest.approx((720 - 2 * 34) * 0.5)


def strip_parts(palette: Palette, **options: object) -> dict[str | None, float]:
    """The width of each color in a strip."""
    parts = ET.fromstring(palette.export("svg", strip=True, **options)).iter(f"{SVG}rect")
    return {part.get("fill"): float(part.get("width") or 0) for part in parts if part.get("fill") in palette.hex}


def test_a_strip_is_one_band_of_equal_parts_or_of_parts_by_share():
    assert strip_parts(WINE) == {"#8e1a24": 300, "#ffffff": 300}
    by_share = strip_parts(WINE, by_share=True)
    assert by_share["#8e1a24"] - by_share["#ffffff"] == pytest.approx((600 - 2 * 8) * 0.5)
    tiny = Palette([Color((255, 0, 0), 0.9999), Color((0, 0, 255), 0.0001)])
    assert strip_parts(tiny, by_share=True)["#0000ff"] >= 8
    with Image.open(io.BytesIO(WINE.export("png", strip=True, labels="none"))) as image:
        assert image.size == (1200, 128)
        row = [image.convert("RGB").getpixel((x, 64)) for x in (0, 599, 601, 1199)]
        assert row == [(142, 26, 36)] * 2 + [(255, 255, 255)] * 2


@pytest.mark.parametrize(
    ("labels", "expected"), [("all", ["#8e1a24", "white", "#ffffff"]), ("hex", WINE.hex), ("name", None), ("none", [])]
)
def test_labels_of_a_strip_are_those_that_fit(labels: str, expected: list[str] | None) -> None:
    shown = words(WINE.export("svg", strip=True, labels=labels))
    assert [word for word in shown if word != WINE.names[0]] == (["white"] if expected is None else expected)
    assert words(MANY.export("svg", strip=True, labels=labels)) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_png_has_the_exact_colors(dark: bool) -> None:
    with Image.open(io.BytesIO(WINE.export("png", dark=dark))) as image:
        seen = {tuple(color) for _, color in image.getcolors(1 << 22)}
    assert {(142, 26, 36), (255, 255, 255), (0x16,) * 3 if dark else (0xF0,) * 3} <= seen


def test_the_pdf_is_a_page_of_vectors_and_text():
    document = pypdfium2.PdfDocument(WINE.export("pdf"))
    assert len(document) == 1
    said = document[0].get_textpage().get_text_range()
    assert all(word in said for word in ("<Wine> & more", "#8e1a24", "75 %"))
    drawn = np.asarray(document[0].render(scale=1).to_pil().convert("RGB")).reshape(-1, 3)
    assert (drawn == (142, 26, 36)).all(axis=1).sum() > 1000


def test_the_pdf_is_the_same_bytes_in_another_process():
    code = (
        "import sys; from pochade import Palette; "
        "sys.stdout.buffer.write(Palette.from_dict({'colors': ['#8e1a24', '#fff']}).export('pdf'))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert b"CreationDate (D:20000101" in next(iter(runs))  # reportlab's constant date


def test_without_reportlab_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "reportlab.pdfgen.canvas", None)
    with pytest.raises(PochadeError, match=r"pip install 'pochade\[draw\]'"):
        WINE.export("pdf")


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_has_a_button_for_each_color_and_loads_nothing():
    content = WINE.export("html").decode()
    page = Page()
    page.feed(content)
    buttons = [attributes for tag, attributes in page.tags if tag == "button"]
    assert [button["value"] for button in buttons] == WINE.hex
    assert [button["aria-label"] for button in buttons] == [f"Copy {color}" for color in WINE.hex]
    assert "<Wine> & more" in page.text
    assert not [attributes for _, attributes in page.tags if {"src", "href"} & attributes.keys()]
    assert "http" not in content
    assert "prefers-color-scheme: dark" in content


def test_a_name_cannot_inject_html():
    bad = Palette((Color((0, 0, 0), label="</p><script>alert(1)</script>"),), source="<script>x</script>.png")
    assert bad.export("html").decode().count("<script>") == 1
    assert b"<script" not in bad.export("svg")


@pytest.mark.parametrize("format", ["svg", "png", "pdf", "html"])
def test_palettes_without_colors_and_with_many_are_written(format: str) -> None:
    assert len(Palette(()).export(format)) < len(MANY.export(format))
