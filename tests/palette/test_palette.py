import dataclasses

import numpy as np
import pytest

import pochade
from pochade import Color, Palette


@pytest.fixture
def palette():
    return Palette((Color((142, 26, 36), 0.25, (0.4, 0.8)), Color((250, 128, 114), 0.75)), 2, "a.jpg")


def test_a_palette_is_a_sequence_of_colors(palette):
    assert len(palette) == 2
    assert palette[0] == Color((142, 26, 36), 0.25, (0.4, 0.8))
    assert palette[-1].hex == "#fa8072"
    assert [c.hex for c in palette] == palette.hex == ["#8e1a24", "#fa8072"]
    assert palette[:1] == (palette[0],)


def test_a_palette_cannot_be_changed(palette):
    with pytest.raises(dataclasses.FrozenInstanceError):
        palette.colors = ()
    with pytest.raises(dataclasses.FrozenInstanceError):
        palette[0].weight = 1.0


def test_a_palette_gives_arrays(palette):
    np.testing.assert_array_equal(palette.srgb, [[142, 26, 36], [250, 128, 114]])
    np.testing.assert_array_equal(palette.weights, [0.25, 0.75])
    np.testing.assert_allclose(palette.oklab[0], palette[0].oklab)
    assert palette.positions == [(0.4, 0.8), None]


def test_names_are_the_nearest_css_names(palette):
    assert palette.names == ["brown", "salmon"]
    assert palette[1].name == "salmon"


def test_the_coolors_page_lists_the_colors(palette):
    assert palette.coolors == "https://coolors.co/8e1a24-fa8072"


def test_a_palette_has_text_and_html_forms(palette):
    assert repr(palette) == "<Palette of a.jpg: #8e1a24 25.0% #fa8072 75.0%>"
    assert repr(palette[0]) == "<Color #8e1a24 25.0% at (0.40, 0.80)>"
    page = palette._repr_html_()
    assert "background:#8e1a24" in page
    assert "25.0%" in page
    assert "background:#fa8072" in palette[1]._repr_html_()


def test_a_source_name_cannot_break_out_of_the_html():
    page = Palette((Color((0, 0, 0)),), source='"><script>alert(1)</script>')._repr_html_()
    assert "<script" not in page


def test_from_dict_needs_only_colors():
    got = Palette.from_dict({"colors": ["#fff", {"srgb": [1, 2, 3], "weight": 0.1}]})
    assert got.hex == ["#ffffff", "#010203"]
    assert got.weights.tolist() == [0.5, 0.1]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"colors": 3},
        {"colors": [{}]},
        {"colors": ["red!"]},
        {"colors": [{"srgb": [1, 2]}]},
        {"colors": [{"srgb": [1, 2, 300]}]},
    ],
)
def test_an_invalid_dict_is_refused(given):
    with pytest.raises(pochade.OptionError, match="not a palette"):
        Palette.from_dict(given)


def test_a_palette_can_be_exported_and_saved(palette, tmp_path):
    assert palette.export("hex") == b"#8e1a24\n#fa8072\n"
    palette.save(tmp_path / "p.json")
    assert (tmp_path / "p.json").read_text(encoding="utf-8") == palette.to_json() + "\n"
    with pytest.raises(pochade.OptionError, match="suffix"):
        palette.save(tmp_path / "p.xyz")


def test_files_of_earlier_versions_keep_the_requested_number():
    earlier = {"requested": 8, "k": 2, "colors": ["#ff0000", "#0000ff"]}
    palette = Palette.from_dict(earlier)
    assert (palette.k, len(palette)) == (8, 2)
    assert Palette.from_dict(palette.to_dict()) == palette
    assert "requested" not in palette.to_dict()
