"""The contrast between the colors of a palette."""

import json
import time

import numpy as np
import pytest

import pochade
from pochade.accessibility.contrast import level, shown
from pochade.color.contrast import apca, wcag
from pochade.errors import OptionError


def palette(*colors: str) -> pochade.Palette:
    return pochade.Palette.from_dict({"colors": list(colors)})


def test_matrices_hold_every_pair():
    found = palette("#8e1a24", "#f2e8d5", "#223344")
    assert found.contrast().ratio[0, 1] == wcag([0x8E, 0x1A, 0x24], [0xF2, 0xE8, 0xD5])
    assert found.contrast().lc[1, 2] == pytest.approx(apca([0xF2, 0xE8, 0xD5], [0x22, 0x33, 0x44]))
    assert (found.contrast().ratio == found.contrast().ratio.T).all()


def test_each_pair_is_listed_once_strongest_first():
    pairs = palette("#777777", "#ffffff", "#000000").contrast().pairs
    assert [(pair.a, pair.b, pair.level) for pair in pairs] == [
        ("#ffffff", "#000000", "AAA"),
        ("#777777", "#000000", "AA"),
        ("#777777", "#ffffff", "AA large"),
    ]


def test_a_ratio_is_not_rounded_up_to_a_level():
    # W3C, "Understanding Success Criterion 1.4.3": 4.499:1 does not meet 4.5:1
    assert level(4.499) == "AA large"
    assert shown(4.499) == "4.49"
    assert [level(ratio) for ratio in (3.0, 4.5, 7.0, 2.999)] == ["AA large", "AA", "AAA", None]


def test_pairs_that_pass_a_level_also_pass_the_weaker_levels():
    found = palette("#777777", "#ffffff", "#000000").contrast()
    assert [len(found.passing(name)) for name in ("AAA", "AA", "AA large")] == [1, 2, 3]
    with pytest.raises(OptionError, match="'AAA', 'AA', 'AA large'"):
        found.passing("A")  # type: ignore[arg-type]


def test_black_or_white_always_passes_aa():
    rng = np.random.default_rng(0)
    colors = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in rng.integers(0, 256, (300, 3)).tolist()]
    found = palette(*colors).contrast()
    assert min(text.ratio for text in found.texts) >= 4.5


def test_the_own_text_is_the_palette_color_with_the_most_contrast():
    found = palette("#8e1a24", "#f2e8d5", "#223344", "#ffffff").contrast()
    for j, text in enumerate(found.texts):
        others = [(found.ratio[i, j], found.hex[i]) for i in range(4) if i != j]
        assert (text.own_ratio, text.own) == max(others)


def test_on_strong_orange_apca_selects_white_and_wcag_black():
    orange = palette("#e05a00")
    assert orange.contrast().texts[0].ink == "#000000"
    assert orange.contrast(by="apca").texts[0].ink == "#ffffff"
    with pytest.raises(OptionError, match="'wcag' or 'apca'"):
        orange.contrast(by="eye")  # type: ignore[arg-type]


def test_a_single_color_has_only_black_or_white_text():
    found = palette("#204060").contrast()
    (text,) = found.texts
    assert (text.ink, text.own, text.own_level) == ("#ffffff", None, None)
    assert found.pairs == ()
    assert str(found).startswith("On #204060 white reads best, ")


def test_an_empty_palette_has_no_contrast():
    assert str(pochade.Palette(()).contrast()) == "No colors."


def test_256_colors_are_quick():
    rng = np.random.default_rng(1)
    many = palette(*(f"#{r:02x}{g:02x}{b:02x}" for r, g, b in rng.integers(0, 256, (256, 3)).tolist()))
    start = time.process_time()
    found = many.contrast()
    assert time.process_time() - start < 5  # it takes 0.005 s
    assert len(found.pairs) == 256 * 255 // 2


def test_the_json_form_is_json():
    given = palette("#777777", "#ffffff").contrast().to_dict()
    assert json.loads(json.dumps(given)) == given
    assert given["wcag"] == [[1.0, 4.47], [4.47, 1.0]]
    assert given["texts"][0]["own_lc"] == pytest.approx(apca([255, 255, 255], [119, 119, 119]), abs=0.01)
