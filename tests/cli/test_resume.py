"""--resume: what is done is not read again, whatever ended the run before."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from pochade.cli.app import app

NAMES = ["a.png", "b.png", "c.jpg", "inner/d.png"]
RECORD = "out.jsonl.resume"


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "-k", "1", "-j", "1"])


def resume(*names: str) -> Result:
    return call(*(names or NAMES), "-o", "out.jsonl", "--resume")


def out() -> bytes:
    return Path("out.jsonl").read_bytes()


def spoil(name: str) -> None:
    """Destroy the content of a picture, but keep its size and time."""
    status = os.stat(name)
    Path(name).write_bytes(b"x" * status.st_size)
    os.utime(name, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.fixture
def plain(folder: Path) -> bytes:
    """The lines of a run without --resume."""
    assert call(*NAMES, "-f", "json", "-o", "plain.json").exit_code == 0
    return Path("plain.json").read_bytes()


@pytest.fixture
def complete(plain: bytes) -> bytes:
    """The lines of a complete run with --resume."""
    assert resume().exit_code == 0
    assert out() == plain
    return plain


def test_a_file_of_json_lines_is_the_same_with_and_without_resume(complete):
    assert [json.loads(line)["source"] for line in out().splitlines()] == NAMES


def test_pictures_that_are_done_are_not_read_again(complete):
    for name in NAMES:
        spoil(name)
    again = resume()
    assert (again.exit_code, again.stderr) == (0, "pochade: out.jsonl: 4 of 4 pictures are done.\n")
    assert out() == complete


@pytest.mark.parametrize("lost", [1, 2, 20, "a line", "a line and a half", "all"])
def test_a_half_written_line_is_dropped_and_its_picture_read_again(complete, lost):
    lines = complete.splitlines(keepends=True)
    ends = {"a line": lines[-1], "a line and a half": lines[-1] + lines[-2][3:], "all": complete}
    cut = len(ends[lost]) if isinstance(lost, str) else lost
    os.truncate("out.jsonl", len(complete) - cut)
    spoil("a.png") if lost != "all" else None
    assert resume().exit_code == 0
    assert out() == complete


@pytest.mark.parametrize(
    "damage", [b"\0" * 50, b"{\n", b"\xff\n\n", b'{"source": 3}\n', b"[" * 100_000 + b"\n", b"7\n"]
)
def test_damaged_and_foreign_lines_are_dropped(complete, damage):
    first, *others = complete.splitlines(keepends=True)
    Path("out.jsonl").write_bytes(damage + first + damage + b"".join(others) + damage)
    assert resume().exit_code == 0
    assert out() == complete


@pytest.mark.parametrize("damage", [b"", b"{", b"x\n", b"\0" * 9])
def test_a_damaged_record_means_that_pictures_are_read_again(complete, damage):
    record = Path(RECORD).read_bytes()
    for content in (damage, record[:-9], record + damage, record.replace(b'"size"', damage)):
        Path(RECORD).write_bytes(content)
        assert resume().exit_code == 0
        assert out() == complete
        assert Path(RECORD).read_bytes() == record


def test_a_line_that_is_not_in_the_record_is_read_again(complete):
    *lines, _ = Path(RECORD).read_bytes().splitlines(keepends=True)
    Path(RECORD).write_bytes(b"".join(lines))  # the run ended between the two
    again = resume()
    assert again.stderr.startswith("pochade: out.jsonl: 3 of 4 pictures are done.\n")
    assert out() == complete


@pytest.mark.parametrize("change", ["size", "time"])
def test_a_picture_that_has_changed_is_read_again_and_keeps_its_place(complete, change):
    time_before = os.stat("b.png").st_mtime_ns
    Image.new("RGB", (31, 20), "#0000ff").save("b.png")
    os.utime("b.png", ns=(0, time_before if change == "size" else 1))
    spoil("a.png")
    assert resume().exit_code == 0
    pictures = [json.loads(line) for line in out().splitlines()]
    assert [picture["source"] for picture in pictures] == NAMES
    assert pictures[1]["colors"][0]["hex"] == "#0000ff"
    assert out().splitlines()[0] == complete.splitlines()[0]


@pytest.mark.parametrize("more", [("--seed", "1"), ("--sort", "hue"), ("--names", "xkcd"), ("--scale", "0.5")])
def test_other_options_read_all_pictures_again(complete, more):
    spoil("a.png")
    again = CliRunner().invoke(app, [*NAMES, "-k", "1", "-o", "out.jsonl", "--resume", *more])
    assert again.exit_code == 1
    assert "no picture is done with these options" in again.stderr
    assert "a.png" not in out().decode()


def test_limits_and_jobs_are_no_other_options(complete):
    spoil("a.png")
    arguments = (
        "-k",
        "1",
        "-o",
        "out.jsonl",
        "--resume",
        "-j",
        "2",
        "--max-pixels",
        "99999999",
        "--method",
        "prominent",
    )
    assert CliRunner().invoke(app, [*NAMES, *arguments]).exit_code == 0
    assert out() == complete


def test_the_mask_belongs_to_the_options(folder):
    Image.new("L", (60, 40), 255).save("mask.png")
    arguments = ["a.png", "-k", "1", "-o", "out.jsonl", "--resume", "--mask", "mask.png"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    Image.new("L", (60, 40), 254).save("mask.png")
    os.utime("mask.png", ns=(0, 0))
    assert "no picture is done" in CliRunner().invoke(app, arguments).stderr


def test_a_picture_that_failed_is_tried_again_and_comes_in_its_place(plain):
    picture = Path("b.png").read_bytes()
    Path("b.png").write_bytes(b"broken")
    assert resume().exit_code == 1
    assert len(out().splitlines()) == 3
    assert resume().exit_code == 1
    Path("b.png").write_bytes(picture)
    assert resume().exit_code == 0
    assert out() == plain


def test_new_pictures_come_in_their_place_and_others_stay(complete):
    assert resume("a.png", "c.jpg").exit_code == 0
    Image.new("RGB", (5, 5), "#0000ff").save("b2.png")
    assert resume("a.png", "b.png", "b2.png", "c.jpg").exit_code == 0
    assert [json.loads(line)["source"] for line in out().splitlines()] == [
        "inner/d.png", "a.png", "b.png", "b2.png", "c.jpg",
    ]  # fmt: skip


def test_a_picture_that_is_named_twice_has_two_lines(plain):
    assert resume("a.png", "a.png", "b.png").exit_code == 0
    first = plain.splitlines(keepends=True)
    assert out() == first[0] * 2 + first[1]
    assert resume("a.png", "a.png", "b.png").exit_code == 0
    assert out() == first[0] * 2 + first[1]


def test_standard_input_is_read_every_time(run, folder):
    for _ in range(2):
        with open("b.png", "rb") as picture:
            assert run("a.png", "-", "-k", "1", "-o", "out.jsonl", "--resume", stdin=picture).returncode == 0
        assert len(out().splitlines()) == 2


def test_a_file_that_was_written_otherwise_is_refused_unless_forced(plain):
    Path("out.jsonl").write_bytes(b"mine\n")
    refused = resume()
    assert refused.exit_code == 2
    assert refused.stderr == (
        "pochade: out.jsonl exists, and out.jsonl.resume does not, which says what is done: "
        "give --force to overwrite it.\n"
    )
    assert (out(), os.path.exists(RECORD)) == (b"mine\n", False)
    assert call(*NAMES, "-o", "out.jsonl", "--resume", "--force").exit_code == 0
    assert out() == plain
    spoil("a.png")
    assert call(*NAMES, "-o", "out.jsonl", "--resume", "--force").exit_code == 0
    assert out() == plain


@pytest.mark.parametrize(
    "arguments",
    [("--resume",), ("--resume", "-o", "-", "-f", "json"), ("--resume", "-o", "out.csv"), ("--resume", "-o", "out/"),
     ("--resume", "-o", "out.jsonl", "--roles"), ("--resume", "-o", "out/", "-f", "json")],
)  # fmt: skip
def test_resume_without_a_file_of_json_lines_is_wrong_usage(folder, arguments):
    refused = call("a.png", *arguments)
    assert refused.exit_code == 2
    assert not os.path.exists("out.jsonl")


def test_wrong_options_leave_the_file_as_it_is(complete):
    assert call(*NAMES, "-o", "out.jsonl", "--resume", "-m", "kmean").exit_code == 2
    assert call(*NAMES, "-o", "out.jsonl", "--resume", "--sort", "x").exit_code == 2
    assert out() == complete
    assert call(*NAMES, "-o", "inner", "-f", "json", "--resume").exit_code == 2
    assert call(*NAMES, "-o", "nowhere/out.jsonl", "--resume").exit_code == 1


@pytest.mark.skipif(os.name != "posix", reason="flock")
def test_a_second_run_is_refused_while_the_first_goes_on(complete):
    import fcntl

    with open(RECORD, "rb") as record:
        fcntl.flock(record, fcntl.LOCK_EX)
        refused = resume()
    assert refused.exit_code == 1
    assert "another run with --resume is writing it" in refused.stderr
    assert out() == complete


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_a_killed_run_keeps_what_is_done(plain):
    os.mkfifo("endless.png")
    arguments = ["a.png", "b.png", "endless.png", "c.jpg", "-k", "1", "-j", "1", "-o", "out.jsonl", "--resume"]
    with subprocess.Popen([sys.executable, "-m", "pochade", *arguments], stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 300
        while not os.path.exists("out.jsonl") or out().count(b"\n") < 2:
            assert time.monotonic() < end
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    spoil("a.png")
    assert resume().exit_code == 0
    assert out() == plain


def test_a_line_for_each_name_that_is_not_utf8(folder):
    name = os.fsdecode(b"\xff.png")
    try:
        os.link("b.png", name)
    except (OSError, UnicodeEncodeError):
        pytest.skip("no such names on this file system")
    assert resume(name, "a.png").exit_code == 0
    spoil("b.png")
    assert resume(name, "a.png").exit_code == 0
    assert len(out().splitlines()) == 2


def test_the_suffix_jsonl_selects_json(plain):
    assert call(*NAMES, "-o", "plain.jsonl").exit_code == 0
    assert Path("plain.jsonl").read_bytes() == plain
