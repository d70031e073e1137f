"""Boxes of paint: files that can be read, and boxes that are refused with the reason."""

import contextlib
import json
import random
from pathlib import Path

import numpy as np
import pytest

import pochade
from pochade import Box, Paint, load_box
from pochade.errors import FormatError, OptionError, SourceError, UnknownNameError
from pochade.paint.boxes import boxes
from pochade.paint.reading import read_box

SCHEMA = Path(__file__).parents[2] / "docs" / "box.schema.json"
KIMERA = Path(pochade.__file__).parent / "paint" / "boxes" / "kimera.json"

WHITE = Paint("white", "#f4f4ef")
BLUE = Paint("blue", "#3a3467", "#7482bd", "1:9")
CURVE = [0.1] * 31

CSV = "name,masstone,tint,ratio\nwhite,#f4f4ef,,\nblue,#3a3467,#7482bd,1:9\n"
JSON = {
    "paints": [
        {"name": "white", "masstone": "#f4f4ef"},
        {"name": "blue", "masstone": "#3a3467", "tint": "#7482bd", "ratio": [1, 9]},
    ]
}


def curves(first=400, last=700, step=10, scale=1.0):
    """A CSV of curves: white and a gray paint."""
    wavelengths = range(first, last + 1, step)
    rows = [("white", "masstone", "", 0.9), ("gray", "masstone", "", 0.2), ("gray", "tint", "1:9", 0.5)]
    lines = [
        f"{name},{swatch},{ratio}" + f",{level * scale:g}" * len(wavelengths) for name, swatch, ratio, level in rows
    ]
    return "\n".join(["name,swatch,ratio," + ",".join(map(str, wavelengths)), *lines])


def test_a_box_is_the_same_from_csv_json_and_paints():
    whole = [read_box(CSV.encode(), "mine.csv"), read_box(json.dumps(JSON).encode(), "mine.json"), Box([WHITE, BLUE])]
    assert [box.names for box in whole] == [["white", "blue"]] * 3
    for box in whole[1:]:
        assert all((a == b).all() for a, b in zip(box.constants, whole[0].constants, strict=True))


@pytest.mark.parametrize(
    "text", [CSV.replace(",", ";"), CSV.replace(",", "\t"), "\ufeff" + CSV, CSV.replace("\n", "\r\n")]
)
def test_csv_of_other_programs_is_read(text):
    assert read_box(text.encode(), "mine.csv").names == ["white", "blue"]


def test_curves_of_other_wavelengths_are_interpolated():
    wide = read_box(curves(380, 740, 5).encode(), "wide.csv")
    narrow = read_box(curves().encode(), "narrow.csv")
    assert np.allclose(wide.constants, narrow.constants)
    shared = {"wavelengths": [390, 405, 420, *range(440, 721, 20)], "paints": []}
    for name, level in (("white", 0.9), ("gray", 0.2)):
        shared["paints"].append({"name": name, "masstone": [level] * 18})
    shared["paints"][1] |= {"tint": [0.5] * 18, "ratio": "1:9"}
    assert np.allclose(read_box(json.dumps(shared).encode(), "shared.json").constants, narrow.constants)


def test_the_order_of_a_file_is_the_order_of_the_box(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("ratio,name,tint,masstone\n1:9,blue,#7482bd,#3a3467\n,white,,#f4f4ef\n")
    box = load_box(file)
    assert (box.names, box.name, box.white.name) == (["blue", "white"], "mine", "white")


@pytest.mark.parametrize("content", [KIMERA.read_bytes(), json.dumps(JSON).encode()])
def test_boxes_match_the_schema(content):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(content), json.loads(SCHEMA.read_text()))


def test_the_boxes_have_their_paints_and_the_credit():
    assert boxes.names == ["kimera", "primaries", "zorn"]
    assert len(boxes["kimera"]()) == 13
    assert boxes["zorn"]().names == ["white", "yellow oxide", "red", "black"]
    for name in boxes:
        assert "miciwan" in boxes[name]().credit
        assert "CC BY 4.0" in boxes[name]().credit


