"""The data of the vocabularies agree with their sources."""

import csv
import json
import runpy
import warnings
from pathlib import Path

import pytest

from pochade.color.names import vocabularies

TOOLS = Path(__file__).parents[3] / "tools"

with (TOOLS / "iscc_nbs.csv").open(encoding="utf-8") as file:
    BLOCKS = {row["name"]: row["munsell"] for row in csv.DictReader(file)}


def test_iscc_nbs_has_the_middles_of_all_blocks():
    assert len(BLOCKS) == 267
    names = set(vocabularies["iscc-nbs"].words)
    assert names == set(BLOCKS) - {"vivid blue", "brilliant orange"}


def test_the_colors_of_iscc_nbs_equal_the_notations_as_converted_by_colour_science():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        screen = runpy.run_path(str(TOOLS / "vocabularies.py"))["_screen"]
        colors = vocabularies["iscc-nbs"].colors
        for name in ("deep pink", "moderate olive green", "pale blue", "reddish black", "vivid violet", "dark gray"):
            assert screen(BLOCKS[name])[0] == colors[name]


@pytest.mark.parametrize(
    ("vocabulary", "name", "color"),
    [
        # https://www.w3.org/TR/css-color-4/#named-colors
        ("css", "rebeccapurple", "#663399"),
        # https://xkcd.com/color/rgb/, the first and the last color on the page
        ("xkcd", "purple", "#7e1e9c"),
        ("xkcd", "cloudy blue", "#acc2d9"),
        # N 3.5 has a luminance factor of 8.78 % (ASTM D1535), which sRGB encodes as 83.6
        ("iscc-nbs", "dark gray", "#545454"),
    ],
)
def test_a_color_equals_the_published_one(vocabulary, name, color):
    assert vocabularies[vocabulary].colors[name] == color


def test_the_data_of_color_names_include_its_license_notice():
    path = TOOLS.parent / "src" / "pochade" / "color" / "names" / "color_names.json"
    notice = json.loads(path.read_text(encoding="utf-8"))["notice"]
    assert notice.startswith("MIT License Copyright (c) 2017 David Aerne Permission is hereby granted")


def test_everyday_has_the_colors_of_the_survey_and_no_name_unfit_for_display():
    survey, everyday = vocabularies["xkcd"].colors, vocabularies["everyday"].colors
    assert len(everyday) == 673
    assert all(survey[name.replace("gray", "grey")] == color for name, color in everyday.items())
    unfit = ("baby poop", "dried blood", "purpley pink", "perrywinkle", "ugly blue", "gray green", "with a hint", "/")
    assert [name for name in everyday if any(word in name for word in unfit)] == []
    assert {"rust", "navy blue", "dusty rose", "olive drab", "grayish blue", "robin's egg blue"} <= set(everyday)
