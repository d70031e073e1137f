"""pochade sheet."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

import pochade
from pochade.cli.app import app


def call(*arguments: str):
    return CliRunner().invoke(app, ["sheet", *arguments])


def test_a_sheet_is_the_librarys(folder):
    assert call("a.png", "c.jpg", "-k", "3", "--order", "name", "--dark", "-o", "sheet.svg").exit_code == 0
    palettes = [pochade.extract(name, 3) for name in ("a.png", "c.jpg")]
    (expected,) = pochade.draw.contact_sheet_svg(palettes, order="name", dark=True)
    assert Path("sheet.svg").read_text() == expected
    assert call("a.png", "c.jpg", "-k", "3", "-o", "sheet.png").exit_code == 0
    with Image.open("sheet.png") as drawn:
        assert drawn.tobytes() == pochade.draw.contact_sheet(palettes)[0].tobytes()


def test_a_sheet_of_a_folder_shows_those_that_can_be_read_and_says_which_cannot(folder):
    (folder / "broken.png").write_bytes((folder / "a.png").read_bytes()[:60])
    drawn = call(".", "-r", "-k", "2", "-o", "out.svg")
    assert drawn.exit_code == 1
    assert next(line for line in drawn.stderr.splitlines() if "broken" in line).startswith("pochade: ./broken.png: ")
    shown = Path("out.svg").read_text()
    assert all(f">{name}<" in shown for name in "abcd")
    assert "broken" not in shown
    failed = call("broken.png", "nowhere.png", "-o", "none.png")
    assert (failed.exit_code, len(failed.stderr.splitlines()), Path("none.png").exists()) == (1, 2, False)


def test_pages_are_files_and_none_is_overwritten(folder):
    pictures = ["a.png", "b.png", "c.jpg"] * 4
    drawn = call(*pictures, "-k", "2", "--columns", "1", "-o", "sheet.png")
    assert drawn.exit_code == 0
    pages = [f"sheet-{number}.png" for number in range(1, len([*folder.glob("sheet*")]) + 1)]
    assert len(pages) > 1
    assert all(Path(page).exists() for page in pages)
    assert f"the sheet has {len(pages)} pages: sheet-1.png to {pages[-1]}." in drawn.stderr
    Path("sheet-1.png").unlink()
    Path("sheet-2.png").write_text("mine")
    refused = call(*pictures, "-k", "2", "--columns", "1", "-o", "sheet.png")
    assert (refused.exit_code, "sheet-2.png exists" in refused.stderr) == (2, True)
    assert (Path("sheet-1.png").exists(), Path("sheet-2.png").read_text()) == (False, "mine")
    assert call(*pictures, "-k", "2", "--columns", "1", "-o", "sheet.pdf").exit_code == 0
    assert Path("sheet.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.png",), "Missing option '-o'"),
        (("a.png", "-o", "sheet.gif"), "sheet.gif: its suffix names no kind of picture"),
        (("a.png", "-o", "sheet.png", "--order", "size"), "'size' is not one of 'given', 'name', 'alike'"),
        (("a.png", "-o", "sheet.png", "--columns", "9"), "9 is not in the range 1<=x<=8"),
        (("a.png", "-o", "sheet.png", "-k", "0"), "k=0 is not allowed"),
        (("a.png", "-o", "sheet.png", "--sort", "hues"), "unknown order 'hues'"),
    ],
)
def test_wrong_usage_is_refused(folder, arguments, said):
    refused = call(*arguments)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr
    assert not [*folder.glob("sheet*")]
