"""`pochade recolor` and `pochade background`, as people run them."""

import numpy as np
import pytest
from PIL import Image

from pochade.cli.app import app


@pytest.fixture
def photo(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    codes = np.full((40, 60, 3), 120, np.uint8)
    codes[:, 30:] = 179, 49, 44
    Image.fromarray(codes).save("photo.png")
    return tmp_path


def run(*arguments):
    return app.run([str(argument) for argument in arguments])


def test_a_change_is_written_with_its_tables_and_said(photo, capsys):
    assert (
        run("recolor", "photo.png", "-c", "#b3312c=#1a4c8e", "-o", "a.png", "--cube", "a.cube", "--hald", "h.png") == 0
    )
    assert np.abs(np.asarray(Image.open("a.png"))[5, 50].astype(int) - [26, 76, 142]).max() <= 2
    assert (photo / "a.cube").read_text().startswith('TITLE "pochade"\nLUT_3D_SIZE 33\n')
    assert np.asarray(Image.open("h.png")).shape == (512, 512, 3)
    assert "#b3312c became #1a4c8e" in capsys.readouterr().err


def test_colors_come_from_another_picture_or_a_palette_file(photo):
    (photo / "other.hex").write_text("e0a030\n5b6770\n")
    assert run("recolor", "photo.png", "--like", "photo.png", "-o", "same.png") == 0
    assert run("recolor", "photo.png", "--like", "other.hex", "-o", "ocher.png") == 0
    same, ocher = (np.asarray(Image.open(name)).astype(int)[5, 50] for name in ("same.png", "ocher.png"))
    assert np.abs(same - [179, 49, 44]).max() <= 3
    assert ocher[1] > same[1] + 20


def test_harmonize_takes_a_template_or_none(photo):
    assert run("recolor", "photo.png", "--harmonize", "-o", "a.png") == 0
    assert run("recolor", "photo.png", "--harmonize", "V", "-o", "b.png") == 0


def test_a_strip_has_the_colors_of_a_file_or_those_that_are_found(photo):
    (photo / "mine.hex").write_text("e0a030\n5b6770\n")
    small = "--size", "200x300", "--kind", "solid"
    for name, more in (("found.png", ()), ("given.png", ("--palette", "mine.hex"))):
        assert run("background", "photo.png", "-o", name, *small, "--strip", *more) == 0
    found, given = (np.asarray(Image.open(name)).reshape(-1, 3).tolist() for name in ("found.png", "given.png"))
    for code in ([224, 160, 48], [91, 103, 112]):
        assert code in given
        assert code not in found
    assert run("background", "photo.png", "-o", "a.png", *small, "--palette", "red") == 2


@pytest.mark.parametrize(
    "command", [("recolor", "photo.png", "-c", "red=blue"), ("background", "photo.png", "--size", "90x90")]
)
def test_a_file_that_is_there_is_overwritten_with_force_only(command, photo, capsys):
    (photo / "a.png").write_text("mine")
    assert run(*command, "-o", "a.png") == 2
    assert "give --force" in capsys.readouterr().err
    assert (photo / "a.png").read_text() == "mine"
    assert run(*command, "-o", "a.png", "--force") == 0
    assert (photo / "a.png").read_bytes()[1:4] == b"PNG"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("recolor", "photo.png", "-c", "red=blue"), "say where it goes"),
        (("recolor", "photo.png", "-o", "a.png"), "give one of: change"),
        (("recolor", "photo.png", "-c", "red", "-o", "a.png"), "give old=new"),
        (("recolor", "photo.png", "-c", "red=blue", "-o", "a.gif"), "suffix"),
        (("recolor", "photo.png", "-c", "red=blue", "--cube", "a.txt"), "suffix"),
        (("background", "photo.png"), "say where it goes"),
        (("background", "photo.png", "-o", "a.gif"), "suffix"),
        (("background", "photo.png", "-o", "a.png", "--size", "x"), "size="),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_written(arguments, said, photo, capsys):
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in photo.iterdir()] == ["photo.png"]


def test_a_background_is_printed_as_css_and_explained(photo, capsys):
    assert run("background", "photo.png", "--css", "--mode", "light") == 0
    out, err = capsys.readouterr()
    assert out.startswith("color: #")
    assert "contrast of" in err
