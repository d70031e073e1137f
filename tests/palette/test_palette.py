import dataclasses
import subprocess
import sys

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


@pytest.mark.parametrize("part", [slice(1), slice(1, None), slice(None, None, -1), slice(5, 9), slice(-1, None)])
def test_a_slice_is_a_palette_of_these_colors(palette, part):
    shorter = palette[part]
    assert isinstance(shorter, Palette)
    assert list(shorter) == list(palette)[part]
    assert (shorter.source, shorter.method) == (palette.source, palette.method)
    assert shorter.shortfall is None


def test_a_slice_remembers_the_picture_of_its_colors(photo):
    palette = pochade.extract(photo, 5)
    part = palette[3:]
    assert (part.k, palette[::-1].k, palette[:]) == (None, 5, palette)
    np.testing.assert_array_equal(part.mask(0), palette.mask(3))
    assert part.explain()[1].hex == palette.hex[4]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (["#f00", "teal"], [(255, 0, 0), (0, 128, 128)]),
        (("#f00", "rgb(0, 128, 128)"), [(255, 0, 0), (0, 128, 128)]),
        ("#f00, teal", [(255, 0, 0), (0, 128, 128)]),
        ([(1, 2, 3), [4, 5, 6]], [(1, 2, 3), (4, 5, 6)]),
        (np.array([[1, 2, 3], [4, 5, 6]], np.uint8), [(1, 2, 3), (4, 5, 6)]),
        ((255, 0, 0), [(255, 0, 0)]),
        ((text for text in ("red", "red")), [(255, 0, 0), (255, 0, 0)]),
        ([], []),
    ],
)
def test_a_palette_takes_colors_as_text_and_codes(given, codes):
    made = Palette(given)
    assert made.rgb == codes
    np.testing.assert_array_equal(made.weights, [1 / max(len(codes), 1)] * len(codes))


def test_a_palette_of_colors_keeps_their_facts(palette):
    for colors in (list(palette), palette, iter(palette), palette.colors):
        assert Palette(colors).colors == palette.colors
    assert Palette(palette[0]).colors == (palette[0],)
    mixed = Palette([palette[0], "teal"])
    assert (mixed[0], mixed[1]) == (palette[0], Color((0, 128, 128), 0.5))


@pytest.mark.parametrize("given", [5, None, b"#f00", {"a": 1}, ["nocolor"], [None], [(1, 2)], [(1, 2, 300)], ["a.ase"]])
def test_a_palette_refuses_what_is_no_color(given):
    with pytest.raises((pochade.OptionError, pochade.UnknownNameError), match="colors"):
        Palette(given)


def test_rgb_is_plain_numbers(palette):
    assert palette[0].rgb == palette[0].srgb == (142, 26, 36)
    assert palette.rgb == [(142, 26, 36), (250, 128, 114)]
    assert {type(code) for color in palette.rgb for code in color} == {int}


def test_dir_lists_the_public_names_and_nothing_else():
    shown = "import pochade, pochade.draw, pochade.web, pochade.export; print(dir(pochade) == sorted(pochade.__all__))"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert run.stdout == "True\n"
    assert all(getattr(pochade, name) is not None for name in dir(pochade))


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
