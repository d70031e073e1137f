"""The commands that draw: --strip, compare-methods, cloud."""

import pytest
from click.testing import CliRunner
from PIL import Image

from pochade.cli.app import app


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("name", ["strip.png", "strip.svg", "strip.webp"])
def test_a_strip_is_drawn_beside_the_palette(folder, name):
    shown = call("a.png", "-f", "hex", "--strip", name, "--widths", "equal")
    assert (shown.exit_code, shown.stdout.split()) == (0, ["#ce1126", "#002395"])
    assert (folder / name).stat().st_size > 1000


def test_strip_and_why_go_together(folder):
    assert call("a.png", "--strip", "strip.png", "--why", "why.png").exit_code == 0
    assert {"strip.png", "why.png"} <= {path.name for path in folder.iterdir()}


def test_scale_is_an_option_of_the_palette(folder):
    assert call("c.jpg", "--scale", "0.5", "-f", "json").stdout.count('"width": 120, "height": 90') == 1


@pytest.mark.parametrize("name", ["sheet.png", "sheet.svg", "sheet.jpg"])
def test_methods_are_compared_on_a_sheet(folder, name):
    shown = call(
        "compare-methods", "c.jpg", "--methods", "kmeans,segments", "--spaces", "rgb,hsv", "-k", "4", "-o", name
    )
    assert (shown.exit_code, shown.output) == (0, "")
    content = (folder / name).read_bytes()
    if name == "sheet.svg":
        assert all(word in content for word in (b"kmeans", b"segments", b"rgb", b"hsv", b"k = 4"))
    else:
        with Image.open(folder / name) as sheet:
            assert sheet.width == 2240


def test_k_scales_and_seeds_are_lists(folder):
    shown = call("compare-methods", "c.jpg", "-k", "2,auto", "--scales", "1,0.5", "--seeds", "3,4", "-o", "sheet.svg")
    assert shown.exit_code == 0
    content = (folder / "sheet.svg").read_text()
    assert "k = auto, scale 0.5" in content
    assert "seed 4" in content


@pytest.mark.parametrize("name", ["cloud.html", "cloud.png"])
def test_a_cloud_is_drawn(folder, name):
    shown = call("cloud", "c.jpg", "--space", "hsv", "-k", "3", "-m", "kmeans", "--set", "init=random", "-o", name)
    assert (shown.exit_code, shown.output) == (0, "")
    assert (folder / name).stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.png", "b.png", "--strip", "strip.png"), "--strip strip.png takes one picture, and several are given"),
        (("a.png", "--strip", "strip.txt"), "strip.txt: its suffix names no kind of picture: give one of .png"),
        (("a.png", "--widths", "equal"), "--widths is an option of the strip: give --strip FILE."),
        (("a.png", "--scale", "2"), "scale=2.0 is not allowed: give a number above 0, up to 1"),
        (("compare-methods", "a.png"), "Missing option '-o' / '--output'"),
        (("compare-methods", "a.png", "-o", "sheet.html"), "sheet.html: its suffix names no kind of picture"),
        (("compare-methods", "a.png", "--methods", "kmean", "-o", "sheet.png"), "Did you mean 'kmeans'"),
        (("compare-methods", "a.png", "-k", "4,x", "-o", "sheet.png"), "'4,x' is not allowed: give values with commas"),
        (("compare-methods", "a.png", "--scales", "0", "-o", "sheet.png"), "scale=0 is not allowed"),
        (("cloud", "a.png", "-o", "cloud.svg"), "cloud.svg: its suffix names no kind of picture: give one of .html"),
        (("cloud", "a.png", "--space", "cmyk", "-o", "cloud.png"), "one of oklab, cielab, hsv, rgb"),
        (("cloud", "a.png", "-m", "kmean", "-o", "cloud.png"), "Did you mean 'kmeans'"),
    ],
)
def test_errors_are_reported_before_a_file_is_written(folder, arguments, said):
    before = sorted(folder.iterdir())
    shown = call(*arguments)
    assert shown.exit_code == 2
    assert said in shown.stderr
    assert sorted(folder.iterdir()) == before


def test_a_picture_that_is_not_there_leaves_no_file(folder):
    for command in (("compare-methods", "none.png", "-o", "out.png"), ("cloud", "none.png", "-o", "out.html")):
        shown = call(*command)
        assert shown.exit_code == 1
        assert "none.png" in shown.stderr
    assert not (folder / "out.png").exists()
    assert not (folder / "out.html").exists()
