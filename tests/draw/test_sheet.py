"""A sheet compares palettes of one picture."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.draw.comparison import compare_options

SVG = "{http://www.w3.org/2000/svg}"


def texts(document: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(document).iter(f"{SVG}text")]


def fills(document: str) -> set[str | None]:
    return {rect.get("fill") for rect in ET.fromstring(document).iter(f"{SVG}rect")}


def test_the_last_list_with_several_values_forms_the_columns(photo):
    comparison = compare_options(photo, {"methods": ["kmeans", "sample"], "spaces": ["rgb", "hsv"], "k": [2, 3, 4]})
    assert comparison.rows == ("kmeans, rgb", "kmeans, hsv", "sample, rgb", "sample, hsv")
    assert comparison.columns == ("k = 2", "k = 3", "k = 4")
    assert comparison.common == ""
    assert [[len(cell.palette) for cell in row] for row in comparison.cells] == [[2, 3, 4]] * 4
    assert comparison.cells[3][1].palette == pochade.extract(
        pochade.histogram(pochade.read(photo)), 3, method="sample", space="hsv"
    )


def test_a_single_list_with_several_values_forms_the_rows(photo):
    comparison = compare_options(photo, {"seeds": [0, 1, 2], "methods": ["sample"]})
    assert (comparison.rows, comparison.columns) == (("seed 0", "seed 1", "seed 2"), ("",))
    assert comparison.common == "sample, oklab, k = 8"
    assert comparison.cells[0][0].palette != comparison.cells[1][0].palette


def test_the_error_at_every_scale_is_of_the_full_picture(photo):
    comparison = compare_options(photo, {"methods": ["kmeans"], "scales": [1, 0.5], "k": [5]})
    full, half = (row[0] for row in comparison.cells)
    assert comparison.rows == ("scale 1", "scale 0.5")
    palette = pochade.extract(photo, 5, method="kmeans", scale=0.5)
    assert half.palette.hex == palette.hex
    assert full.difference == pytest.approx(pochade.extract(photo, 5, method="kmeans").fidelities[4].difference)
    # not its error on the smoothed small picture
    assert half.difference > palette.fidelities[4].difference


def test_an_invalid_combination_shows_its_error_in_the_cell(photo):
    document = pochade.draw.sheet_svg(photo, methods=["prominent", "kmeans"], spaces=["oklab", "rgb"], k=[3])
    text = " ".join(texts(document))
    assert "the method 'prominent' works in oklab, not in 'rgb'" in text
    assert set(pochade.extract(photo, 3, method="kmeans", space="rgb").hex) <= fills(document)


def test_the_sheet_shows_every_color_and_label(photo):
    document = pochade.draw.sheet_svg(photo, methods=["kmeans", "segments"], k=[2, 5])
    for method in ("kmeans", "segments"):
        for k in (2, 5):
            assert set(pochade.extract(photo, k, method=method).hex) <= fills(document)
    assert {
        "kmeans",
        "segments",
        "k = 2",
        "k = 5",
        "oklab",
        "picture",
        "160 \N{MULTIPLICATION SIGN} 120 pixels",
    } <= set(texts(document))


def test_times_are_shown_on_request_only(photo):
    plain, timed = (" ".join(texts(pochade.draw.sheet_svg(photo, k=[2], times=times))) for times in (False, True))
    assert " ms" not in plain
    assert " ms" in timed
    assert "Milliseconds: of the method, the picture being decoded and counted." in timed


def test_a_sheet_without_times_is_deterministic(photo):
    first, second = (pochade.draw.sheet(photo, k=[2, 4], seeds=[0, 1]).tobytes() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1)])
def test_a_sheet_shows_pictures_of_any_shape(shape):
    picture = np.random.default_rng(0).integers(0, 255, (*shape, 3), np.uint8)
    image = pochade.draw.sheet(picture, methods=["kmeans", "segments"], k=[1, 36])
    assert 1000 < image.height < 2000


def test_options_reach_reading_and_extraction(photo):
    comparison = compare_options(photo, {"k": [2, 3]}, region=(0, 0, 80, 60), avoid="red")
    assert comparison.pixels.box == (0, 0, 80, 60)
    assert comparison.cells[0][0].palette == pochade.extract(
        pochade.histogram(pochade.read(photo, region=(0, 0, 80, 60))), 2, avoid="red"
    )


def test_invalid_options_are_refused_before_the_picture_is_read():
    nowhere = "no such picture.png"
    for choices, message in (
        ({"methods": ["kmean"]}, "Did you mean 'kmeans'"),
        ({"spaces": ["lab"]}, "unknown space 'lab'"),
        ({"scales": [2.0]}, "scale=2.0 is not allowed"),
        ({"k": []}, "k is empty"),
        ({"k": [4, 0]}, "k=0 is not allowed"),
        ({"seeds": [0, -2]}, "seed=-2 is not allowed"),
        ({"k": 8}, r"k=8 is not allowed: give a list, such as \[8\]"),
        ({"methods": "kmeans"}, r"methods='kmeans' is not allowed: give a list, such as \['kmeans'\]"),
        ({"k": range(1, 200)}, "200|199 rows"),
        ({"methods": ["kmeans", "sample"], "k": range(1, 40)}, "2 rows and 39 columns is not allowed"),
    ):
        with pytest.raises(pochade.PochadeError, match=message):
            pochade.draw.sheet(nowhere, **choices)
    with pytest.raises(pochade.OptionError, match="`scales`, a list, in place of `scale`"):
        pochade.draw.sheet(nowhere, scale=0.5)
    with pytest.raises(pochade.SourceError, match=nowhere):
        pochade.draw.sheet(nowhere)


def test_a_source_that_can_be_read_only_once_has_one_scale(photo):
    file = io.BytesIO()
    Image.fromarray(photo).save(file, "PNG")
    file.seek(0)
    with pytest.raises(pochade.OptionError, match="can be read only once: give its path"):
        pochade.draw.sheet(file, scales=[1, 0.5])
    assert pochade.draw.sheet(file, k=[2, 3]).width == 2240
