"""`pochade PICTURE...`: one road, formats, files, options, and what is refused."""

import csv
import io
import json
import os
import stat
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result
from PIL import Image

import pochade
from pochade.cli.app import app


def call(*arguments: str, **more: object) -> Result:
    return CliRunner().invoke(app, list(arguments), **more)


def test_json_is_that_of_the_library_to_the_byte(run, folder):
    for name in ("a.png", "c.jpg"):
        raw = run(name, "--format", "json", text=False, encoding=None)
        assert raw.stdout == (pochade.extract(name).to_json() + "\n").encode()


def test_options_arrive_as_the_library_takes_them(folder):
    shown = call(
        *("a.png", "-k", "2", "--method", "kmeans", "--space", "cielab", "--seed", "7", "-f", "json"),
        *("--set", "init=k-means++", "--set", "n_init=3", "--region", "0,0,30,40"),
    )
    options = {"init": "k-means++", "n_init": 3, "region": (0, 0, 30, 40)}
    expected = pochade.extract("a.png", 2, method="kmeans", space="cielab", seed=7, **options)
    assert shown.stdout == expected.to_json() + "\n"


def test_auto_is_a_number_of_colors(folder):
    assert call("a.png", "-k", "auto", "-f", "json").stdout == pochade.extract("a.png", "auto").to_json() + "\n"


def test_a_region_with_decimal_points_is_in_fractions(folder):
    whole, part = (call("a.png", "-f", "hex", *region).stdout for region in ((), ("--region", "0.5,0.5,1.0,1.0")))
    assert sorted(whole.split()) == ["#002395", "#ce1126"]
    assert part == "#ce1126\n"


def test_a_mask_and_a_frame_limit_what_counts(folder):
    mask = Image.new("L", (60, 40))
    mask.paste(255, (0, 0, 10, 10))
    mask.save("mask.png")
    assert call("a.png", "--mask", "mask.png", "-f", "hex").stdout == "#002395\n"
    frames = [Image.new("RGB", (4, 4), color) for color in ("#ff0000", "#0000ff")]
    frames[0].save("two.gif", save_all=True, append_images=frames[1:])
    assert call("two.gif", "--frame", "1", "-f", "hex").stdout == "#0000ff\n"


def test_text_in_a_pipe_is_plain_columns(run):
    shown = run("a.png")
    lines = shown.stdout.splitlines()
    assert f"#ce1126   95.8%  {pochade.Color((0xCE, 0x11, 0x26)).name}" in lines
    assert "\x1b" not in shown.stdout
    assert len(lines) == 2


def test_fewer_colors_than_asked_for_are_noted_on_standard_error(folder):
    shown = call("a.png", "-k", "5")
    assert shown.stderr == "pochade: a.png: 2 colors instead of 5: the picture has no more that differ.\n"
    assert shown.exit_code == 0


def test_hex_is_one_color_a_line(folder):
    assert set(call("a.png", "--format", "hex").stdout.splitlines()) == {"#ce1126", "#002395"}


def test_several_pictures_make_one_csv_with_one_header(folder):
    rows = list(csv.DictReader(io.StringIO(call("a.png", "b.png", "-f", "csv", "-j", "1").stdout)))
    assert [row["source"] for row in rows] == ["a.png", "a.png", "b.png"]
    assert rows[2] | {"x": "", "y": ""} == {
        **{"source": "b.png", "hex": "#008000", "red": "0", "green": "128", "blue": "0"},
        **{"weight": "1.0", "x": "", "y": "", "name": "green"},
    }


def test_the_suffix_of_the_output_says_the_format(folder):
    assert call("a.png", "-o", "out.json").exit_code == 0
    assert json.loads((folder / "out.json").read_text())["source"] == "a.png"
    assert call("a.png", "-o", "out.hex").exit_code == 0
    assert len((folder / "out.hex").read_text().split()) == 2
    assert call("a.png", "-o", "out.txt").exit_code == 0
    assert "\x1b" not in (folder / "out.txt").read_text()
    assert call("a.png", "-o", "out.paintnet.txt").exit_code == 0
    assert (folder / "out.paintnet.txt").read_text().startswith("; paint.net")
    refused = call("a.png", "-o", "out.xyz")
    assert refused.exit_code == 2
    assert ".hex, .html, .js" in refused.stderr


def test_a_format_wins_over_the_suffix(folder):
    call("b.png", "-o", "palette.json", "--format", "hex")
    assert (folder / "palette.json").read_text() == "#008000\n"


def test_a_failure_leaves_the_output_as_it_was(folder):
    (folder / "out.json").write_text("before")
    assert call("nowhere.png", "-o", "out.json", "--force").exit_code == 1
    assert (folder / "out.json").read_text() == "before"
    assert sorted(os.listdir()) == ["a.png", "b.png", "c.jpg", "inner", "out.json"]


