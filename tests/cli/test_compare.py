"""`pochade compare`."""

import json
import re

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.similarity import distances


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["compare", *arguments])


@pytest.fixture
def grays(folder):
    """Flat pictures, which only one order has beside their likes."""
    for name, level in (("three", 130), ("one", 10), ("four", 220), ("two", 60)):
        Image.new("RGB", (8, 6), (level,) * 3).save(f"{name}.png")
    return ["three.png", "one.png", "four.png", "two.png"]


def test_of_two_pictures_it_says_what_became_what(folder):
    done = call("a.png", "b.png")
    lines = done.stdout.splitlines()
    expected = pochade.compare("a.png", "b.png")
    assert done.exit_code == 0
    assert lines[0] == f"a.png and b.png are {expected.distance:.1f} apart (ciede2000)."
    assert lines[1].startswith("  #ce1126 (firebrick) became #008000 (green): 96 %, ")
    assert lines[-1] == expected.beside()
    assert lines[-1].startswith("b.png is ")
    assert lines[-3] == f"a.png: {pochade.look('a.png')}."


def test_two_alike_are_the_same(folder):
    assert call("a.png", "./a.png").stdout.startswith("a.png and ./a.png are the same.\n")


def test_json_of_two_is_that_of_the_library(folder):
    assert json.loads(call("a.png", "b.png", "-f", "json").stdout) == pochade.compare("a.png", "b.png").to_dict()


def test_of_many_it_shows_the_matrix_with_likes_beside_each_other(grays):
    done = call(*grays, "--difference", "oklab")
    head, *rows = [line.split() for line in done.stdout.splitlines()[2:]]
    assert head == ["1", "2", "3", "4"]
    assert [row[1] for row in rows] == ["one.png", "two.png", "three.png", "four.png"]
    assert [row[2 + i] for i, row in enumerate(rows)] == ["-"] * 4
    palettes = [pochade.extract(row[1]) for row in rows]
    far = distances(palettes, difference="oklab")
    for i, row in enumerate(rows):
        shown = [0.0 if cell == "-" else float(cell) for cell in row[2:]]
        np.testing.assert_allclose(shown, far[i], atol=0.006)


def test_json_of_many_has_the_order_and_the_distances(grays):
    found = json.loads(call(*grays, "-f", "json", "-k", "3").stdout)
    assert found["pictures"] == grays
    assert found["order"] == ["one.png", "two.png", "three.png", "four.png"]
    far = np.array(found["distances"])
    np.testing.assert_array_equal(far, far.T)
    assert far[0, 1] == pochade.compare("one.png", "two.png", k=3).distance


def test_a_folder_is_ranked_without_the_picture_itself(grays):
    done = call("--like", "one.png", ".")
    names = [line.split()[1] for line in done.stdout.splitlines()]
    assert [name for name in names if name[2:] in grays] == ["./two.png", "./three.png", "./four.png"]
    assert "./one.png" not in names
    assert len(names) == 6
    found = json.loads(call("--like", "one.png", ".", "-f", "json").stdout)
    assert [row["source"] for row in found["pictures"]] == names
    assert sorted(row["distance"] for row in found["pictures"]) == [row["distance"] for row in found["pictures"]]


def test_palette_files_are_compared_as_they_are(folder, grays):
    (folder / "two.hex").write_text("#ce1126\n#002395\n")
    done = call("two.hex", "a.png", "-f", "json")
    assert json.loads(done.stdout)["distance"] == pochade.compare(pochade.load("two.hex"), "a.png").distance
    assert call("two.hex", "a.png").stdout.startswith("two.hex and a.png are ")
    (folder / "broken.gpl").write_text("nothing")
    done = call("two.hex", *grays, "broken.gpl", "-o", "map.png")
    assert done.exit_code == 1
    assert "broken.gpl: line 1" in done.stderr
    assert "two.hex" in done.stdout
    assert call("--like", "two.hex", *grays).stdout.count("\n") == 4


def test_one_that_cannot_be_read_does_not_stop_the_others(grays):
    (open("broken.png", "wb")).close()
    done = call("--like", "one.png", "two.png", "broken.png", "nowhere.png", "three.png")
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["two.png", "three.png"]
    assert done.exit_code == 1
    assert ["broken.png" in done.stderr.splitlines()[0], "nowhere.png" in done.stderr.splitlines()[1]] == [True, True]
    done = call(*grays, "broken.png")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 7


def test_without_the_picture_to_be_like_nothing_is_ranked(grays):
    done = call("--like", "nowhere.png", *grays)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "pochade: 'nowhere.png': no such file.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.png"], "give two or more"),
        (["a.png", "b.png", "--difference", "cmc"], "'cmc' is not allowed"),
        (["a.png", "b.png", "--difference", "okalb"], "Did you mean 'oklab'?"),
        (["a.png", "b.png", "-o", "map.txt"], "its suffix names no kind of picture"),
        (["a.png", "b.png", "--like", "c.jpg", "-o", "map.png"], "leave one out"),
        (["a.png", "b.png", "-k", "0"], "k=0 is not allowed"),
        (["a.png", "b.png", "-m", "kmean"], "Did you mean 'kmeans'?"),
    ],
)
def test_wrong_usage_is_refused(folder, arguments, said):
    done = call(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (folder / "map.png").exists()


def test_the_map_is_drawn_as_the_suffix_says(grays, folder):
    assert call(*grays, "-o", "map.png").exit_code == 0
    with Image.open("map.png") as image:
        assert image.format == "PNG"
    again = call(*grays, "-o", "map.png")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "map.png exists: give --force to overwrite it." in again.stderr
    assert call(*grays, "-o", "map.png", "--force").exit_code == 0
    assert call(*grays, "-o", "map.svg").exit_code == 0
    document = (folder / "map.svg").read_text(encoding="utf-8")
    assert document.count("<image") == 8
    assert "three.png" in document


def test_a_terminal_has_colors_and_fits(in_terminal, grays):
    kind = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    shown, _ = in_terminal("compare", *grays, "a.png", "c.jpg", columns=60, **kind)
    assert "\x1b[48;2;" in shown
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in shown.splitlines()]
    assert max(map(len, plain)) <= 60
    shown, _ = in_terminal("compare", "--like", *grays, **kind)
    assert "\x1b[48;2;" in shown


def test_of_two_pictures_the_flow_is_drawn(folder):
    assert call("a.png", "b.png", "-o", "flow.svg").exit_code == 0
    document = (folder / "flow.svg").read_text(encoding="utf-8")
    assert document.count("<image") == 2
    assert f"{pochade.compare('a.png', 'b.png').distance:.1f} apart" in document


def test_too_many_for_a_map_are_refused_before_they_are_read(folder):
    done = call(*["nowhere.png"] * 65, "-o", "map.png")
    assert done.exit_code == 2
    assert done.stderr == "pochade: 65 palettes are not allowed on a map: give 2 to 64.\n"
