"""pochade poster and pochade wheel."""

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from PIL import Image

import pochade
from pochade.cli.app import app


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("name", ["card.png", "card.jpg", "card.webp"])
def test_a_poster_is_the_librarys(folder, name):
    assert call("poster", "c.jpg", "-o", name, "-k", "5", "--layout", "story", "--dark").exit_code == 0
    with Image.open(folder / name) as drawn:
        expected = pochade.draw.poster(pochade.extract("c.jpg", 5), layout="story", dark=True)
        assert drawn.size == expected.size
        if name.endswith(".png"):
            assert drawn.tobytes() == expected.tobytes()


def test_a_wheel_is_the_librarys(folder):
    assert call("wheel", "c.jpg", "-o", "wheel.svg", "--title", "Wien").exit_code == 0
    assert (folder / "wheel.svg").read_text() == pochade.draw.wheel_svg(pochade.extract("c.jpg"), title="Wien")


@pytest.mark.parametrize("command", ["poster", "wheel"])
def test_a_pdf_is_written_too(folder, command):
    assert call(command, "c.jpg", "-o", "a.pdf").exit_code == 0
    assert (folder / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_standard_input_is_drawn_too(run, folder):
    with open("a.png", "rb") as file:
        shown = run("poster", "-", "-o", "a.svg", stdin=file)
    assert (shown.returncode, shown.stderr) == (
        0,
        "pochade: 2 colors instead of 8: the picture has no more that differ.\n",
    )
    ET.parse(folder / "a.svg")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("poster", "a.png", "-o", "a.gif"), 2, "a.gif: its suffix names no kind of picture: give one of .png, .jpg"),
        (("poster", "a.png", "-o", "b.svg", "-l", "cards"), 2, "unknown layout 'cards'. Did you mean 'card'?"),
        (("poster", "nowhere.png", "-o", "b.svg"), 1, "nowhere.png"),
        (("poster", "a.png"), 2, "'--output'"),
        (("wheel", "a.png", "-o", "nowhere/b.svg"), 1, "cannot be written"),
    ],
)
def test_errors_are_reported_and_no_file_is_written(folder, arguments, status, said):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    shown = call(*arguments)
    assert shown.exit_code == status
    assert said in shown.stderr
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_palette_on_the_command_line_imports_nothing_that_draws(folder):
    code = (
        "import sys; from pochade.cli.app import app; app.run(['a.png', '-f', 'hex']); app.run(['--help']); "
        "heavy = 'matplotlib', 'reportlab', 'pymupdf_fonts', 'pochade.draw', 'PIL.ImageFont'; "
        "print([name for name in heavy if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"
