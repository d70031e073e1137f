"""The commands that say what there is: methods, spaces, completion."""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from pochade.cli.app import app
from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.color.spaces import spaces
from pochade.export import exporters


def complete(*words: str) -> list[str]:
    """What pressing the tabulator after the words offers, without descriptions."""
    environment = os.environ | {
        "COMP_WORDS": " ".join(["pochade", *words]),
        "COMP_CWORD": str(len(words)),
        "_POCHADE_COMPLETE": "bash_complete",
    }
    shown = subprocess.run(
        [sys.executable, "-m", "pochade"], env=environment, capture_output=True, text=True, check=True
    )
    return shown.stdout.split()


def test_methods_lists_each_with_its_options_from_the_registry():
    shown = CliRunner().invoke(app, ["methods"]).stdout
    for entry in methods.entries:
        assert entry.name in shown.splitlines()
        assert entry.summary in shown
        for option in entry.options.values():
            assert f"--set {option.name}=" in shown
            default = "" if option.default is None else f"; default {option.default}"
            assert f"{option.allowed}{default}" in shown


def test_options_that_take_a_name_say_where_to_find_it():
    shown = [line.split() for line in CliRunner().invoke(app, ["methods"]).stdout.splitlines() if "--set " in line]
    assert {"differences`" in line for line in shown if line[1] == "difference="} == {True}
    assert {"methods`" in line for line in shown if line[1] == "by="} == {True}


def test_spaces_lists_each_from_the_registry():
    shown = CliRunner().invoke(app, ["spaces"]).stdout
    for entry in spaces.entries:
        assert entry.name in shown.splitlines()
        assert entry.summary in shown


def test_differences_lists_each_from_the_registry():
    shown = CliRunner().invoke(app, ["differences"]).stdout
    for entry in differences.entries:
        assert entry.name in shown.splitlines()
        assert entry.summary in shown


def test_formats_lists_each_with_its_suffix_and_options_from_the_registry():
    shown = CliRunner().invoke(app, ["formats"]).stdout
    for entry in exporters.entries:
        assert entry.name in shown.splitlines()
        assert entry.summary in shown
        for option in entry.options.values():
            assert f"--set {option.name}=" in shown
    read_back = [line.split()[1].strip(",;") for line in shown.splitlines() if line.endswith("read back")]
    assert read_back == [entry.about.suffix for entry in exporters.entries if entry.about.read is not None]


def test_a_listing_in_a_pipe_is_plain():
    for command in ("methods", "spaces", "differences", "formats"):
        shown = CliRunner().invoke(app, [command]).stdout
        assert "\x1b" not in shown
        assert all(line == line.rstrip() for line in shown.splitlines())


def test_names_are_completed_from_the_registries():
    assert complete("--method", "km") == ["plain,kmeans", "plain,kmedoids"]
    assert complete("photo.jpg", "--space", "okl") == ["plain,oklab", "plain,oklch"]
    assert complete("photo.jpg", "--format", "") == [f"plain,{name}" for name in ("text", *exporters.names)]
    assert complete("photo.jpg", "-k", "a") == ["plain,auto"]
    assert complete("photo.jpg", "--mood", "d") == ["plain,dark", "plain,deep"]
    assert complete("photo.jpg", "--ignore", "black,w") == ["plain,black,white"]
    assert complete("photo.jpg", "--keep", "tom") == ["plain,tomato"]
    assert complete("photo.jpg", "--method", "kmeans", "--set", "init") == ["plain,init="]
    assert complete("photo.jpg", "--method", "kmeans", "-f", "css", "--set", "p") == ["plain,prefix="]
    assert complete("convert", "a.ase", "b.gpl", "--to", "cs") == ["plain,css", "plain,csv"]
    assert "plain,text" not in complete("convert", "a.ase", "b.gpl", "--to", "t")
    assert complete("convert", "a.ase", "b.gpl", "--to", "css", "--set", "") == ["plain,prefix=", "plain,tints="]


def test_commands_options_and_files_are_completed():
    assert complete("meth") == ["plain,methods", "file,meth"]
    assert "plain,--recursive" in complete("--rec")
    assert complete("photo.jpg", "--k-m") == ["plain,--k-min", "plain,--k-max"]
    assert "plain,--mask" in complete("photo.jpg", "--ma")
    assert complete("photo.jpg", "oth") == ["file,oth"]
    assert complete("completion", "f") == ["plain,fish"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_accepts_the_completion_script(shell):
    shown = CliRunner().invoke(app, ["completion", shell])
    assert "_POCHADE_COMPLETE" in shown.stdout
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=shown.stdout, text=True, check=True)


def test_an_unknown_shell_is_refused_with_the_choices():
    shown = CliRunner().invoke(app, ["completion", "csh"])
    assert shown.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in shown.stderr