def test_an_output_that_cannot_be_written_is_said_in_a_line(folder):
    for path in ("nowhere/out.json", "inner"):
        shown = call("a.png", "-o", path, "-f", "json")
        assert (shown.exit_code, shown.stdout) == (1, "")
        assert shown.stderr.startswith(f"pochade: {path}: cannot be written: ")
        assert shown.stderr.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_an_output_keeps_the_mode_of_the_file_that_it_replaces(folder):
    (folder / "out.hex").touch(0o640)
    call("a.png", "-o", "out.hex", "--force")
    assert stat.S_IMODE((folder / "out.hex").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-k", "0"), "k=0 is not allowed: give a whole number from 1 to 256, or 'auto'."),
        (("-k", "257"), "k=257 is not allowed"),
        (("-k", "few"), "'few' is not allowed: give a whole number, or 'auto'."),
        (("--method", "kmean"), "unknown method 'kmean'. Did you mean 'kmeans'? Known: "),
        (("--space", "okab"), "unknown space 'okab'. Did you mean 'oklab'? Known: "),
        (("--format", "jsn"), "unknown format 'jsn'. Did you mean 'json'? Known: "),
        (("--method", "kmeans", "--set", "inti=random"), "unknown option of kmeans: 'inti'. Did you mean 'init'?"),
        (
            ("--method", "kmeans", "--set", "difference=cie76"),
            "'agglomerative', 'dbscan', 'hdbscan', 'kmedoids' have it.",
        ),
        (("--method", "dbscan", "--set", "eps=near"), "eps='near' is not allowed: give a number"),
        (("--method", "kmeans", "--set", "init=far"), "init='far' is not allowed: give one of farthest, "),
        (("--set", "init"), "'init' is not allowed: give option=value"),
        (("--region", "1,2,3"), "'1,2,3' is not allowed: give left, top, right, bottom: four integers"),
        (("--frame", "-1"), "--frame"),
        (("--colours", "3"), "--colours"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(folder, arguments, said):
    shown = call("a.png", *arguments)
    assert shown.exit_code == 2
    assert said in shown.stderr
    assert shown.stderr.startswith("pochade: ")
    assert shown.stderr.count("\n") == 1
    assert shown.stdout == ""


def test_wrong_usage_is_said_once_for_many_pictures(folder):
    shown = call("a.png", "b.png", "c.jpg", "-k", "0")
    assert (shown.exit_code, shown.stderr.count("\n")) == (2, 1)


def test_a_region_outside_of_one_picture_is_that_pictures_failure(folder):
    shown = call("a.png", "b.png", "-f", "hex", "--region", "0,0,50,30", "-j", "1")
    assert shown.exit_code == 1
    assert shown.stdout.split() != []
    assert "b.png" in shown.stderr


def test_a_truncated_jpeg_is_refused_and_the_way_out_named(folder):
    whole = (folder / "c.jpg").read_bytes()
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    refused = call("cut.jpg")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("pochade: cut.jpg: ")
    assert "--truncated" in refused.stderr
    accepted = call("cut.jpg", "--truncated", "-f", "json")
    assert accepted.exit_code == 0
    assert accepted.stdout == pochade.extract("cut.jpg", truncated=True).to_json() + "\n"


def test_the_limit_on_pixels_is_an_option(folder):
    refused = call("a.png", "--max-pixels", "100")
    assert refused.exit_code == 1
    assert "--max-pixels" in refused.stderr


def test_the_limits_on_frames_and_memory_are_options(folder):
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "lime", "blue")]
    frames[0].save("a.gif", save_all=True, append_images=frames[1:])
    refused = call("a.gif", "--max-frames", "2")
    assert refused.exit_code == 1
    assert "3 frames are more than the 2 allowed; choose one frame or raise --max-frames." in refused.stderr
    assert call("a.gif", "--max-frames", "2", "--frame", "1").exit_code == 0
    refused = call("a.gif", "--max-memory", "100")
    assert "more than the 100 bytes allowed; raise --max-memory." in refused.stderr


@pytest.mark.parametrize("flags", [["--isolate"], ["--no-isolate"], ["--timeout", "600"]])
def test_a_picture_may_be_decoded_in_a_process_of_its_own_or_in_this_one(folder, flags):
    Image.open("a.png").save("a.jp2")
    assert call("a.jp2", "-f", "hex", *flags).stdout == call("a.jp2", "-f", "hex").stdout != ""


def test_a_name_that_would_command_the_terminal_is_shown_as_text(folder):
    shown = call("\x1b]0;title\x07red\nblue.png", "\x1b[2J*.png")
    said = ("'\\x1b]0;title\\x07red\\nblue.png': no such file.", "\\x1b[2J*.png: no file matches.")
    assert shown.stderr == "".join(f"pochade: {line}\n" for line in said)


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX")
def test_a_name_that_is_not_utf8_still_comes_out(run, folder):
    name = os.fsdecode(b"caf\xe9.png")
    try:
        (folder / "b.png").rename(name)
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    shown = run(name, "-f", "json")
    assert json.loads(shown.stdout)["source"] == name
    assert "#008000" in run(name, "a.png", env={"PYTHONIOENCODING": "utf-8"}).stdout


