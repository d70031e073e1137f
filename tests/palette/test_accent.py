import numpy as np
import pytest

import pochade
from pochade.palette.accent import is_accent

GRAYS = [(200, 200, 205), (120, 122, 125), (60, 62, 66)]
RED, BROWN = (200, 30, 40), (150, 40, 45)


def accents(colors, shares):
    return is_accent(np.array(colors, np.uint8), np.array(shares)).tolist()


def test_a_small_red_among_grays_is_an_accent():
    assert accents([*GRAYS, RED], [0.5, 0.3, 0.199, 0.001]) == [False, False, False, True]


def test_two_shades_of_a_small_thing_are_both_accents():
    assert accents([*GRAYS, BROWN, RED], [0.5, 0.3, 0.197, 0.002, 0.001])[3:] == [True, True]


@pytest.mark.parametrize(
    ("color", "share"),
    [
        (RED, 0.2),  # large
        ((15, 15, 15), 0.001),  # without a hue
    ],
)
def test_large_and_gray_colors_are_no_accents(color, share):
    assert not accents([*GRAYS, color], [0.5, 0.3, 0.2 - share, share])[3]


def test_a_shade_of_a_large_color_is_no_accent():
    assert accents([RED, (210, 40, 48)], [0.99, 0.01]) == [False, False]


def test_a_palette_marks_its_accents_and_its_dominant_color():
    picture = np.full((100, 100, 3), 130, np.uint8)
    picture[:, 60:] = 60
    picture[40:43, 40:43] = RED
    palette = pochade.extract(picture, 3)
    assert [color.hex for color in palette.accents] == ["#c81e28"]
    assert palette.dominant.hex == palette.hex[0] == "#828282"
    again = pochade.Palette.from_dict(palette.to_dict())
    assert [color.accent for color in again] == [color.accent for color in palette]


def test_files_without_accents_still_load():
    assert not pochade.Palette.from_dict({"colors": ["#fff"]})[0].accent
    with pytest.raises(pochade.OptionError, match="accent 'yes' is not true or false"):
        pochade.Palette.from_dict({"colors": [{"hex": "#fff", "accent": "yes"}]})


def test_a_palette_without_colors_has_no_dominant_one():
    with pytest.raises(pochade.OptionError, match="no dominant one"):
        _ = pochade.Palette(()).dominant


def test_auto_keeps_the_accent():
    picture = np.zeros((120, 160, 3), np.uint8)
    picture[:] = np.linspace(90, 190, 160)[None, :, None] + np.random.default_rng(2).normal(0, 6, (120, 160, 1))
    picture[50:54, 70:75] = RED
    palette = pochade.extract(picture, "auto")
    assert [color.hex[:2] for color in palette.accents] == ["#c"]
