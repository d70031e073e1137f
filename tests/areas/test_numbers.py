"""numbers(): areas with room for their numbers, and no color lost."""

import inspect
import re

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.areas.paper import PAPERS
from pochade.color.difference import differences
from pochade.color.srgb import decode

COARSE = {"paper": "a5", "least_mm": 10}


def test_each_area_has_room_for_its_number(sheet, geometry) -> None:
    assert len(sheet) > 8
    for area in sheet:
        x, y, radius = area.circles[0]
        assert radius >= sheet.least_mm / 2
        assert geometry.inside(area.rings, x, y)
        assert geometry.distance(area.rings, x, y) >= sheet.least_mm / 2
        assert sheet.labels[_pixel(sheet, x, y)] == area.number - 1


def test_the_areas_fill_the_sheet_without_gaps_and_overlaps(sheet, geometry) -> None:
    sizes = [sum(geometry.size(ring) for ring in area.rings) for area in sheet]
    assert sizes == pytest.approx([area.size for area in sheet])
    assert sum(sizes) == pytest.approx(sheet.width_mm * sheet.height_mm)
    rng = np.random.default_rng(0)
    for x, y in rng.uniform(0, (sheet.width_mm, sheet.height_mm), (200, 2)):
        assert sum(geometry.inside(area.rings, x, y) for area in sheet) == 1


def test_neighbors_share_the_points_of_their_lines(sheet) -> None:
    at = {tuple(point) for area in sheet for ring in area.rings for point in ring.round(6)}
    assert at == {tuple(point) for line in sheet.lines for point in line.round(6)}
    segments: dict[frozenset, int] = {}
    for area in sheet:
        for ring in area.rings:
            for a, b in zip(ring.round(6), np.roll(ring, -1, 0).round(6), strict=True):
                segments[frozenset((tuple(a), tuple(b)))] = segments.get(frozenset((tuple(a), tuple(b))), 0) + 1
    edges = {0.0, round(sheet.width_mm, 6), round(sheet.height_mm, 6)}
    on_edge = [
        s for s in segments if any(len({p[axis] for p in s}) == 1 and next(iter(s))[axis] in edges for axis in (0, 1))
    ]
    assert all(count == 2 for segment, count in segments.items() if segment not in on_edge)


def test_a_lit_window_in_a_dark_house_is_painted_as_large_as_a_number(sheet) -> None:
    (window,) = [area for area in sheet if area.number == 4]
    x, y, _ = window.circles[0]
    assert abs(x / sheet.width_mm - 162 / 240) < 0.03
    assert abs(y / sheet.height_mm - 92 / 160) < 0.03
    assert window.size < 4 * sheet.least_mm**2


def test_no_color_of_a_palette_is_lost(evening) -> None:
    palette = pochade.extract(evening, 16)
    result = pochade.numbers(evening, palette, **COARSE)
    assert {area.number for area in result} == set(range(1, 17))
    assert [color.srgb for color in result.palette] == [color.srgb for color in palette]
    assert result.palette.weights.sum() == pytest.approx(1)


def test_colors_that_the_picture_does_not_need_keep_their_number(evening) -> None:
    result = pochade.numbers(evening, ["#1c2230", "#ff00ff", "#5b7a94", "#d9c7a0", "#6a4a3a"], **COARSE)
    assert {area.number for area in result} == {1, 3, 4, 5}
    assert "Not in the picture: 2 (#ff00ff)." in result.words()
    assert [color["number"] for color in result.to_dict()["colors"]] == [1, 2, 3, 4, 5]


def test_the_difference_is_that_of_the_labels(evening) -> None:
    flat = np.kron(np.array([[0, 1], [2, 1]]), np.ones((40, 40), int))
    colors = np.array([(142, 26, 36), (240, 235, 220), (20, 60, 120)], np.uint8)
    result = pochade.numbers(colors[flat], colors.tolist(), **COARSE)
    assert result.difference < 0.3  # the pixels that scaling mixed
    shifted = colors.astype(int) + 9
    result = pochade.numbers(shifted[flat].astype(np.uint8), colors.tolist(), **COARSE)
    each = differences["ciede2000"].of_linear(decode(shifted.astype(np.uint8)), decode(colors))
    assert result.nearest == pytest.approx(float(each @ [0.25, 0.5, 0.25]), abs=0.3)


def test_the_same_picture_gives_the_same_sheet(evening, sheet) -> None:
    again = pochade.numbers(evening, sheet.palette, paper="A5", least_mm=6)
    assert np.array_equal(again.labels, sheet.labels)
    assert all(map(np.array_equal, again.lines, sheet.lines))


