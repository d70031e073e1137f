"""What PICTURE may be: files, patterns, folders, standard input; many at once."""

import inspect
import json
import os
import sys
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


posix = pytest.mark.skipif(os.name != "posix", reason="links and named pipes")


def paths_and_errors(*arguments: str, recursive: bool = True) -> tuple[list[str], list[str]]:
    """The pictures of the arguments, and the messages of the errors."""
    sources = expand(arguments, recursive=recursive)
    return [one for one in sources if isinstance(one, str)], [str(one) for one in sources if isinstance(one, Exception)]


@pytest.fixture
def locked(folder, monkeypatch):
    """The folder `locked`, which cannot be listed, between folders that can."""
    for name in ("inner", "locked", "z"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "d.png").write_bytes((folder / "b.png").read_bytes())
    scandir = os.scandir

    def refuse(path: str):
        if os.path.basename(path) == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)  # a mode would not stop a superuser
    return os.path.join(".", "locked")


def test_a_folder_that_cannot_be_listed_is_one_error_and_the_rest_goes_on(locked):
    names = ["a.png", "b.png", "c.jpg", os.path.join("inner", "d.png"), os.path.join("z", "d.png")]
    assert paths_and_errors(".") == (
        [os.path.join(".", name) for name in names],
        [f"{locked}: cannot be listed: Permission denied."],
    )
    assert paths_and_errors("**/d*.png") == (names[-2:], ["locked: cannot be listed: Permission denied."])
    assert paths_and_errors("*/?.png") == (names[-2:], ["locked: cannot be listed: Permission denied."])
    assert paths_and_errors("locked") == ([], ["locked: cannot be listed: Permission denied."])


def test_a_folder_that_breaks_while_it_is_listed_keeps_the_names_until_then(folder, monkeypatch):
    class Broken:
        def __init__(self, path: str) -> None:
            self._inner = scandir(path)

        def __enter__(self):
            yield from sorted(self._inner, key=lambda entry: entry.name)[:1]
            raise OSError(5, "Input/output error")

        def __exit__(self, *error: object) -> None:
            self._inner.close()

    scandir = os.scandir
    monkeypatch.setattr("os.scandir", Broken)
    assert paths_and_errors(".") == ([os.path.join(".", "a.png")], [".: cannot be listed: Input/output error."])


@posix
def test_a_link_to_itself_is_one_error_and_the_rest_goes_on(folder):
    os.symlink("m", "m")
    os.symlink("m.png", "inner/m.png")
    os.symlink("nowhere.png", "inner/n.png")
    (folder / "z").mkdir()
    (folder / "z" / "d.png").write_bytes((folder / "b.png").read_bytes())
    files, errors = paths_and_errors(".")
    assert files == [f"./{name}" for name in ("a.png", "b.png", "c.jpg", "inner/d.png", "inner/n.png", "z/d.png")]
    assert [error.partition(": ")[0] for error in errors] == ["./inner/m.png", "./m"]
    assert all("cannot be read: Too many levels of symbolic links." in error for error in errors)
    assert paths_and_errors("*/d.png") == (["inner/d.png", "z/d.png"], [errors[1].removeprefix("./")])
    assert paths_and_errors("z/*.png", "m*") == (["z/d.png"], [errors[1].removeprefix("./")])
    assert paths_and_errors("*.png")[1] == []


@posix
def test_a_scan_with_links_and_pipes_prints_a_line_for_each_and_the_palettes_of_the_others(run, folder):
    (folder / "z").mkdir()
    (folder / "z" / "e.png").write_bytes((folder / "b.png").read_bytes())
    os.symlink("m", "inner/m")
    os.symlink("nowhere.png", "inner/n.png")
    os.mkfifo("inner/p.png")
    shown = run("-r", ".", "-f", "json", "-k", "1", "-j", "1")
    assert [json.loads(line)["source"] for line in shown.stdout.splitlines()] == [
        f"./{name}" for name in ("a.png", "b.png", "c.jpg", "inner/d.png", "z/e.png")
    ]
    assert shown.returncode == 1
    lines = [line for line in shown.stderr.splitlines() if "1 color" not in line]
    assert len(lines) == 3
    for line, said in zip(lines, ("inner/m: cannot be read", "n.png'", "p.png: it is a named pipe"), strict=True):
        assert said in line
    assert run("inner/*.png", "-f", "hex", "-k", "1").stdout == "#ffd700\n"


@posix
def test_folders_nested_deeper_than_calls_are_scanned(folder):
    os.makedirs("inner/" + "i/" * 150)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        files, errors = paths_and_errors("inner", "inner/**/*.png")
    finally:
        sys.setrecursionlimit(limit)
    assert files == ["inner/d.png"] * 2
    assert errors == []


@pytest.mark.parametrize("name", ["Render[1]~x", "[ab]", "!a[!b]", "a]b[", "[[]]"])
def test_a_folder_with_brackets_is_that_folder(folder, name):
    (folder / name).mkdir()
    (folder / "a").mkdir()  # which [ab] would match
    for file in ("f1.png", "f[2].png", "g.txt"):
        (folder / name / file).write_bytes((folder / "b.png").read_bytes())
    (folder / "a" / "wrong.png").write_bytes(b"")
    both = [os.path.join(name, file) for file in ("f1.png", "f[2].png")]
    assert expand([name]) == both
    assert expand([f"{name}/*.png"]) == both
    assert expand([f"{name}/f[2].png"]) == both[1:]
    assert expand([f"{name}/f[12].png"]) == both[:1]

    assert expand([f"**/{name}/?1.*"]) == both[:1]
    assert expand([os.path.join(folder, name, "*.png")]) == [os.path.join(folder, path) for path in both]


def test_a_pattern_finds_hidden_names_only_if_it_has_their_dot(folder):
    (folder / ".h.png").write_bytes(b"")
    assert expand(["*.png"]) == ["a.png", "b.png"]
    assert expand([".*.png", ".h*"]) == [".h.png", ".h.png"]


def test_a_pattern_with_two_stars_gives_each_file_once(folder):
    names = ["a.png", "b.png", "c.jpg", os.path.join("inner", "d.png")]
    assert expand(["**"]) == names
    assert expand(["**"], recursive=True) == names
    assert expand(["inner/**", "**/inner/**/d.png"]) == names[3:] * 2
