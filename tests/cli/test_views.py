"""--explain, --why and --curve."""

import json
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from PIL import Image

import pochade
from pochade.cli.app import app


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_explain_prints_the_librarys_words_a_line_a_color(folder):
    shown = call("c.jpg", "--explain", "-k", "4")
    assert shown.stdout.splitlines() == [str(reason) for reason in pochade.extract("c.jpg", 4).explain()]


def test_explain_of_several_pictures_says_of_which(folder):
    shown = call("a.png", "nowhere.png", "b.png", "--explain")
    assert shown.exit_code == 1
    assert [line for line in shown.stdout.splitlines() if not line.startswith(" ")] == ["a.png", "", "b.png", ""]
    assert "nowhere.png" in shown.stderr


def test_explain_in_a_terminal_is_wrapped_beside_swatches(in_terminal):
    shown, _ = in_terminal("a.png", "--explain", columns=60)
    assert "\x1b[48;5;" in shown
    assert "(CIEDE2000)" in " ".join(shown.split())


def test_curve_prints_a_row_for_each_k(folder):
    head, *rows = call("c.jpg", "--curve").stdout.splitlines()
    assert head.split() == ["k", "colors", "difference", "covered"]
    fidelity = pochade.extract("c.jpg").fidelities
    assert [row.split() for row in rows] == [
        [str(row.k), str(row.colors), f"{row.difference:.1f}", f"{row.covered:.1%}"] for row in fidelity
    ]


def test_curve_in_a_terminal_has_bars_colors_and_the_present_k_marked(in_terminal):
    shown, _ = in_terminal("c.jpg", "--curve", "-k", "5", columns=110)
    (marked,) = [line for line in shown.splitlines() if "▸" in line]
    assert " 5 " in marked
    assert "━" in marked
    assert marked.count("\x1b[48;5;") == 5
    narrow, _ = in_terminal("c.jpg", "--curve", columns=40)
    assert max(len(line) for line in narrow.splitlines()) < 60


def test_curve_is_drawn_to_a_picture_file_and_printed_too(folder):
    shown = call("c.jpg", "--curve", "-o", "curve.svg")
    assert len(shown.stdout.splitlines()) == 17
    ET.parse(folder / "curve.svg")
    call("c.jpg", "--curve", "-o", "curve.png")
    with Image.open(folder / "curve.png") as drawn:
        assert drawn.size == (1920, 1496)
    assert call("c.jpg", "--curve", "-o", "curve.txt").stdout == ""
    assert (folder / "curve.txt").read_text() == shown.stdout


@pytest.mark.parametrize("name", ["why.png", "why.jpg", "why.webp"])
def test_why_draws_the_sheet_and_the_palette_is_still_printed(folder, name):
    shown = call("a.png", "--why", name, "-f", "json")
    assert shown.stdout == pochade.extract("a.png").to_json() + "\n"
    with Image.open(folder / name) as drawn:
        assert drawn.size == pochade.draw.why(pochade.extract("a.png")).size


def test_why_and_explain_go_together(folder):
    assert "CIEDE2000" in call("a.png", "--why", "why.png", "--explain").stdout
    assert (folder / "why.png").exists()


def test_standard_input_is_drawn_too(run, folder):
    with open("a.png", "rb") as file:
        shown = run("-", "--why", "why.png", stdin=file)
    assert (shown.returncode, shown.stderr.count("Error")) == (0, 0)
    assert (folder / "why.png").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.png", "b.png", "--why", "why.png"), "--why why.png takes one picture, and several are given"),
        (("a.png", "b.png", "--curve", "-o", "curve.png"), "-o curve.png takes one picture, and several are given"),
        (("a.png", "--why", "why.txt"), "why.txt: its suffix names no kind of picture: give one of .png, .jpg"),
        (("a.png", "--explain", "--curve"), "--explain and --curve both replace the palette: give one of them."),
        (("a.png", "--explain", "-f", "json"), "--explain and --curve show text, not json"),
        (("a.png", "--explain", "-o", "a.svg"), "a.svg: its suffix is not one of .txt."),
        (("a.png", "--curve", "-o", "a.gif"), "a.gif: its suffix is not one of .txt, .png, .svg."),
    ],
)
def test_contradictory_options_are_refused_before_a_file_is_written(folder, arguments, said):
    before = sorted(folder.iterdir())
    shown = call(*arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert said in shown.stderr
    assert sorted(folder.iterdir()) == before


def test_tints_prints_a_table_of_steps_for_each_color(folder):
    lines = call("c.jpg", "-k", "2", "--tints").stdout.splitlines()
    tables = pochade.extract("c.jpg", 2).tints()
    rows = [line.split()[:2] for line in lines if line.split() and line.split()[0].isdigit()]
    assert rows == [[str(step), color.hex] for scale in tables.scales for step, color in scale.items()]
    assert [line.split()[1] for line in lines if "the color itself" in line] == pochade.extract("c.jpg", 2).hex


def test_tints_as_json_and_in_a_style_sheet_are_the_librarys(folder):
    palette = pochade.extract("c.jpg", 2)
    assert (
        json.loads(call("c.jpg", "-k", "2", "--tints", "-f", "json").stdout)["tints"]
        == palette.tints().to_dict()["tints"]
    )
    for format, options in (("css", {"prefix": "sea"}), ("tailwind", {})):
        settings = [word for name, value in options.items() for word in ("--set", f"{name}={value}")]
        shown = call("c.jpg", "-k", "2", "--tints", "-f", format, *settings)
        assert shown.stdout_bytes == palette.export(format, tints=True, **options)
    assert call("c.jpg", "-k", "2", "--tints", "-o", "c.css").exit_code == 0
    assert (folder / "c.css").read_bytes() == palette.export("css", tints=True)


def test_tints_of_another_format_are_refused(folder):
    refused = call("c.jpg", "--tints", "-f", "gpl")
    assert refused.exit_code == 2
    assert "css and tailwind, not gpl" in refused.stderr
