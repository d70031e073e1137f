"""Every command that writes a file for a picture takes folders, patterns and several pictures, by one rule."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.cli.command import Command
from pochade.cli.commands import commands

# The arguments of each command besides pictures and output, and the suffix of its files in a folder.
COMMANDS = {
    "extract": (("-f", "css"), ".css"),
    "poster": (("-k", "3"), ".png"),
    "wheel": (("-f", "svg"), ".svg"),
    "cloud": (("-k", "3"), ".png"),
    "theme": (("--for", "kitty"), ".kitty.conf"),
    "compare-methods": (("--methods", "kmeans", "-f", "svg"), ".svg"),
    "quantize": (("-k", "2", "-f", "gif"), ".gif"),
    "recolor": (("--harmonize",), ".png"),
    "background": (("--size", "90x90", "-f", "webp"), ".webp"),
    "sight": (("--as", "protanopia"), ".png"),
    "paints": (("-n", "3", "-k", "3", "--no-stock", "-f", "json"), ".json"),
    "numbers": (("--paper", "a5", "--least", "12", "-f", "svg"), ".svg"),
}
ONE_FILE = {"compare", "convert", "film", "sheet", "suggest"}
"""Commands whose one file shows all pictures, or that take a palette or a film."""


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def stills(folder: Path) -> Path:
    """A folder with a.png, b.png, a picture that cannot be read, a file that is none, and inner/a.png."""
    stills = folder / "stills"
    (stills / "inner").mkdir(parents=True)
    for name in ("a.png", "b.png"):
        (stills / name).write_bytes((folder / name).read_bytes())
    (stills / "inner" / "a.png").write_bytes((folder / "inner" / "d.png").read_bytes())
    (stills / "broken.jpg").write_bytes((folder / "c.jpg").read_bytes()[:500])
    (stills / "notes.txt").write_text("notes")
    return stills


def test_every_command_with_an_output_is_tested():
    assert {name for name in commands.names if getattr(commands[name], "outputs", ())} == {*COMMANDS} | ONE_FILE
    assert all(isinstance(commands[name], Command) for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_gets_a_file_for_each_picture_and_a_failure_is_one_line(stills, name):
    arguments, suffix = COMMANDS[name]
    done = call(name, "stills", "-r", *arguments, "-o", "out/")
    assert done.exit_code == 1
    assert {path.name for path in Path("out").iterdir()} == {f"{stem}{suffix}" for stem in ("a", "b", "a-2")}
    (failure,) = [line for line in done.stderr.splitlines() if "broken" in line]
    assert failure.startswith("pochade: stills/broken.jpg: ")
    assert all(line.startswith("pochade: stills/") for line in done.stderr.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_the_file_of_a_picture_is_the_same_alone_and_among_others(stills, name):
    arguments, suffix = COMMANDS[name]
    assert call(name, "stills/[ab].png", *arguments, "-o", "out/").exit_code == 0
    assert call(name, "stills/b.png", *arguments, "-o", f"one{suffix}").exit_code == 0
    assert Path(f"one{suffix}").read_bytes() == Path(f"out/b{suffix}").read_bytes()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_exists_stops_the_command_before_it_writes(stills, name):
    arguments, suffix = COMMANDS[name]
    Path("out").mkdir()
    Path(f"out/b{suffix}").write_text("mine")
    refused = call(name, "stills", *arguments, "-o", "out/")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"pochade: out/b{suffix} exists: give --force to overwrite it.\n"
    assert [path.name for path in Path("out").iterdir()] == [f"b{suffix}"]
    assert call(name, "stills", *arguments, "-o", "out/", "--force").exit_code == 1
    assert Path(f"out/b{suffix}").read_bytes() != b"mine"


@pytest.mark.parametrize("name", COMMANDS)
def test_one_file_for_several_pictures_is_refused(stills, name):
    arguments, suffix = COMMANDS[name]
    refused = call(name, "a.png", "b.png", *arguments, "-o", f"new{suffix}")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "-o FOLDER/ writes a file for each" in refused.stderr
    assert not Path(f"new{suffix}").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_no_folder_is_left_if_every_picture_fails(stills, name):
    arguments, _ = COMMANDS[name]
    for pictures in (["stills/broken.jpg"], ["stills/broken.jpg", "nowhere.png"]):
        failed = call(name, *pictures, *arguments, "-o", "out/")
        assert failed.exit_code == 1
        assert len(failed.stderr.splitlines()) == len(pictures)
        assert not Path("out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "-f", "css", "-m", "kmean"),
        ("poster", "-l", "cards"),
        ("poster", "--sort", "hues"),
        ("poster", "--names", "crayons"),
        ("poster", "--keep", "no color"),
        ("wheel", "-k", "0"),
        ("cloud", "--space", "cmyk"),
        ("cloud", "-m", "kmeans", "--set", "init=x"),
        ("theme", "--for", "kity"),
        ("theme", "--for", "kitty", "-k", "0"),
        ("compare-methods", "--methods", "kmean"),
        ("compare-methods", "--scales", "0"),
        ("quantize", "-d", "waves"),
        ("quantize", "--strength", "2", "-d", "bayer"),
        ("recolor", "--harmonize", "Q"),
        ("recolor", "-c", "red=no color"),
        ("background", "--size", "3"),
        ("background", "--margin", "0.9"),
        ("sight", "--severity", "2"),
        ("sight", "-k", "0"),
    ],
)
def test_a_wrong_option_is_one_error_for_all_pictures(stills, arguments):
    refused = call(arguments[0], "stills", *arguments[1:], "-o", "out/")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert len(refused.stderr.splitlines()) == 1
    assert "stills/" not in refused.stderr
    assert not Path("out").exists()


def test_a_picture_that_is_given_twice_gets_two_files(folder):
    assert call("poster", "a.png", "a.png", "-f", "svg", "-o", "out/").exit_code == 0
    assert Path("out/a.svg").read_bytes() == Path("out/a-2.svg").read_bytes()


@pytest.mark.parametrize("flag", ["--strip", "--why"])
def test_a_folder_gets_a_drawing_of_each_picture_beside_the_palettes(stills, flag):
    done = call("stills", flag, "drawings/", "-f", "hex", "-k", "1")
    assert done.exit_code == 1
    assert len(done.stdout.split()) == 2
    assert {path.name for path in Path("drawings").iterdir()} == {"a.png", "b.png"}
    refused = call("a.png", flag, "drawings/")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "drawings/a.png exists" in refused.stderr
    call("a.png", "-f", "hex", "-k", "1", flag, "one.png")
    assert Path("one.png").read_bytes() == Path("drawings/a.png").read_bytes()


def test_views_go_to_a_folder_too(stills):
    assert call("stills", "--curve", "-f", "svg", "-o", "curves/").exit_code == 1
    assert {path.name for path in Path("curves").iterdir()} == {"a.svg", "b.svg"}
    assert call("a.png", "b.png", "--explain", "-f", "text", "-o", "words/").exit_code == 0
    assert Path("words/b.txt").read_text() == f"{pochade.extract('b.png').explain()[0]}\n"
    assert call("a.png", "b.png", "--roles", "-f", "json", "-o", "roles/").exit_code == 0
    assert json.loads(Path("roles/b.json").read_text())["source"] == "b.png"


def test_the_outputs_of_recolor_go_to_folders_of_one_name(folder):
    done = call("recolor", "a.png", "c.jpg", "--harmonize", "-o", "new/", "--cube", "new/", "--hald", "new/")
    assert done.exit_code == 0, done.stderr
    names = {path.name for path in Path("new").iterdir()}
    assert names == {f"{stem}{suffix}" for stem in "ac" for suffix in (".png", ".cube", ".hald.png")}
    refused = call("recolor", "a.png", "b.png", "--harmonize", "-o", "x/", "--hald", "h.png")
    assert (refused.exit_code, "--hald h.png takes one picture" in refused.stderr) == (2, True)
    assert not Path("x").exists()


def test_css_of_several_pictures_says_of_which(folder):
    shown = call("background", "a.png", "b.png", "--css").stdout
    assert shown.startswith("/* a.png */\n")
    assert "/* b.png */\n" in shown
    assert "/*" not in call("background", "a.png", "--css").stdout


def test_reports_of_several_pictures_say_of_which(folder):
    lines = call("quantize", "a.png", "b.png", "-k", "2", "--json", "-o", "out/").stdout.splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["a.png", "b.png"]
    shown = call("quantize", "a.png", "b.png", "--table").stdout.splitlines()
    assert [line for line in shown if line.endswith(":")] == ["a.png:", "b.png:"]


def test_a_theme_is_applied_for_one_picture_only(folder):
    config = folder / "kitty.conf"
    config.write_text("# pochade: begin\n# pochade: end\n")
    refused = call("theme", "a.png", "b.png", "--for", "kitty", "--apply-to", "kitty.conf")
    assert (refused.exit_code, "several pictures are given" in refused.stderr) == (2, True)
    assert config.read_text() == "# pochade: begin\n# pochade: end\n"


def test_the_format_decides_in_a_folder_and_may_not_contradict_the_suffix(folder):
    assert call("poster", "a.png", "-o", "out/", "-f", "jpg").exit_code == 0
    with Image.open("out/a.jpg") as drawn:
        assert drawn.format == "JPEG"
    assert call("poster", "a.png", "-o", "a.jpeg", "-f", "jpg").exit_code == 0
    refused = call("poster", "a.png", "-o", "a.webp", "-f", "jpg")
    assert (refused.exit_code, "its suffix is not that of jpg" in refused.stderr) == (2, True)
    assert call("poster", "a.png", "-o", "-", "-f", "svg").stdout.startswith("<svg")


def test_a_poster_takes_what_extract_takes(folder):
    options = ("-k", "4", "--keep", "#123456", "--sort", "lightness", "--reverse", "--names", "xkcd", "--unique-names")
    assert call("poster", "c.jpg", *options, "-o", "a.svg").exit_code == 0
    palette = pochade.extract("c.jpg", 4, keep="#123456").named("xkcd", unique=True).sort("lightness", reverse=True)
    assert Path("a.svg").read_text() == pochade.draw.poster_svg(palette)
