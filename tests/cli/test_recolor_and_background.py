"""`pochade recolor` and `pochade background`, as people run them."""

import inspect

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.quantization.quantize import DEFAULT_COLORS


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


def test_a_change_of_what_the_picture_has_not_is_said(photo, capsys):
    assert run("recolor", "photo.png", "-c", "#b3312c=navy", "-o", "a.png") == 0
    assert "nothing like" not in capsys.readouterr().err
    assert run("recolor", "photo.png", "-c", "#b3312c=navy", "-c", "lime=blue", "-o", "b.png") == 0
    assert "The picture has nothing like #00ff00: give" in capsys.readouterr().err


def test_help_has_the_defaults_of_the_library(capsys):
    for command, said in (("recolor", "5 by default"), ("quantize", "16 by default")):
        run(command, "--help")
        assert said in " ".join(capsys.readouterr().out.split())
    assert inspect.signature(pochade.recolor).parameters["k"].default == 5
    assert DEFAULT_COLORS == 16


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
def test_an_existing_file_needs_force(command, photo, capsys):
    (photo / "a.png").write_text("mine")
    assert run(*command, "-o", "a.png") == 2
    assert "give --force" in capsys.readouterr().err
    assert (photo / "a.png").read_text() == "mine"
    assert run(*command, "-o", "a.png", "--force") == 0
    assert (photo / "a.png").read_bytes()[1:4] == b"PNG"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("recolor", "photo.png", "-c", "red=blue"), "no output: give"),
        (("recolor", "photo.png", "-o", "a.png"), "give one of: change"),
        (("recolor", "photo.png", "-c", "red", "-o", "a.png"), "give old=new"),
        (("recolor", "photo.png", "-c", "red=blue", "-o", "a.gif"), "suffix"),
        (("recolor", "photo.png", "-c", "red=blue", "--cube", "a.txt"), "suffix"),
        (("recolor", "photo.png", "-c", "red=blue", "--cube", "-"), "suffix"),
        (("recolor", "photo.png", "-c", "red=blue", "-c", "#F00=green", "-o", "a.png"), "change has #F00 twice"),
        (("recolor", "photo.png", "-c", "red=blue", "-o", "a.png", "--hald", "./a.png"), "give two names"),
        (("background", "photo.png", "-o", "-", "--css"), "give one of them"),
        (("background", "photo.png"), "no output: give"),
        (("background", "photo.png", "-o", "a.gif"), "suffix"),
        (("background", "photo.png", "-o", "a.png", "--size", "x"), "size="),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_written(arguments, said, photo, capsys):
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in photo.iterdir()] == ["photo.png"]


@pytest.mark.parametrize("command", [("recolor", "-c", "#b3312c=navy"), ("background", "--size", "90x90")])
def test_the_result_can_be_written_to_standard_output(command, photo, capfdbinary):
    assert run(*command, "photo.png", "-o", "a.png") == 0
    assert capfdbinary.readouterr().out == b""
    assert run(*command, "photo.png", "-o", "-") == 0
    assert capfdbinary.readouterr().out == (photo / "a.png").read_bytes()


@pytest.mark.parametrize("command", [("recolor", "-c", "#b3312c=navy"), ("background", "--size", "90x90")])
def test_reading_options_limit_the_picture(command, photo, capsys):
    frames = [Image.new("RGB", (60, 40), color) for color in ("#b3312c", "#2cb331")]
    frames[0].save("two.gif", save_all=True, append_images=frames[1:])
    for name, reading in (("a", ()), ("b", ("--frame", "1")), ("c", ("--frame", "0", "--region", "0,0,8,8"))):
        assert run(*command, "two.gif", *reading, "-o", f"{name}.png") == 0
    pictures = []
    for name in "abc":
        with Image.open(f"{name}.png") as image:
            pictures.append(np.asarray(image.convert("RGB")))
    first, second, cut = pictures
    assert (first != second).any()
    assert first.shape != cut.shape or (first != cut).any()
    whole = (photo / "photo.png").read_bytes()
    (photo / "early.png").write_bytes(whole[: len(whole) - 30])
    assert run(*command, "early.png", "-o", "d.png") == 1
    assert "--truncated" in capsys.readouterr().err
    assert run(*command, "early.png", "--truncated", "-o", "d.png") == 0


def test_a_background_is_printed_as_css_and_explained(photo, capsys):
    assert run("background", "photo.png", "--css", "--mode", "light") == 0
    out, err = capsys.readouterr()
    assert out.startswith("color: #")
    assert "contrast of" in err
