"""Tints in style sheets."""

import pytest
import tinycss2

from pochade import Color, Palette
from pochade.export import export, load
from pochade.export.variables import variables
from pochade.palette.tints import STEPS, tints

BRICK = Color((142, 26, 36), 0.5, None, "brick")


@pytest.mark.parametrize("format", ["css", "tailwind"])
def test_a_style_sheet_has_each_color_and_its_steps(format: str) -> None:
    palette = Palette((BRICK, Color((255, 255, 255), 0.5, None, "paper")))
    (rule,) = tinycss2.parse_stylesheet(export(palette, format, tints=True).decode(), skip_whitespace=True)
    found = {
        one.name: tinycss2.serialize(one.value).strip()
        for one in tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
    }
    assert len(found) == 2 * (1 + len(STEPS))
    assert found["--color-brick"] == found["--color-brick-800"] == "#8e1a24"
    assert found["--color-paper-300"] == tints("white")[300].hex
    assert export(palette, format, tints=False) == export(palette, format)


def test_pochade_reads_the_steps_back() -> None:
    read = load(export(Palette((BRICK,)), "css", tints=True), "css")
    assert read.hex == ["#8e1a24", *(color.hex for color in tints(BRICK).values())]


@pytest.mark.parametrize(
    "labels",
    [
        ["brick", "brick 50"],
        ["brick 50", "brick"],
        ["brick", "brick 50", "brick 50 color", "brick 50 50"],
        ["brick"] * 60,
        ["a", "a 50", "a 50 color", "a 50 color 50"],
    ],
)
def test_names_of_colors_and_of_steps_never_collide(labels: list[str]) -> None:
    palette = Palette(tuple(Color((i, 26, 36), 0.1, None, label) for i, label in enumerate(labels)))
    pairs = variables(palette, "color", with_tints=True)
    assert len({name for name, _ in pairs}) == len(pairs) == 12 * len(labels)
    assert [hex for _, hex in pairs[::12]] == palette.hex
