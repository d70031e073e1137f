"""No command overwrites a file without --force."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from pochade.cli.app import app
from pochade.cli.command import Command
from pochade.cli.commands import commands

ARGUMENTS = {
    "extract": ("a.png",),
    "poster": ("a.png",),
    "wheel": ("a.png",),
    "cloud": ("a.png",),
    "theme": ("a.png", "--for", "kitty"),
    "compare": ("a.png", "b.png"),
    "compare-methods": ("a.png", "--methods", "kmeans"),
    "quantize": ("a.png",),
    "recolor": ("a.png", "--change", "#ce1126=navy"),
    "background": ("a.png", "--size", "90x90"),
    "convert": ("palette.hex",),
    "sight": ("a.png",),
    "sheet": ("a.png",),
    "paints": ("a.png", "-n", "3", "-k", "3", "--no-stock"),
    "numbers": ("a.png", "--paper", "a5", "--least", "12"),
    "film": ("film.mov", "--no-resume"),
    "suggest": ("-n", "1"),
}
"""Arguments that make a command write, without its output."""

FLAGS = {"output": "-o", "outputs": "-o", "why": "--why", "strip": "--strip", "cube": "--cube", "hald": "--hald"}
SUFFIXES = {
    "cube": ".cube",
    "hald": ".png",
    ("theme", "output"): ".conf",
    ("extract", "output"): ".json",
    ("suggest", "output"): ".json",
}
ALL = {name: commands[name] for name in commands.names}
OUTPUTS = [(name, output) for name in ALL for output in getattr(ALL[name], "outputs", ())]


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_every_command_with_an_output_is_tested():
    assert {name for name, _ in OUTPUTS} == {*ARGUMENTS}
    named = {
        name for name, command in ALL.items() for one in command.params if one.name in FLAGS and one.opts != ["--strip"]
    }
    assert named <= {*ARGUMENTS}
    for name, command in ALL.items():
        assert isinstance(command, Command)
        assert ("--force" in {flag for one in command.params for flag in one.opts}) == (name in ARGUMENTS)


@pytest.mark.parametrize(("name", "output"), OUTPUTS)
def test_an_existing_file_is_refused_and_force_overwrites_it(folder: Path, name, output):
    (folder / "palette.hex").write_text("#ce1126\n")
    if name == "film":
        clips = runpy.run_path(str(Path(__file__).parents[1] / "films" / "clips.py"))
        clips["drawn"](folder / "film.mov", [np.full((48, 64, 3), 90, np.uint8)] * 12, codec="png")
    suffix = SUFFIXES.get((name, output), SUFFIXES.get(output, ".json" if name == "convert" else ".png"))
    path = folder / f"mine{suffix}"
    path.write_bytes(b"mine")
    before = sorted(folder.iterdir())
    flag = () if name == "convert" else (FLAGS[output],)
    refused = call(name, *ARGUMENTS[name], *flag, path.name)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"pochade: {path.name} exists: give --force to overwrite it.\n"
    assert path.read_bytes() == b"mine"
    assert sorted(folder.iterdir()) == before
    done = call(name, *ARGUMENTS[name], *flag, path.name, "--force")
    assert done.exit_code == 0, done.output
    assert path.read_bytes() != b"mine"


def test_a_folder_is_refused_if_one_of_its_files_would_be_overwritten(folder: Path):
    (folder / "new").mkdir()
    (folder / "new" / "other.css").write_text("other")
    assert call("a.png", "-f", "css", "-o", "new/").exit_code == 0
    content = (folder / "new" / "a.css").read_bytes()
    (folder / "new" / "a.css").write_text("mine")
    refused = call("b.png", "a.png", "-f", "css", "-o", "new/", "-j", "1")
    assert (refused.exit_code, refused.stderr) == (2, "pochade: new/a.css exists: give --force to overwrite it.\n")
    assert (folder / "new" / "a.css").read_text() == "mine"
    assert not (folder / "new" / "b.css").exists()
    assert call("b.png", "a.png", "-f", "css", "-o", "new/", "-j", "1", "--force").exit_code == 0
    assert (folder / "new" / "a.css").read_bytes() == content
    assert (folder / "new" / "other.css").read_text() == "other"


def test_streams_and_devices_need_no_force(folder: Path):
    (folder / "-").write_text("mine")
    assert call("quantize", "a.png", "-f", "png", "-o", "-").exit_code == 0
    assert call("a.png", "-f", "hex", "-o", "/dev/null").exit_code == 0
    assert (folder / "-").read_text() == "mine"