def test_a_paint_shows_the_color_that_it_was_given():
    assert Paint("black", "#0a0a0a", "#777", "1:9").color.hex == "#0a0a0a"
    assert Paint("gray", [0.2] * 31, [0.4] * 31, "1:9").color.hex == "#7c7c7c"


def paint(**fields):
    return lambda: Box(
        [WHITE, Paint(**{"name": "blue", "masstone": "#3a3467", "tint": "#7482bd", "ratio": "1:9"} | fields)]
    )


BAD = {
    "one paint": (lambda: Box([WHITE]), "the box has one paint, 'white'"),
    "no paint": (lambda: Box([]), "a box is a list of paints"),
    "no box": (lambda: Box(7), "a box is a list of paints"),
    "no white": (lambda: Box([BLUE, Paint("red", "#a02020", "#d08080", "1:9")]), "no paint of the box is white"),
    "two whites": (lambda: Box([WHITE, Paint("red", "#a02020")]), "'white' and 'red' have no tint"),
    "equal names": (lambda: Box([WHITE, BLUE, BLUE]), "two paints have the name 'blue'"),
    "equal tint": (paint(tint="#3a3467"), "the paint 'blue' has a tint equal to its masstone"),
    "darker tint": (paint(tint="#222244"), "the paint 'blue' has a tint darker than its masstone"),
    "too light tint": (paint(tint="#ffffff"), "the paint 'blue' has a tint that is not darker than the white"),
    "ratio 0": (paint(ratio="0:9"), "the paint 'blue' has the ratio '0:9': give parts of paint and white above 0"),
    "ratio without white": (paint(ratio=(1, 0)), "the paint 'blue' has the ratio (1, 0)"),
    "extreme ratio": (paint(ratio="1:5000"), "has the ratio '1:5000': give one from 1:1000 to 1000:1"),
    "huge number": (paint(masstone=[10**400] * 31), "a masstone that is no list of numbers"),
    "true": (paint(masstone=[True] * 31), "a masstone that is no list of numbers"),
    "one number": (paint(ratio="1"), "the paint 'blue' has the ratio '1'"),
    "no ratio": (paint(ratio=None), "the paint 'blue' has a tint without a ratio"),
    "no tint": (paint(tint=None), "the paint 'blue' has the ratio '1:9', and no tint"),
    "no masstone": (paint(masstone=None), "the paint 'blue' needs a masstone"),
    "no color": (paint(masstone="#12"), "the paint 'blue' has the masstone '#12'"),
    "unknown color": (paint(tint="bleu"), "Did you mean 'blue'?"),
    "short curve": (paint(masstone=[0.1] * 30), "the paint 'blue' has 30 numbers as masstone: give 31"),
    "percent": (paint(masstone=[10.0] * 31), "divide percent by 100"),
    "above 1": (paint(masstone=[1.1] * 31), "with the reflectance 1.1: give fractions from 0 to 1"),
    "negative": (paint(masstone=[-0.1] * 31), "with the reflectance -0.1"),
    "nan": (paint(masstone=[float("nan")] * 31), "with the reflectance nan"),
    "words": (paint(masstone=["a"] * 31), "a masstone that is no list of numbers"),
    "descending": (paint(masstone={700: 0.1, 400: 0.1}), "wavelengths do not ascend"),
    "too short": (paint(masstone=dict.fromkeys(range(420, 701, 10), 0.1)), "from 420 to 700 nm: give a curve from 400"),
    "sparse": (paint(masstone={400: 0.1, 550: 0.1, 700: 0.2}), "steps of up to 150 nm: give 20 or less"),
    "micrometers": (paint(masstone={0.4: 0.1, 0.7: 0.2}), "multiply them by 1000"),
    "half of the coefficients": (lambda: Paint("blue", absorption=CURVE), "has only one of absorption and scattering"),
    "negative coefficients": (
        lambda: Paint("blue", absorption=CURVE, scattering=[-1] * 31),
        "needs 31 numbers from 1e-06 to 1,000,000 as scattering",
    ),
    "no name": (lambda: Paint("  ", "#123"), "a paint has the name '  '"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_box_is_refused_with_the_reason(case):
    work, message = BAD[case]
    with pytest.raises((OptionError, UnknownNameError)) as refused:
        work()
    assert message in str(refused.value)


FILES = {
    "columns": ("name,color\nwhite,#fff\n", "has the columns name, color: give name, masstone, tint, ratio"),
    "empty": ("", "has the columns of none"),
    "cells": (CSV + "red,#a02020\n", "row 4 has 2 cells, and the first row 4"),
    "percent": (curves(scale=100), "divide percent by 100"),
    "descending": (curves().replace("400,410", "410,400"), "wavelengths do not ascend"),
    "too short": (curves(400, 690), "from 400 to 690 nm: give a curve from 400 nm or less to 700 or more"),
    "decimal comma": (curves().replace(",", ";").replace("0.5", "0,5"), "has the reflectance '0,5': give a number"),
    "swatch": (curves().replace("tint", "tent"), "has the swatch 'tent': give masstone or tint"),
    "twice": (curves().replace("tint", "masstone"), "a second masstone of the paint 'gray'"),
    "json": ("{", "no JSON at line 1"),
    "no paints": ("{}", 'has no list "paints"'),
    "field": (json.dumps({"paints": [{"name": "w", "colour": "#fff"}]}), "a field 'colour' is unknown"),
    "repetition": ('{"paints": [], "paints": []}', "the field 'paints' is there twice"),
    "numbers": (
        json.dumps({"wavelengths": [400, 700], "paints": [{"name": "w", "masstone": [1]}]}),
        "for 2 wavelengths",
    ),
    "binary": (b"\xff\xd8\xff", "byte 0 is no UTF-8"),
    "deep": ("[" * 100_000, "no JSON|too deep"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_refused_with_its_name_and_the_reason(case):
    content, message = FILES[case]
    with pytest.raises((FormatError, OptionError)) as refused:
        read_box(content if isinstance(content, bytes) else content.encode(), "mine.box")
    assert "mine.box" in str(refused.value)
    assert any(part in str(refused.value) for part in message.split("|"))


def test_a_file_that_is_not_there_and_an_unknown_box_are_refused(tmp_path):
    with pytest.raises(SourceError, match=r"mine\.csv: cannot be read: No such file"):
        load_box(tmp_path / "mine.csv")
    palette = pochade.Palette(["#777"])
    with pytest.raises(UnknownNameError, match=r"Did you mean 'kimera'\?.*Or give the path of a .json or .csv file"):
        pochade.paints(palette, box="kimira")
    with pytest.raises(OptionError, match="box=7 is not allowed: give one of kimera"):
        pochade.paints(palette, box=7)


ODD = [None, True, -1, 1e308, float("nan"), 10**400, "", "#fff", "1:0", "1:" + "9" * 400, [], {}, [None], {"400": None}]


def test_mutated_files_raise_errors_of_pochade_only():
    rng = random.Random(0)
    whole = {
        "wavelengths": [*range(400, 701, 10)],
        "paints": [*JSON["paints"], {"name": "gray", "masstone": [0.1] * 31}],
    }
    whole["paints"][2] |= {"tint": {str(w): 0.4 for w in range(390, 721, 10)}, "ratio": "1:9"}
    read = 0
    for _ in range(70):
        changed = json.loads(json.dumps(whole))
        place = rng.choice([changed, changed["wavelengths"], *changed["paints"], changed["paints"][2]["masstone"]])
        key = rng.choice([*place]) if isinstance(place, dict) else rng.randrange(len(place))
        place[key] = rng.choice(ODD)
        letters = [*CSV]
        letters[rng.randrange(len(letters))] = rng.choice([",", "\n", '"', "#", "0", ":", "\0", "é"])
        for content in (json.dumps(changed), "".join(letters)):
            with contextlib.suppress(pochade.PochadeError):
                read += len(read_box(content.encode(), "mutated")) > 1
    assert 10 < read < 130
