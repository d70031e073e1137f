"""--contrast, --sight, --roles, and `pochade sight`."""

import json

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.color.vision import simulate_codes


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def confusing(folder):
    """A picture of a red and a green that deuteranopia confuses, and white."""
    codes = np.full((40, 60, 3), 255, np.uint8)
    codes[:, :20] = 0xB3, 0x31, 0x2C
    codes[:, 20:40] = 0x6B, 0x7A, 0x2A
    Image.fromarray(codes).save("confusing.png")
    return codes


def test_contrast_is_plain_without_a_terminal(confusing):
    lines = call("confusing.png", "--contrast").stdout.splitlines()
    assert lines[0].split() == ["WCAG", *pochade.extract("confusing.png").hex]
    assert "\x1b" not in "".join(lines)
    found = pochade.extract("confusing.png").contrast()
    cells = [line.split()[1:] for line in lines[1:4]]
    for i, row in enumerate(cells):
        for j, cell in enumerate(row):
            assert cell == "-" if i == j else float(cell.rstrip("*")) == pytest.approx(found.ratio[i, j], abs=0.01)
    assert [text.background for text in found.texts] == [line.split()[0] for line in lines[-3:]]


def test_marks_say_without_color_what_passes(folder):
    Image.fromarray(np.array([[[0x77] * 3, [0xFF] * 3, [0] * 3]], np.uint8)).save("grays.png")
    shown = call("grays.png", "--contrast").stdout
    assert "21.00***" in shown
    assert "4.47* " in shown
    assert "4.68** " in shown
    assert "* large text only, 3:1" in shown


def test_a_wide_matrix_comes_in_blocks_that_fit(in_terminal):
    shown, _ = in_terminal("c.jpg", "--contrast", "-k", "12", columns=70, NO_COLOR="1")
    assert shown.count("WCAG ") > 2
    assert max(map(len, shown.splitlines())) <= 70


def test_sight_says_what_is_confused_and_the_mend(confusing):
    shown = call("confusing.png", "--sight").stdout
    assert "#b3312c (firebrick) and #6b7a2a (darkolivegreen): 46.9 apart, seen as 3.4." in shown
    assert "#6b7a2a (darkolivegreen) becomes #6f7e2f, 0.014 lighter." in shown
    rows = [line for line in shown.splitlines() if line.startswith("deuteranopia ")]
    assert rows[0].split()[1:] == pochade.extract("confusing.png").seen("deuteranopia").hex


def test_in_a_terminal_they_are_in_color(in_terminal):
    for option in ("--contrast", "--sight", "--roles"):
        shown, error = in_terminal("c.jpg", option)
        assert "\x1b[48;5;" in shown, error


def test_roles_have_a_line_each_and_brackets_where_they_are_missing(confusing):
    lines = call("confusing.png", "--roles").stdout.splitlines()
    roles = pochade.extract("confusing.png").roles()
    assert [line[:13].rstrip() for line in lines] == [role.name for role in roles]
    for line, role in zip(lines, roles, strict=True):
        assert (role.hex if role.found else f"({role.hex})") in line
        assert line.endswith(role.reason)


@pytest.mark.parametrize("name", ["contrast", "sight", "roles"])
def test_json_is_the_librarys(confusing, name):
    expected = {"source": "confusing.png", **getattr(pochade.extract("confusing.png"), name)().to_dict()}
    assert json.loads(call("confusing.png", f"--{name}", "-f", "json").stdout) == expected
    assert call("confusing.png", f"--{name}", "-o", "told.json").stdout == ""
    with open("told.json") as file:
        assert json.load(file) == expected


def test_several_pictures_follow_one_another(confusing):
    shown = call("confusing.png", "a.png", "--roles").stdout.splitlines()
    assert [line for line in shown if not line.startswith(" ")] == ["confusing.png", "", "a.png", ""]
    lines = call("confusing.png", "a.png", "--sight", "-f", "json").stdout.splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["confusing.png", "a.png"]


def test_a_gray_picture_and_many_colors_are_told_too(folder):
    Image.linear_gradient("L").save("gray.png")
    for option in ("--contrast", "--sight", "--roles"):
        assert call("gray.png", option, "-k", "40").exit_code == 0
    assert "Palettes of at most 32 colors can be mended." in call("c.jpg", "--sight", "-k", "40").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.png", "--roles", "--sight"), "--sight and --roles both replace the palette: give one of them."),
        (("a.png", "--explain", "--contrast"), "--explain and --contrast both replace the palette"),
        (("a.png", "--roles", "-f", "csv"), "--roles shows text or json, not csv."),
        (("a.png", "--roles", "-o", "a.csv"), "a.csv: its suffix is not one of .txt, .json."),
        (("sight", "a.png", "-o", "a.gif"), "a.gif: its suffix names no kind of picture"),
        (("sight", "a.png", "-o", "s.png", "--as", "daltonism"), "unknown deficiency 'daltonism'"),
        (("sight", "a.png", "-o", "s.png", "--severity", "2"), "severity=2.0 is not allowed"),
        (("sight", "a.png", "-o", "s.png", "--as", "tritanopia", "-k", "4"), "--colors is an option of the sheet"),
        (("sight", "a.png"), "Missing option"),
    ],
)
def test_what_does_not_go_is_refused_and_nothing_is_written(folder, arguments, said):
    before = sorted(folder.iterdir())
    shown = call(*arguments)
    assert shown.exit_code == 2
    assert said in shown.stderr
    assert sorted(folder.iterdir()) == before


def test_a_picture_is_written_as_it_is_seen(confusing):
    assert call("sight", "confusing.png", "-o", "seen.png", "--as", "deuteranopia", "--severity", "0.6").exit_code == 0
    with Image.open("seen.png") as seen:
        expected = simulate_codes(confusing, "deuteranopia", 0.6)
        assert np.abs(np.asarray(seen).astype(int) - expected).max() <= 1


def test_transparency_is_kept_or_refused(folder):
    Image.new("RGBA", (8, 8), (200, 30, 40, 90)).save("glass.png")
    assert call("sight", "glass.png", "-o", "seen.webp", "--as", "tritanopia").exit_code == 0
    with Image.open("seen.webp") as seen:
        assert seen.mode == "RGBA"
    refused = call("sight", "glass.png", "-o", "seen.jpg", "--as", "tritanopia")
    assert (refused.exit_code, "transparent, and JPEG has no transparency" in refused.stderr) == (2, True)


def test_without_as_a_sheet_is_drawn(confusing):
    assert call("sight", "confusing.png", "-o", "sheet.png", "-k", "3").exit_code == 0
    with Image.open("sheet.png") as sheet:
        assert sheet.width == 1680


def test_a_picture_that_is_missing_is_said(folder):
    shown = call("sight", "nowhere.png", "-o", "seen.png", "--as", "tritanopia")
    assert (shown.exit_code, "nowhere.png" in shown.stderr) == (1, True)
