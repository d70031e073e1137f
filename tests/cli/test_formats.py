"""--format and --output with formats of one palette: a file each, options, and no bytes that a terminal would obey."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

import pochade
from pochade.cli.app import app
from pochade.cli.output import refuse_binary
from pochade.errors import PochadeError
from pochade.export import exporters


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_picture_is_written_in_any_format(folder):
    assert call("a.png", "-o", "a.css").exit_code == 0
    assert (folder / "a.css").read_bytes() == pochade.extract("a.png").export("css")
    assert call("a.png", "-f", "swift").stdout.startswith("import SwiftUI\n")


def test_options_of_the_format_are_set_beside_those_of_the_method(folder):
    shown = call("a.png", "-f", "css", "-m", "kmeans", "--set", "prefix=brand", "--set", "n_init=2")
    assert shown.stdout == pochade.extract("a.png", method="kmeans", n_init=2).export("css", prefix="brand").decode()
    assert call("a.png", "-o", "a.scss", "--set", "prefix=brand").exit_code == 0
    assert "$brand-" in (folder / "a.scss").read_text()
    assert "unknown option of prominent: 'prefix'" in call("a.png", "--set", "prefix=brand").stderr


def test_several_pictures_in_a_format_of_one_palette_need_a_folder(folder):
    refused = call("a.png", "b.png", "-f", "css")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "the format css holds one palette" in refused.stderr
    assert "-f css -o FOLDER/ writes a file for each" in refused.stderr


def test_a_folder_takes_a_file_for_each_picture(folder):
    (folder / "inner" / "b.jpg").write_bytes((folder / "c.jpg").read_bytes())
    assert call("a.png", "b.png", "inner/b.jpg", "-f", "css", "-o", "new/palettes/", "-j", "1").exit_code == 0
    assert sorted(os.listdir("new/palettes")) == ["a.css", "b-2.css", "b.css"]
    assert (folder / "new/palettes/b-2.css").read_bytes() == pochade.extract("inner/b.jpg").export("css")
    for format, name in (("json", "a.json"), ("text", "a.txt"), ("csv", "b.csv")):
        assert call("a.png", "b.png", "-f", format, "-o", f"{format}/", "-j", "1").exit_code == 0
        assert name in os.listdir(format)
    assert (folder / "csv/b.csv").read_bytes() == pochade.extract("b.png").export("csv")


def test_a_folder_without_a_format_is_refused(folder):
    refused = call("a.png", "-o", "new/")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "new/: a folder has no suffix: give the format of its files with -f" in refused.stderr
    assert not os.path.exists("new")


def test_a_folder_that_cannot_be_made_is_said_in_a_line(folder):
    shown = call("a.png", "-f", "css", "-o", "b.png/")
    assert shown.exit_code == 1
    assert shown.stderr == "pochade: b.png/: cannot be written: File exists.\n"


def test_binary_output_to_a_terminal_is_refused():
    refuse_binary("#8e1a24 Käse\n".encode(), "hex")
    for content in (b"\x00ASEF", b"\xff\xd8"):
        with pytest.raises(PochadeError, match="it is a terminal, and ase is no text"):
            refuse_binary(content, "ase")


def test_bytes_do_not_reach_a_terminal(in_terminal):
    palette = pochade.extract("b.png")
    binary = [entry.name for entry in exporters.entries if b"\0" in palette.export(entry.name)]
    if not binary:
        pytest.skip("all formats are text")
    shown, error = in_terminal("b.png", "-k", "1", "-f", binary[0])
    assert shown == ""
    assert "it is a terminal" in error


HEAVY = {"matplotlib", "plotly", "jinja2", "reportlab", "sklearn", "skimage", "scipy", "pandas", "seaborn"}


STARTS = ["--help", "b.png -k 1", "b.png -k 1 -f css", "formats", "convert a.hex - --to css"]


@pytest.mark.parametrize("line", STARTS)
def test_starting_imports_nothing_heavy(folder, line):
    (folder / "a.hex").write_text("#fff\n")
    code = (
        "import sys; from pochade.cli import main\n"
        f"status = main({line.split()!r})\n"
        f"found = sorted({HEAVY!r} & {{name.split('.')[0] for name in sys.modules}})\n"
        "sys.exit(status or ', '.join(found) or None)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert (ended.returncode, ended.stderr) == (0, "")
