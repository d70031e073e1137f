"""`pochade quantize`."""

import json

import pytest
from click.testing import CliRunner
from PIL import Image

from pochade.cli.app import app


def call(*arguments: str):
    return CliRunner().invoke(app, ["quantize", *arguments])


def test_it_writes_an_indexed_picture_and_reports(folder):
    done = call("c.jpg", "-k", "4", "-o", "small.png")
    assert done.exit_code == 0
    assert "4 colors" in done.stdout
    assert "2 bits a pixel" in done.stdout
    with Image.open("small.png") as image:
        assert (image.mode, image.size) == ("P", (240, 180))


def test_an_existing_file_needs_force(folder):
    before = (folder / "b.png").read_bytes()
    refused = call("c.jpg", "-o", "b.png")
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert (folder / "b.png").read_bytes() == before
    assert call("c.jpg", "-o", "b.png", "--force").exit_code == 0
    assert (folder / "b.png").read_bytes() != before


def test_the_report_can_be_json(folder):
    report = json.loads(call("c.jpg", "-k", "8", "-d", "bayer", "-o", "small.gif", "--json").stdout)
    assert report["colors"] == 8
    assert report["bytes_after"] == (folder / "small.gif").stat().st_size
    assert report["bytes_before"] == (folder / "c.jpg").stat().st_size


def test_the_palette_may_be_colors_or_a_file(folder):
    (folder / "two.hex").write_text("#ce1126\n#002395\n")
    for palette in ("two.hex", "#ce1126, #002395"):
        assert call("a.png", "-p", palette, "-o", "small.png", "--force").exit_code == 0
        with Image.open("small.png") as image:
            assert {color for _, color in image.convert("RGB").getcolors()} == {(206, 17, 38), (0, 35, 149)}


def test_the_table_has_a_row_for_each_number_of_bits(folder):
    lines = call("c.jpg", "--table").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["k", "2", "4", "8", "16", "32", "64", "128", "256"]


def test_a_missing_palette_file_is_an_error(folder):
    done = call("a.png", "-o", "x.png", "-p", "nope.gpl")
    assert done.exit_code == 1
    assert "nope.gpl: no such file" in done.output


def test_it_writes_to_standard_output_and_reports_beside_it(folder):
    assert call("c.jpg", "-k", "4", "-o", "small.png").exit_code == 0
    done = call("c.jpg", "-k", "4", "-o", "-", "-f", "png")
    assert done.exit_code == 0
    assert done.stdout_bytes == (folder / "small.png").read_bytes()
    assert "standard output: " in done.stderr
    assert not (folder / "-").exists()


def test_a_target_is_kept(folder):
    assert call("c.jpg", "--target-kb", "20", "-o", "small.png").exit_code == 0
    assert (folder / "small.png").stat().st_size <= 20_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.png"], "give -o FILE, or --table"),
        (["a.png", "-o", "x.png", "-k", "4", "--target-kb", "3"], "leave -k out"),
        (["a.png", "-o", "x.png", "--table"], "leave -o"),
        (["a.png", "-o", "x.jpg"], "names no format"),
        (["a.png", "-o", "x.png", "-k", "300"], "from 1 to 256"),
        (["a.png", "-o", "x.png", "--set", "n_init=2"], "give the method"),
        (["a.png", "-o", "x.png", "-p", "red", "-k", "4"], "--palette gives the colors, and -k"),
        (["a.png", "-o", "x.png", "-p", "red", "--seed", "0"], "--palette gives the colors, and --seed"),
        (["a.png", "-o", "x.png", "-p", "c.jpg"], "c.jpg is a picture: write its colors to a file first"),
        (["a.png", "-o", "x.png", "-f", "gif"], "x.png: a file of the format gif ends with .gif, not with .png"),
        (["a.png", "-o", "-"], "give the format with -f"),
        (["c.jpg", "-o", "x.png", "--max-difference", "0.001"], "cannot be reached"),
    ],
)
def test_wrong_usage_is_refused_and_nothing_written(folder, arguments, said):
    done = call(*arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert not (folder / "x.png").exists()
