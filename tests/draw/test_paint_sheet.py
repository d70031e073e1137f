"""Sheets of tubes and recipes."""

import numpy as np
import pytest

import pochade
from pochade.draw import paint_sheet, paint_sheet_pdf, paint_sheet_svg


@pytest.fixture(scope="module")
def answer() -> pochade.paint.Paints:
    palette = pochade.Palette(["#10293f", "#00ff00", "#bde9d4"], source="nights/polar.png")
    return pochade.paints(palette, 4, own="white", parts=6)


def test_the_sheet_shows_tubes_stock_recipes_and_what_is_out_of_reach(answer):
    drawing = paint_sheet_svg(answer)
    assert ">polar<" in drawing
    assert "white (own)" in drawing
    for paint in answer.tubes:
        assert paint.color.hex in drawing
    for recipe in answer.recipes:
        assert recipe.target.hex in drawing
        assert recipe.color.hex in drawing
    assert drawing.count("First make") == len(answer.stock)
    assert drawing.count("out of reach") == 1
    assert "CC BY 4.0" in drawing


def test_a_bar_has_a_box_for_each_part(answer):
    alone = pochade.paints(pochade.Palette(["#bde9d4"]), 3, stock=False)
    count = sum(alone.recipes[0].parts.values())
    white = next(paint.color.hex for paint in alone.tubes if paint.name == "white")
    assert paint_sheet_svg(alone).count(f'fill="{white}"') == alone.recipes[0].parts["white"] + 1
    assert count > alone.recipes[0].parts["white"]


def test_the_sheet_is_a4_and_a_picture_grows_with_the_recipes(answer):
    image = paint_sheet(answer)
    assert image.size == (1588, 2246)
    assert image.getpixel((2, 2)) == (255, 255, 255)
    assert paint_sheet(answer, dark=True).getpixel((2, 2)) == (0x16, 0x16, 0x16)
    levels = np.linspace(0, 255, 30).astype(np.uint8)
    many = pochade.paints(pochade.Palette([(v, v, v) for v in levels.tolist()]), 2, parts=4)
    assert paint_sheet(many).height > 2246


def test_the_pdf_has_a_page_for_every_23_recipes_or_so(answer):
    pytest.importorskip("reportlab")
    pdfium = pytest.importorskip("pypdfium2")
    levels = np.linspace(0, 255, 30).astype(np.uint8)
    many = pochade.paints(pochade.Palette([(v, v, v) for v in levels.tolist()]), 2, parts=4)
    for one, pages in ((answer, 1), (many, 2)):
        document = pdfium.PdfDocument(paint_sheet_pdf(one))
        assert len(document) == pages
        text = "".join(document[i].get_textpage().get_text_range() for i in range(pages))
        assert all(recipe.words.split(" + ")[0] in text for recipe in one.recipes)
    assert paint_sheet_pdf(answer) == paint_sheet_pdf(answer)


def test_the_picture_is_on_the_sheet(flag):
    pictured = pochade.paints(pochade.extract(flag, 3), 3, parts=4)
    assert "<image" in paint_sheet_svg(pictured)
    assert "<image" not in paint_sheet_svg(pochade.paints(pochade.Palette(["#777"]), 3, parts=4))