def test_larger_circles_give_fewer_areas(evening, sheet) -> None:
    assert len(pochade.numbers(evening, sheet.palette, paper="a5", least_mm=14)) < len(sheet)


def test_long_areas_have_several_numbers() -> None:
    picture = np.full((40, 400, 3), 250, np.uint8)
    picture[14:26] = 142, 26, 36
    result = pochade.numbers(picture, "white, #8e1a24", paper="a4", least_mm=6)
    band = next(area for area in result if area.number == 2)
    places = sorted(x for x, _, _ in band.circles)
    assert len(places) >= 3
    assert min(np.diff(places)) >= 69


@pytest.mark.parametrize("count", [3, 5])
def test_a_study_of_values_has_grays_evenly_spaced_in_lightness(evening, count: int) -> None:
    result = pochade.numbers(evening, "black, white, red", values=count, **COARSE)
    assert all(red == green == blue for red, green, blue in result.palette.rgb)
    lightness = [color.to("cielab")[0] for color in result.palette]
    assert lightness == pytest.approx(np.linspace(0, 100, count), abs=0.4)
    house, sky = (result.labels[_place(result, x, y)] for x, y in ((190, 75), (20, 100)))
    assert house < sky


def test_gray_pictures_and_single_pixels_are_painted() -> None:
    ramp = np.tile(np.arange(256, dtype=np.uint8), (90, 1))
    assert len(pochade.numbers(ramp, k=5, **COARSE).shares) == 5
    assert len(pochade.numbers(ramp, values=3, **COARSE).shares) == 3
    pixel = pochade.numbers(np.full((1, 1, 3), 90, np.uint8), **COARSE)
    assert [(area.number, len(area.rings[0])) for area in pixel] == [(1, 4)]


def test_transparent_parts_are_bare_paper(geometry) -> None:
    picture = np.zeros((60, 90, 4), np.uint8)
    picture[10:50, 30:70] = 142, 26, 36, 255
    result = pochade.numbers(picture, **COARSE)
    assert [(area.number, len(area.rings), len(area.circles)) for area in result] == [(1, 1, 1), (None, 2, 0)]
    assert result.shares[1] == pytest.approx(40 * 40 / 5400, abs=0.01)
    assert result.palette.weights.sum() == pytest.approx(1)
    with pytest.raises(pochade.EmptyError, match="transparent"):
        pochade.numbers(np.zeros((9, 9, 4), np.uint8), "red")


def test_the_first_frame_of_an_animation_is_painted(tmp_path) -> None:
    path = tmp_path / "two.gif"
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    result = pochade.numbers(path, **COARSE)
    assert result.palette.hex == ["#ff0000"]
    assert "first of 2 frames" in result.notes[0]
    assert pochade.numbers(path, frame=1, **COARSE).palette.hex == ["#0000ff"]


def test_numbers_of_paints_follow_the_box_and_one_recipe_has_one_number(evening) -> None:
    colors = ["#f0f0ea", "#a02a30", "#a12b31", "#3a5a9a", "#e2b13c", "#202020"]
    answer = pochade.paints(pochade.Palette(colors), 5, parts=5)
    result = pochade.numbers(evening, answer, **COARSE)
    mixes = [frozenset(recipe.parts.items()) for recipe in result.recipes]
    assert len(set(mixes)) == len(mixes) < len(answer.recipes)
    assert [recipe.color.srgb for recipe in result.recipes] == result.palette.rgb
    white = answer.box.white.name
    paint_of = {name: name for name in answer.box.names}
    paint_of |= {tint.name: next(name for name in tint.parts if name != white) for tint in answer.stock}
    firsts = []
    for recipe in result.recipes:
        parts: dict[str, int] = {}
        for name, count in recipe.parts.items():
            parts[paint_of[name]] = parts.get(paint_of[name], 0) + (0 if paint_of[name] == white else count)
        firsts.append(min(answer.box.names.index(name) for name in parts if parts[name] == max(parts.values())))
    assert firsts == sorted(firsts)
    gray = pochade.numbers(evening, answer, values=3, **COARSE)
    assert len(gray.recipes) == 3
    known = {paint.name for paint in answer.tubes} | {tint.name for tint in gray.stock}
    assert {name for recipe in gray.recipes for name in recipe.parts} <= known


