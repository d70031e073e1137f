"""`pochade collect` and `pochade find`, and a collection as a source of other commands."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.collection import picture
from pochade.collection.work import ShardWork

pytest.importorskip("pyarrow", reason="collections need pyarrow")


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


class Here:
    """A crew in this process."""

    def __init__(self, about):
        self._about, self.idle = about, True

    def give(self, number, task):
        self.idle, self._answer = False, (number, picture.work(task, self._about))

    def collect(self):
        self.idle = True
        return [self._answer]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ShardWork, "crew", lambda self, jobs: Here((dict(self.options), self.each)))
    Path("scans/inner").mkdir(parents=True)
    for i, (name, color) in enumerate(
        {"red": (200, 30, 40), "sea": (0, 128, 128), "inner/sky": (90, 160, 230)}.items()
    ):
        codes = np.full((20, 30, 3), color, np.uint8)
        codes[:4, : 6 + i] = 230, 230, 230
        Image.fromarray(codes).save(f"scans/{name}.png")
    return tmp_path


def test_a_folder_is_collected_found_and_brought_up_to_date():
    done = call("collect", "scans", "-r", "-o", "museum.pochade")
    assert (done.exit_code, done.stdout) == (0, "museum.pochade: 3 pictures: 3 new, 0 changed, 0 gone.\n")
    assert call("collect", "-o", "museum.pochade").stdout.endswith("0 new, 0 changed, 0 gone.\n")
    Path("scans/sea.png").unlink()
    planned = call("collect", "scans", "-o", "museum.pochade", "--dry-run")
    assert planned.stdout == ("museum.pochade: 2 pictures: 0 new, 0 changed, 1 gone; 1 of 1 shards would be written.\n")
    assert len(pochade.Collection("museum.pochade")) == 3
    assert call("collect", "scans", "-o", "museum.pochade").exit_code == 0
    assert len(pochade.Collection("museum.pochade")) == 2


def test_a_failed_picture_is_named_and_the_exit_status_is_1():
    Path("scans/broken.png").write_bytes(b"no picture")
    for arguments in (("scans",), (), ("scans", "--retry")):
        done = call("collect", *arguments, "-o", "museum.pochade")
        assert done.exit_code == 1
        assert "pochade: broken.png: it is text, not a picture" in done.stderr
        assert "museum.pochade: 1 of 3 pictures failed; --retry tries them again." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("collect", "-o", "m.pochade"), 2, "nothing to collect, and m.pochade is no collection yet"),
        (("collect", "scans", "--from", "t.parquet", "--column", "url", "-o", "m"), 2, "--from replaces the PICTUREs"),
        (("collect", "--from", "t.parquet", "-o", "m"), 2, "--from and --column go together"),
        (("collect", "none", "-o", "m"), 1, "none: no such file or folder"),
        (("collect", "no*.png", "-o", "m"), 1, "no*.png: no file matches"),
        (("collect", "scans", "-o", "scans"), 2, "is no collection: give the name of a new folder"),
        (("collect", "scans", "-o", "m", "--engine", "spark"), 2, "unknown engine 'spark'"),
        (("collect", "scans", "-o", "m", "--address", "ray://x"), 2, "address"),
        (("find", "scans", "red"), 1, "scans: it is no collection"),
    ],
)
def test_wrong_usage_is_refused(arguments, status, message):
    done = call(*arguments)
    assert done.exit_code == status
    assert message in done.stderr
    assert not Path("m").exists()


def test_found_pictures_as_text_and_json():
    call("collect", "scans", "-r", "-o", "museum.pochade")
    text = call("find", "museum.pochade", "teal:60%", "#e6e6e6", "--no", "any red")
    assert text.stdout.splitlines()[0] == "0.000  sea.png"
    assert "       teal:60%: #008080 95 %, 0.000 apart" in text.stdout
    assert "       no any red: 0 %\n" in text.stdout
    colored = call("find", "museum.pochade", "teal", "--ansi", "always").stdout
    assert "\x1b[48;2;0;128;128m" in colored
    found = json.loads(call("find", "museum.pochade", "teal", "-f", "json", "-n", "1").stdout)
    assert found == pochade.Collection("museum.pochade").find("teal", top=1).to_dict()
    assert [one["id"] for one in found["pictures"]] == ["sea.png"]
    none = call("find", "museum.pochade", "magenta", "--within", "0.01")
    assert (none.exit_code, none.stdout) == (0, "")
    assert none.stderr.startswith("pochade: 'magenta' is answered by none of 3 pictures")
    liked = call("find", "museum.pochade", "--like", "scans/inner/sky.png", "-n", "1")
    assert liked.stdout.startswith("0.000  inner/sky.png\n")
    assert call("find", "museum.pochade", "red", "--trace", "2").stderr.startswith(
        "pochade: Invalid value for '--trace'"
    )
    assert call("find", "museum.pochade", "--no", "red", "--trace", "100%").stdout.count(".png") == 3


def test_a_collection_is_a_source_of_other_commands():
    call("collect", "scans", "-r", "-o", "museum.pochade")
    done = call("museum.pochade", "-k", "4", "-f", "json")
    fields = json.loads(done.stdout)
    assert fields == pochade.Collection("museum.pochade").palette(4).to_dict()
    exemplars = {color["hex"]: color["exemplars"] for color in fields["colors"]}
    assert exemplars["#008080"] == ["sea.png"]
    assert exemplars["#e6e6e6"] == ["inner/sky.png", "sea.png", "red.png"]
    for command in (["poster", "-o", "poster.png"], ["theme", "--for", "kitty", "-o", "x.conf"], ["-o", "x.css"]):
        name, *rest = command if command[0] != "-o" else ["extract", *command]
        assert call(name, "museum.pochade", *rest).exit_code == 0
        assert os.path.getsize(rest[-1])
    assert "its pictures are counted already, so region" in call("museum.pochade", "--region", "0,0,5,5").stderr
