"""`pochade suggest`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import pochade
from pochade.cli.app import app


def call(*arguments: str):
    return CliRunner().invoke(app, ["suggest", *arguments])


def test_each_proposal_is_a_line_with_its_colors_and_source() -> None:
    lines = call("--keep", "#8e1a24", "--seed", "3", "-n", "2").output.splitlines()
    expected = pochade.complete("#8e1a24", n=2, seed=3)
    assert [line.split("  after ")[0].split() for line in lines] == [one.palette.hex for one in expected]
    assert all(str(one.after) in line for one, line in zip(expected, lines, strict=True))


def test_colors_are_shown_in_a_terminal_that_has_them() -> None:
    output = call("-n", "1", "-k", "3", "--ansi", "always").output
    red, green, blue = pochade.suggest(3, 1)[0].palette.rgb[0]
    assert f"\x1b[48;2;{red};{green};{blue};38;2;" in output
    assert "after " in output


def test_palettes_are_written_in_any_format_and_read_back(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("-n", "1", "--keep", "navy", "-o", "one.gpl").exit_code == 0
    assert pochade.load("one.gpl").hex[0] == "#000080"
    assert call("-n", "3", "-f", "css", "-o", "many/").exit_code == 0
    assert len(list(Path("many").glob("after *.css"))) == 3
    again = call("-n", "3", "-f", "css", "-o", "many/")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "exists: give --force" in again.stderr
    assert call("--keep", "one.gpl", "-k", "6", "-n", "1").output.startswith(" ".join(pochade.load("one.gpl").hex))


def test_a_picture_and_the_limits(folder: Path) -> None:
    line = call("--with", "a.png", "-k", "4", "-n", "1", "--on", "white", "--contrast", "3").output
    assert line.split()[0] == pochade.extract("a.png", 2).hex[0]
    assert "after " in line


def test_the_list_names_methods_and_collections() -> None:
    output = call("--list").output
    assert all(
        word in output for word in ("example", "--set collection=", "masked", "wada", "348 palettes by Sanzo Wada")
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--keep", "red", "--with", "a.png"), "--keep and --with both"),
        (("--json", "-f", "css"), "--json and --format both"),
        (("--json", "-o", "out/"), "--json writes one file"),
        (("-k", "11"), "k=11 is not allowed"),
        (("--set", "nope=1"), "unknown option of example: 'nope'"),
        (("--set", "nope"), "`pochade suggest --list` lists the options"),
        (("-m", "colormind"), "unknown method of suggestion"),
        (("--keep", "blurple"), "unknown CSS color in keep"),
        (("--hue", "red"), "two numbers"),
        (("-f", "css"), "-o FOLDER/ writes a file for each"),
    ],
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], said: str) -> None:
    done = call(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr.replace("'red' is not allowed: give 2 numbers", "two numbers")
    assert done.stderr.count("\n") == 1


def test_fewer_proposals_are_told_on_standard_error() -> None:
    done = call("-n", "20", "--set", "collection=ggpomological")
    assert done.exit_code == 0
    assert "instead of 20" in done.stderr
