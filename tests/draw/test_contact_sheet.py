"""Contact sheets: every picture once, in order, on pages, in every format."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pypdfium2
import pytest

import pochade
from pochade import OptionError, Palette
from pochade.draw import contact_sheet, contact_sheet_pdf, contact_sheet_svg
from pochade.similarity import distances, order

SVG = "{http://www.w3.org/2000/svg}"


def still(code: int, name: str, shape: tuple[int, int] = (40, 60)) -> Palette:
    """The palette of a gray picture with a red corner."""
    codes = np.full((*shape, 3), code, np.uint8)
    codes[: shape[0] // 3, : shape[1] // 3] = 206, 17, 38
    palette = pochade.extract(codes)
    return Palette(palette.colors, palette.k, source=name, origin=palette.origin)


def names(*pages: str) -> list[str]:
    """The texts of the pages, without their numbers."""
    texts = [text.text or "" for page in pages for text in ET.fromstring(page).iter(f"{SVG}text")]
    return [text for text in texts if " / " not in text]


def test_each_picture_stands_over_its_palette():
    (page,) = contact_sheet_svg([still(40, "a.jpg"), still(150, "b.jpg", (60, 40))])
    root = ET.fromstring(page)
    images = [[float(one.get(key)) for key in ("x", "y", "width", "height")] for one in root.iter(f"{SVG}image")]
    (left, top, wide, tall), (left_2, top_2, wide_2, tall_2) = images
    assert wide / tall == pytest.approx(1.5, abs=0.01)
    assert wide_2 / tall_2 == pytest.approx(2 / 3, abs=0.01)
    assert top + tall == pytest.approx(top_2 + tall_2, abs=1)  # both stand on one line
    assert left + wide < left_2
    colors = [box.get("fill") for box in root.iter(f"{SVG}rect") if float(box.get("y")) > top + tall]
    assert colors == ["#282828", "#ce1126", "#969696", "#ce1126"]


def test_orders_are_as_given_by_name_and_alike():
    stills = [still(code, f"shot {n}.jpg") for code, n in ((10, 10), (240, 9), (12, 100), (238, 1))]
    given = ["shot 10", "shot 9", "shot 100", "shot 1"]
    assert names(*contact_sheet_svg(stills)) == given
    assert names(*contact_sheet_svg(stills, order="name")) == ["shot 1", "shot 9", "shot 10", "shot 100"]
    alike = names(*contact_sheet_svg(stills, order="alike"))
    assert alike == [given[i] for i in order(distances(stills))]
    assert abs(alike.index("shot 10") - alike.index("shot 100")) == 1


@pytest.mark.parametrize("columns", [None, 1, 3, 8])
def test_a_long_sheet_has_pages_with_every_picture_once(columns):
    stills = [still(5 * i, f"{i:02}.jpg") for i in range(40)]
    pages = contact_sheet_svg(stills, columns=columns, title="Forty")
    assert names(*pages) == ["Forty", *(f"{i:02}" for i in range(40))]
    heights = [float(ET.fromstring(page).get("height")) for page in pages]
    assert all(height <= 1810 for height in heights)
    assert (len(pages) > 1) == (columns != 8)


def test_pixels_and_pdf_have_the_same_pages():
    stills = [still(9 * i, f"{i}.jpg", (60, 40)) for i in range(14)]
    pages = contact_sheet(iter(stills), columns=2)
    assert len(pages) == len(contact_sheet_svg(stills, columns=2)) > 1
    document = pypdfium2.PdfDocument(io.BytesIO(contact_sheet_pdf(iter(stills), columns=2)))
    assert len(document) == len(pages)
    for number, page in enumerate(pages):
        drawn = document[number].render(scale=2 / 0.75).to_pil().resize(page.size)
        assert np.abs(np.asarray(drawn, float) - np.asarray(page, float)).mean() < 2


def test_every_call_gives_the_same_bytes():
    stills = [still(9 * i, f"{i}.jpg") for i in range(3)]
    assert contact_sheet_pdf(stills) == contact_sheet_pdf(stills)
    assert contact_sheet(stills)[0].tobytes() == contact_sheet(stills)[0].tobytes()


def test_difficult_pictures_fit():
    stills = [still(200, "pole.png", (300, 3)), still(30, "line.png", (3, 300)), still(90, "<&>" * 60, (1, 1))]
    stills.append(Palette.from_dict({"colors": ["#8e1a24"], "source": "loaded.json"}))  # it has no picture
    (page,) = contact_sheet_svg(stills, dark=True)
    assert names(page)[-1] == "loaded"
    assert len([*ET.fromstring(page).iter(f"{SVG}image")]) == 3
    assert contact_sheet(stills)[0].width == 2560


@pytest.mark.parametrize(
    ("palettes", "options", "said"),
    [
        ([], {}, "at least one palette"),
        ([Palette(())], {}, "has 0 colors"),
        ([still(1, "a")], {"columns": 0}, "columns=0 is not allowed"),
        ([still(1, "a")], {"columns": 9}, "columns=9 is not allowed"),
        ([still(1, "a")], {"order": "size"}, "order='size' is not allowed"),
        ([still(1, "a")] * 1001, {"columns": 8}, "more than 1000 pictures"),
    ],
)
def test_wrong_values_are_refused(palettes, options, said):
    with pytest.raises(OptionError, match=said):
        contact_sheet_svg(palettes, **options)
