"""Posters and wheels, for every shape of picture and any number of colors."""

import base64
import dataclasses
import io
import xml.etree.ElementTree as ET

import numpy as np
import pypdfium2
import pytest
from PIL import Image

import pochade
from pochade import Color, OptionError, Palette, UnknownNameError
from pochade.draw import poster, poster_pdf, poster_svg, wheel, wheel_pdf, wheel_svg
from pochade.draw.layouts import layouts
from pochade.draw.letters import width_of
from pochade.draw.tone import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {
    "wide": (40, 60),
    "tall": (60, 40),
    "square": (50, 50),
    "panorama": (8, 200),
    "pole": (200, 8),
    "pixel": (1, 1),
}


def colorful(k: int, *, label: str | None = None) -> Palette:
    """k colors around the wheel, with decreasing weights."""
    weights = 0.7 ** np.arange(k)
    start = Palette.from_dict({"colors": ["#c03020", "#20c030", "#3020c0", "#c0a020"]})
    colors = start.gradient(max(k, 2), "rgb")[:k]
    return Palette(
        tuple(
            dataclasses.replace(c, weight=w / weights.sum(), label=label) for c, w in zip(colors, weights, strict=True)
        )
    )


def picture(shape: str) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (*SHAPES[shape], 3), np.uint8)


