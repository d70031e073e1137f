"""What PICTURE may be: files, patterns, folders, standard input; many at once."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import pochade
from pochade.cli.app import app
from pochade.cli.sources import expand
from pochade.errors import PochadeError


def test_a_folder_gives_its_pictures_by_suffix_in_order(folder):
    (folder / "notes.txt").write_text("not a picture")
    (folder / ".hidden.png").write_bytes(b"")
    assert expand([str(folder)]) == [str(folder / name) for name in ("a.png", "b.png", "c.jpg")]


def test_recursive_looks_in_the_folders_of_folders(folder):
    assert expand(["."], recursive=True) == [os.path.join(".", name) for name in ("a.png", "b.png", "c.jpg")] + [
        os.path.join(".", "inner", "d.png")
    ]


def test_a_folder_without_pictures_is_a_failure_that_names_the_way_out(folder):
    (folder / "empty").mkdir()
    (error,) = expand(["empty"])
    assert isinstance(error, PochadeError)
    assert "--recursive" in str(error)


def test_a_quoted_pattern_is_expanded(folder):
    assert expand(["*.png"]) == ["a.png", "b.png"]
    assert expand(["**/*.png"]) == ["a.png", "b.png", os.path.join("inner", "d.png")]
    (error,) = expand(["*.tiff"])
    assert str(error) == "*.tiff: no file matches."


def test_a_file_whose_name_looks_like_a_pattern_is_itself(folder):
    Path("b.png").rename("b[1].png")
    assert expand(["b[1].png"]) == ["b[1].png"]


def test_urls_standard_input_and_the_clipboard_pass(folder):
    given = ["-", "clipboard:", "https://example.org/a?b=*.jpg"]
    assert expand(given) == given


def test_standard_input_is_read(run, folder):
    with open("b.png", "rb") as picture:
        shown = run("-", "-f", "hex", stdin=picture)
    assert (shown.stdout, shown.returncode) == ("#008000\n", 0)


def test_standard_input_mixes_with_files_in_order(run, folder):
    with open("b.png", "rb") as picture:
        shown = run("a.png", "-", "c.jpg", "-f", "json", "-k", "1", "-j", "2", stdin=picture)
    assert [json.loads(line)["colors"][0]["hex"] for line in shown.stdout.splitlines()][1] == "#008000"


def test_many_pictures_come_out_in_order_and_equal_to_one_at_a_time(run, folder):
    names = ["c.jpg", "a.png", "inner/d.png", "b.png"] * 3
    shown = run(*names, "-f", "json", "--jobs", "2")
    assert shown.stdout == "".join(pochade.extract(name).to_json() + "\n" for name in names)


def test_each_failure_is_one_line_and_the_rest_is_still_done(run, folder):
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    (folder / "text.jpg").write_text("hello")
    shown = run("a.png", "broken.png", "nowhere.png", "text.jpg", "b.png", "-k", "1", "-f", "json", "-j", "2")
    assert [json.loads(line)["source"] for line in shown.stdout.splitlines()] == ["a.png", "b.png"]
    assert shown.returncode == 1
    lines = shown.stderr.splitlines()
    assert len(lines) == 3
    for line, name in zip(lines, ("broken.png", "nowhere.png", "text.jpg"), strict=True):
        assert line.startswith("pochade: ")
        assert name in line


def test_text_of_many_pictures_names_each(folder):
    shown = CliRunner().invoke(app, ["a.png", "b.png", "-j", "1"]).stdout
    assert shown.splitlines()[0] == "a.png"
    assert "b.png" in shown.splitlines()


@pytest.mark.parametrize("suffix", [".jpg", ".HEIC", ".Nef"])
def test_suffixes_of_a_folder_are_known_in_any_case(folder, suffix):
    (folder / "inner" / f"x{suffix}").touch()
    assert os.path.join("inner", f"x{suffix}") in expand(["inner"])