def test_help_lists_options_with_the_librarys_defaults_and_the_commands(folder):
    shown = " ".join(call("--help").stdout.split())
    assert "PICTURE..." in shown
    assert "default: prominent" in shown
    assert "default: 8" in shown
    for command in ("completion", "methods", "spaces"):
        assert command in shown
    assert call("-h").stdout == call("--help").stdout != call("methods", "--help").stdout


def test_the_version_is_the_packages(run):
    assert run("--version").stdout == f"pochade {pochade.__version__}\n"


def test_a_file_named_like_a_command_is_reached_by_its_path(folder):
    (folder / "b.png").rename("methods")
    assert call("./methods", "-f", "hex").stdout == "#008000\n"
    assert call("extract", "methods", "-f", "hex").stdout == "#008000\n"


def test_a_misspelt_command_gets_the_nearest_one(folder):
    shown = call("method")
    assert (shown.exit_code, "Did you mean 'methods'?" in shown.stderr) == (1, True)


def test_no_picture_is_wrong_usage(folder):
    shown = call()
    assert (shown.exit_code, "PICTURE" in shown.stderr) == (2, True)


def test_one_jpeg_imports_neither_pil_nor_rich_nor_multiprocessing(folder):
    pytest.importorskip("simplejpeg")
    code = (
        "import sys; from pochade.cli import main; main(['c.jpg']);"
        "print({m.split('.')[0] for m in sys.modules} & {'PIL', 'rich', 'multiprocessing', 'concurrent', 'email'})"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "set()"


def test_preferences_arrive_with_commas_or_several_times(folder):
    shown = call(
        *("c.jpg", "-k", "5", "-f", "json", "--keep", "red,rgb(1, 2, 3)", "--keep", "#0f0", "--mood", "deep"),
        *("--avoid", "teal", "--ignore", "black,white", "--ignore", "gray"),
    )
    given = {"keep": ["red", (1, 2, 3), "lime"], "avoid": "teal", "ignore": ["black", "white", "gray"], "mood": "deep"}
    assert shown.stdout == pochade.extract("c.jpg", 5, **given).to_json() + "\n"
    shown = call("c.jpg", "-k", "auto", "--k-min", "4", "--k-max", "5", "--among", "red,blue", "--among=#fff,#000,lime")
    palette = pochade.extract("c.jpg", "auto", k_min=4, k_max=5, among="red,blue,white,black,lime")
    assert all(code in shown.stdout for code in palette.hex)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--keep", "rde"), "Did you mean 'red'?"),
        (("--among", ""), "among has no colors"),
        (("--ignore", "blak"), "Did you mean 'black'?"),
        (("--mood", "drak"), "Did you mean 'dark'?"),
        (("--k-min", "2"), "k='auto' only"),
        (("-k", "auto", "--k-min", "9", "--k-max", "4"), "bounds that do not cross"),
    ],
)
def test_preferences_that_cannot_be_are_wrong_usage(folder, arguments, message):
    shown = call("a.png", "b.png", *arguments)
    assert (shown.exit_code, shown.stdout, message in shown.stderr) == (2, "", True)


def test_a_picture_of_which_nothing_is_left_fails_and_the_others_do_not(folder):
    shown = call("a.png", "b.png", "-f", "hex", "--avoid", "green")
    assert shown.exit_code == 1
    assert "b.png: no pixel counts: avoid='#008000' leaves nothing" in shown.stderr
    assert shown.stdout.split() == pochade.extract("a.png", avoid="green").hex


@pytest.mark.parametrize(
    "arguments",
    [
        ("noted.png",),
        ("noted.png", "--explain"),
        ("quantize", "noted.png", "-k", "2", "-o", "out.png"),
        ("recolor", "noted.png", "--change", "#ce1126=#00ff00", "-o", "out.png"),
        ("background", "noted.png", "-o", "out.png"),
        ("poster", "noted.png", "-o", "out.png"),
        ("theme", "noted.png", "--for", "kitty"),
        ("cloud", "noted.png", "-o", "out.png"),
        ("sight", "noted.png", "-o", "out.png"),
        ("sight", "noted.png", "--as", "protanopia", "-o", "out.png"),
        ("compare", "noted.png", "b.png"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_color_tag_that_was_ignored_is_noted_on_standard_error(folder, arguments):
    Image.open("a.png").save("noted.png", icc_profile=b"not a profile" * 20)
    shown = call(*arguments)
    note = "noted.png: the color tag iCCP is ignored: it is broken; its colors are read as sRGB."
    assert shown.stderr.splitlines().count(f"pochade: {note}") == 1, shown.stderr
    assert shown.exit_code == 0