def test_a_box_or_tubes_mix_the_colors_as_paints_does(evening, sheet) -> None:
    mixed = pochade.numbers(evening, sheet.palette, box="zorn", n=4, **COARSE)
    expected = pochade.numbers(evening, pochade.paints(sheet.palette, 4, box="zorn"), **COARSE)
    assert mixed.encode(".svg") == expected.encode(".svg")
    with pytest.raises(pochade.OptionError, match="n is not allowed with an answer of paints"):
        pochade.numbers(evening, pochade.paints(sheet.palette, 4), n=4)


def test_the_legend_has_every_recipe_in_full(evening) -> None:
    result = pochade.numbers(evening, pochade.extract(evening, 24), box="zorn", n=4, **COARSE)
    legend = result.encode(".svg", "legend").decode()
    assert "\N{HORIZONTAL ELLIPSIS}" not in legend
    for number in result.shares:
        assert result.recipes[number - 1].words in legend
    assert all(int(size) >= 10 for size in re.findall(r'font-size="(\d+)"', legend))  # half points


def test_pixels_of_pixel_art_stay_square() -> None:
    art = np.array([[0, 1, 0], [1, 1, 0], [0, 0, 0]], np.uint8)[..., None].repeat(3, 2) * 200
    result = pochade.numbers(art, "black, #c8c8c8", **COARSE)
    corner = next(area for area in result if area.number == 2)
    assert corner.size == pytest.approx(3 / 9 * result.width_mm * result.height_mm, rel=0.01)
    side = result.width_mm / 3
    off = np.abs(corner.rings[0] / side - (corner.rings[0] / side).round()) * side
    assert off.min(1).max() < 0.3  # millimeters from the side of a pixel


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"values": 4}, "values=4 is not allowed: give one of 3, 5"),
        ({"least_mm": 1}, "least_mm=1 is not allowed: give a number from 1.5 to 100"),
        ({"least_mm": float("nan")}, "least_mm=nan is not allowed"),
        ({"colors": []}, "colors has no colors: give 1 to 99"),
        ({"colors": pochade.Palette([(i, i, i) for i in range(100)])}, "colors has 100 colors: give 1 to 99"),
        ({"colors": "red", "k": 4}, "k is not allowed with colors"),
        ({"colors": "red", "method": "kmeans"}, "method is not allowed with colors"),
        ({"k": 100}, "k=100 is not allowed"),
        ({"least_mm": 60, "paper": "a5"}, "a5 has no room for a circle of 60 mm in each of 6 colors: give "),
    ],
)
def test_values_that_are_not_allowed(evening, options: dict, said: str) -> None:
    with pytest.raises(pochade.OptionError) as raised:
        pochade.numbers(evening, **({"k": 6} if "colors" not in options else {}) | options)
    assert said in str(raised.value)


def test_unknown_paper_lists_the_papers(evening) -> None:
    with pytest.raises(pochade.UnknownNameError) as raised:
        pochade.numbers(evening, paper="legal")
    assert all(name in str(raised.value) for name in PAPERS)


def test_a_picture_too_narrow_for_a_number_says_which_paper_would_do() -> None:
    strip = np.zeros((10, 700, 3), np.uint8)
    with pytest.raises(pochade.OptionError, match=r"give paper='a3', or a least_mm of at most 3\.9"):
        pochade.numbers(strip, "black", least_mm=5)
    (area,) = pochade.numbers(strip, "black", least_mm=5, paper="a3")
    assert len(area.circles) > 4
    with pytest.raises(pochade.OptionError, match="no paper is large enough"):
        pochade.numbers(np.zeros((1, 2000, 3), np.uint8), "black")


def test_crowded_paper_names_one_that_has_room() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (30, 40, 3)).astype(np.uint8)
    with pytest.raises(pochade.OptionError, match="give paper='a2'"):
        pochade.numbers(
            noise,
            [(i * 60, j * 60, m * 120) for i in range(4) for j in range(4) for m in range(3)],
            least_mm=25,
            paper="a4",
        )


def test_the_first_parameters_are_those_of_paints() -> None:
    assert list(inspect.signature(pochade.numbers).parameters)[:5] == [
        "source",
        "colors",
        "paper",
        "least_mm",
        "values",
    ]


def _place(result, x: float, y: float) -> tuple[int, int]:
    """The pixel of the labels at a place of the picture of 240 x 160 pixels."""
    height, width = result.labels.shape
    return int(y / 160 * height), int(x / 240 * width)


def _pixel(result, x: float, y: float) -> tuple[int, int]:
    """The pixel of the labels at a place of the sheet, in millimeters."""
    height, width = result.labels.shape
    return int(y / result.height_mm * height), int(x / result.width_mm * width)
