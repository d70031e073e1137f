"""The heat map of distances between palettes."""

import xml.etree.ElementTree as ET

import pytest
from PIL import Image

import pochade
from pochade import Palette
from pochade.color.contrast import wcag
from pochade.color.srgb import parse_hex
from pochade.draw import likeness, likeness_svg
from pochade.draw.heat import FAR, NEAR, bounds_of, ink_on, shade
from pochade.similarity import distances, order
from pochade.similarity.flow import number

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def palettes(photos, flag):
    return [pochade.extract(source, 4) for source in (*photos, flag)]


def test_the_map_shows_every_distance_in_order(palettes):
    shown = [text.text for text in ET.fromstring(likeness_svg(palettes)).iter(f"{SVG}text")]
    far = distances(palettes)
    way = order(far)
    expected = [number(far[i, j]) for i in way for j in way if i != j]
    assert [text for text in shown if text in expected] == expected


def test_pictures_are_on_both_sides_and_missing_ones_are_skipped(palettes):
    document = likeness_svg([*palettes, Palette.from_dict({"colors": ["#123456", "#abcdef"]})])
    assert document.count("<image") == 2 * len(palettes)
    assert "#123456" in document


def test_a_loaded_palette_is_shown_with_its_picture_while_the_file_exists(tmp_path, photo):
    path = tmp_path / "photo.png"
    Image.fromarray(photo).save(path)
    stored = [Palette.from_dict(pochade.extract(str(path), k).to_dict()) for k in (3, 4)]
    assert likeness_svg(stored).count("<image") == 4
    path.write_bytes(b"no picture any more")
    assert likeness_svg(stored).count("<image") == 0


def test_png_and_svg_have_the_same_size(palettes):
    width, height = likeness(palettes).size
    root = ET.fromstring(likeness_svg(palettes))
    assert (width, height) == (2 * int(root.get("width")), 2 * int(root.get("height")))


def test_shades_go_from_near_to_far_and_texts_have_contrast():
    assert shade(2.0, (2.0, 7.0)) == NEAR
    assert shade(7.0, (2.0, 7.0)) == FAR
    assert shade(0.0, (0.0, 0.0)) == NEAR
    for step in range(11):
        background = shade(step / 10, (0.0, 1.0))
        assert wcag(parse_hex(ink_on(background)), parse_hex(background)) >= 3.5


def test_equal_palettes_can_be_drawn(palettes):
    assert bounds_of(distances([palettes[0]] * 3)) == (0.0, 0.0)
    assert likeness([palettes[0]] * 3).width > 0


def test_too_few_and_too_many_palettes_are_refused(palettes):
    for wrong in ([], palettes[:1], palettes * 17):
        with pytest.raises(pochade.OptionError, match="give 2 to 64"):
            likeness(wrong)
