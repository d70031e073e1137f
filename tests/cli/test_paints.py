"""`pochade paints` and `pochade boxes`."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.draw import paint_sheet_svg

CSV = "name,masstone,tint,ratio\nwhite,#f4f4ef,,\nblue,#3a3467,#7482bd,1:9\nred,#a02020,#d08080,1:9\n"


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def picture(folder: Path, flag: np.ndarray) -> str:
    Image.fromarray(flag).save("flag.png")
    Path("mine.csv").write_text(CSV)
    return "flag.png"


def test_json_and_the_sheet_are_those_of_the_library(picture):
    answer = pochade.paints(picture, 4, own="black", stock=False)
    arguments = ("paints", picture, "-n", "4", "--own", "black", "--no-stock")
    assert json.loads(call(*arguments, "-f", "json").stdout) == answer.to_dict()
    assert call(*arguments, "-o", "sheet.svg").exit_code == 0
    assert Path("sheet.svg").read_text() == paint_sheet_svg(answer)
    assert call(*arguments, "-o", "sheet.json").exit_code == 0
    assert json.loads(Path("sheet.json").read_text()) == answer.to_dict()


def test_text_has_the_sentences_the_tubes_and_the_recipes(picture):
    answer = pochade.paints(picture, 3, box="mine.csv")
    text = call("paints", picture, "-n", "3", "--box", "mine.csv").stdout
    for line in (*answer.words(), *(recipe.words for recipe in answer.recipes), *(p.color.hex for p in answer.tubes)):
        assert line in text
    assert "\x1b[48;2;" in call("paints", picture, "--ansi", "always").stdout
    assert call("paints", picture, "-n", "3", "-o", "text.txt").exit_code == 0
    assert Path("text.txt").read_text() == call("paints", picture, "-n", "3").stdout


def test_auto_a_palette_file_and_several_pictures(picture):
    Path("colors.hex").write_text("#ce1126\n#002395\n")
    told = json.loads(call("paints", "colors.hex", "-n", "auto", "-f", "json").stdout)
    assert [recipe["original"] for recipe in told["recipes"]] == ["#ce1126", "#002395"]
    lines = call("paints", picture, "colors.hex", "-f", "json").stdout.splitlines()
    assert [json.loads(line)["source"] for line in lines] == [picture, "colors.hex"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-n", "0"), "n=0 is not allowed: the box kimera has 13 paints"),
        (("-n", "5", "--box", "mine.csv"), "n=5 is not allowed: the box mine has 3 paints"),
        (("--own", "whit"), "unknown paint 'whit'. Did you mean 'white'?"),
        (("--box", "zron"), "unknown box 'zron'. Did you mean 'zorn'?"),
        (("--box", "none.csv"), "none.csv: cannot be read: No such file or directory"),
        (("--parts", "99"), "parts=99 is not allowed: give a whole number from 1 to 20"),
        (("-o", "sheet.doc"), "sheet.doc: its suffix names no kind of picture"),
        (("-f", "json", "-o", "sheet.pdf"), "sheet.pdf: its suffix is not that of json"),
    ],
)
def test_bad_arguments_are_refused_before_a_picture_is_read(picture, arguments, message):
    refused = call("paints", "missing.png", *arguments)
    assert refused.exit_code == (1 if "none.csv" in arguments else 2)
    assert message in refused.stderr
    assert refused.stdout == ""


def test_boxes_are_listed_with_their_paints_and_credit():
    listed = call("boxes").stdout
    for name in ("kimera", "primaries", "zorn"):
        assert f"\n{name}\n" in f"\n{listed}"
    assert "yellow oxide, red, black" in listed
    assert listed.count("CC BY 4.0") == 3