def texts(svg: str) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every text of a drawing with its box: left, top, right, bottom."""
    boxes = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        size, words = int(text.get("font-size")), text.text or ""
        x, y, wide = float(text.get("x")), float(text.get("y")), width_of(words, size)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
        boxes.append((words, (left, y - size / 2, left + wide, y + size / 2)))
    return boxes


def assert_nothing_overlaps(svg: str) -> None:
    root = ET.fromstring(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    boxes = texts(svg)
    for words, (left, top, right, bottom) in boxes:
        assert min(left, top) >= 0, words
        assert (right <= width, bottom <= height) == (True, True), words
    for i, (one, a) in enumerate(boxes):
        for other, b in boxes[:i]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 0.5 or b[3] <= a[1] + 0.5
            assert apart, (one, other)


@pytest.mark.parametrize("layout", layouts.names)
@pytest.mark.parametrize("k", [1, 2, 5, 8, 12, 16, 31])
def test_texts_do_not_overlap_and_stay_on_the_poster(layout: str, k: int) -> None:
    for shape, label in (("wide", None), ("tall", "Light Grayish Yellowish Brown"), ("pole", "w" * 30)):
        palette = dataclasses.replace(colorful(k, label=label), source="a very long name of a picture, indeed " * 4)
        assert_nothing_overlaps(poster_svg(palette, layout=layout, picture=picture(shape)))


@pytest.mark.parametrize("k", [1, 2, 8, 12, 24])
def test_texts_of_a_wheel_do_not_overlap(k: int) -> None:
    assert_nothing_overlaps(wheel_svg(colorful(k, label="Light Grayish Yellowish Brown"), title="t" * 200))


@pytest.mark.parametrize("layout", layouts.names)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_poster_shows_picture_and_colors_of_any_shape(layout: str, shape: str) -> None:
    palette = pochade.extract(picture(shape), 4)
    svg = poster_svg(palette, layout=layout, dark=shape == "wide")
    root = ET.fromstring(svg)
    (shown,) = root.iter(f"{SVG}image")
    wide, tall = float(shown.get("width")), float(shown.get("height"))
    rows, columns = SHAPES[shape]
    assert wide / tall == pytest.approx(columns / rows, rel=0.1)
    with Image.open(io.BytesIO(base64.b64decode(shown.get("href").partition(",")[2]))) as inner:
        assert inner.format == "JPEG"
    fills = {rect.get("fill") for rect in root.iter(f"{SVG}rect")}
    assert {*palette.hex, (DARK if shape == "wide" else LIGHT).paper} <= fills
    words = [text for text, _ in texts(svg)]
    assert set(palette.hex) <= set(words)


def test_the_png_has_the_same_colors_at_twice_the_size():
    palette = pochade.extract(picture("wide"), 6)
    for layout in layouts.names:
        root = ET.fromstring(poster_svg(palette, layout=layout))
        drawn = poster(palette, layout=layout)
        assert drawn.size == (2 * int(root.get("width")), 2 * int(root.get("height")))
        seen = {tuple(color) for _, color in drawn.getcolors(1 << 24)}
        assert {tuple(color) for color in palette.srgb.tolist()} <= seen


def test_posters_are_gray_except_picture_and_colors():
    palette = Palette.from_dict({"colors": ["#808080", "#202020"]})
    for dark in (False, True):
        for drawn in (poster(palette, dark=dark), poster(palette, dark=dark, layout="story")):
            codes = np.asarray(drawn)
            assert (codes == codes[..., :1]).all()


def test_transparent_parts_show_the_paper():
    alpha = np.full((60, 90), 255, np.uint8)
    alpha[:, 45:] = 0
    palette = pochade.extract(np.dstack([np.full((60, 90, 3), (206, 17, 38), np.uint8), alpha]), 1)
    codes = np.asarray(poster(palette, layout="grid", dark=True))
    assert codes[400, 400].tolist() == [206, 17, 38]
    assert codes[400, 2800].tolist() == [0x16] * 3


def test_only_the_region_is_shown(tmp_path):
    codes = np.zeros((100, 200, 3), np.uint8)
    codes[:, 100:] = 0, 35, 149
    Image.fromarray(codes).save(tmp_path / "a.png")
    palette = pochade.extract(tmp_path / "a.png", 1, region=(100, 0, 200, 100))
    shown = np.asarray(poster(palette, layout="grid"))[100:3000, 100:3000]
    assert np.ptp(shown.reshape(-1, 3), axis=0).tolist() == [0, 0, 0]
    assert shown[0, 0].tolist() == [0, 35, 149]


def test_a_large_picture_keeps_its_colors(tmp_path):
    codes = np.zeros((3000, 8000, 3), np.uint8)
    codes[:1500] = 206, 17, 38
    shown = np.asarray(poster(pochade.extract(codes, 2), layout="grid"))
    assert shown[200, 200].tolist() == [206, 17, 38]
    assert shown[1100, 3000].tolist() == [0, 0, 0]


def test_a_loaded_palette_has_a_picture_only_if_it_is_passed():
    loaded = Palette.from_dict({"colors": ["#8e1a24", "#ffffff"]})
    for layout in layouts.names:
        assert not list(ET.fromstring(poster_svg(loaded, layout=layout)).iter(f"{SVG}image"))
    assert list(ET.fromstring(poster_svg(loaded, picture=picture("tall"))).iter(f"{SVG}image"))


def test_unknown_shares_are_not_shown():
    loaded = Palette.from_dict({"colors": ["#8e1a24", "#ffffff"]})
    assert not any("%" in text for text, _ in texts(poster_svg(loaded)))
    assert any(text == "59 %" for text, _ in texts(poster_svg(colorful(2))))


def test_the_title_is_the_name_of_the_picture_or_the_option(tmp_path):
    Image.fromarray(picture("wide")).save(tmp_path / "Größe Москва & 日本.png")
    palette = pochade.extract(tmp_path / "Größe Москва & 日本.png", 2)
    assert "Größe Москва & 日本" in [text for text, _ in texts(poster_svg(palette))]
    assert "Wien" in [text for text, _ in texts(poster_svg(palette, title="Wien"))]
    assert [text for text, _ in texts(poster_svg(palette, title="\x00\ud800"))][-1] == "??"
    assert poster(palette).size == poster(palette, title="").size


def test_letters_outside_of_aileron_are_drawn():
    palette = colorful(3)
    plain, accents, other = (np.asarray(poster(palette, title=title)) for title in ("Grosse", "Größe", "Москва"))
    assert (plain != accents).any()
    assert (accents != other).any()


def test_no_colors_and_too_many_are_refused():
    with pytest.raises(OptionError, match="the palette has 0 colors: a drawing shows 1 to 48"):
        poster(Palette(()))
    with pytest.raises(OptionError, match="the palette has 25 colors: a drawing shows 1 to 24"):
        wheel(colorful(25))
    with pytest.raises(UnknownNameError, match="Did you mean 'card'"):
        poster(colorful(2), layout="cards")


def test_a_deleted_picture_is_refused(tmp_path):
    Image.fromarray(picture("wide")).save(tmp_path / "a.png")
    palette = pochade.extract(tmp_path / "a.png", 2)
    (tmp_path / "a.png").unlink()
    with pytest.raises(pochade.SourceError):
        poster(palette)
    assert wheel(palette).size == (2560, 1680)  # without picture


def test_dots_are_at_hue_and_chroma_with_areas_by_share():
    palette = Palette((Color((255, 0, 0), 0.8), Color((0, 128, 0), 0.2)))
    dots = {dot.get("fill"): dot for dot in ET.fromstring(wheel_svg(palette)).iter(f"{SVG}circle")}
    for color in palette:
        dot = dots[color.hex]
        x, y = float(dot.get("cx")) - 420, 408 - float(dot.get("cy"))
        _, chroma, hue = color.to("oklch")
        assert np.hypot(x, y) / 350 * 0.33 == pytest.approx(chroma, abs=2e-4)
        assert np.degrees(np.arctan2(y, x)) % 360 == pytest.approx(hue, abs=0.1)
    red, green = (float(dots[color.hex].get("r")) - 0.75 for color in palette)
    assert red**2 / green**2 == pytest.approx(4, rel=0.01)


def test_drawings_are_deterministic():
    palette = pochade.extract(picture("wide"), 5)
    assert poster_svg(palette) == poster_svg(palette)
    assert poster_pdf(palette) == poster_pdf(palette)
    assert poster(palette).tobytes() == poster(palette).tobytes()


@pytest.mark.parametrize("draw", [poster_pdf, wheel_pdf])
def test_the_text_of_a_pdf_is_selectable(draw) -> None:
    page = pypdfium2.PdfDocument(draw(colorful(5), title="Größe"))[0]
    text = page.get_textpage().get_text_range()
    assert all(color in text for color in colorful(5).hex)
    assert "Größe" in text


def test_without_the_extra_letters_lose_their_accents(monkeypatch):
    from pochade.draw import letters

    monkeypatch.setattr(letters, "_fallback_font", lambda size: None)
    letters._fallback_has.cache_clear()
    try:
        assert letters.face("Größe, Москва", 20)[1] == "Grosse, ??????"
        palette = colorful(3)
        assert poster(palette, title="Größe").tobytes() == poster(palette, title="Grosse").tobytes()
        assert "Größe" in [text for text, _ in texts(poster_svg(palette, title="Größe"))]
    finally:
        letters._fallback_has.cache_clear()


def test_right_to_left_and_joining_scripts_are_replaced():
    from pochade.draw.letters import face

    assert face("شمس 日", 20)[1] == "??? ?"
    assert face("e\N{COMBINING ACUTE ACCENT}", 20)[1] == "é"
