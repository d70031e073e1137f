"""Exports by name and by suffix, and atomic writing of files."""

import csv
import io
import json
import os
from contextlib import suppress

import pytest

from pochade import Color, OptionError, Palette, PochadeError, UnknownNameError
from pochade.export import export, save
from pochade.files import whole_file

BOXER = Palette((Color((142, 26, 36), 0.25, (0.5, 0.75)), Color((255, 255, 255), 0.75)), k=2, source='a, "b".jpg')


def test_json_is_the_line_of_to_json():
    assert export(BOXER, "json") == (BOXER.to_json() + "\n").encode()
    assert Palette.from_dict(json.loads(export(BOXER, "json"))) == BOXER


def test_json_of_a_name_that_is_not_utf8_is_still_utf8():
    name = os.fsdecode(b"caf\xe9.jpg")
    line = export(Palette(BOXER.colors, source=name), "json").decode("utf-8")
    assert json.loads(line)["source"] == name


def test_hex_has_a_color_on_each_line():
    assert export(BOXER, "hex") == b"#8e1a24\n#ffffff\n"


def test_csv_quotes_special_characters():
    rows = list(csv.reader(io.StringIO(export(BOXER, "csv").decode())))
    assert rows[0] == ["source", "hex", "red", "green", "blue", "weight", "x", "y", "name"]
    assert rows[1] == ['a, "b".jpg', "#8e1a24", "142", "26", "36", "0.25", "0.5", "0.75", BOXER.names[0]]
    assert rows[2] == ['a, "b".jpg', "#ffffff", "255", "255", "255", "0.75", "", "", "white"]


def test_errors_for_unknown_formats_options_and_suffixes_list_the_known_ones():
    with pytest.raises(UnknownNameError, match="Did you mean 'json'"):
        export(BOXER, "jsn")
    with pytest.raises(UnknownNameError, match="option of hex"):
        export(BOXER, "hex", upper=True)
    with pytest.raises(OptionError, match=r"\.csv, .*\.hex, .*\.json"):
        save(BOXER, "palette.xyz")


def test_the_suffix_selects_the_format_unless_it_is_named(tmp_path):
    save(BOXER, tmp_path / "a.json")
    save(BOXER, str(tmp_path / "b.json"), "hex")
    assert (tmp_path / "a.json").read_bytes() == export(BOXER, "json")
    assert (tmp_path / "b.json").read_bytes() == export(BOXER, "hex")
    assert sorted(os.listdir(tmp_path)) == ["a.json", "b.json"]


def test_an_exception_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.hex"
    path.write_text("before")
    with suppress(ZeroDivisionError), whole_file(path) as file:
        file.write(b"half")
        1 / 0  # noqa: B018  # any exception
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["a.hex"]


def test_writing_nothing_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.hex"
    path.write_text("before")
    with whole_file(path):
        pass
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["a.hex"]


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    target, link = tmp_path / "real.hex", tmp_path / "link.hex"
    target.write_text("before")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no links here")
    save(BOXER, link)
    assert link.is_symlink()
    assert target.read_bytes() == export(BOXER, "hex")


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no devices here")
def test_a_device_is_written_to_and_stays_a_device():
    save(BOXER, "/dev/null", "hex")
    assert not os.path.isfile("/dev/null")


def test_the_error_says_why_a_file_cannot_be_written(tmp_path):
    with pytest.raises(PochadeError, match=r"nowhere.*cannot be written: No such file or directory\."):
        save(BOXER, tmp_path / "nowhere" / "a.hex")
    with pytest.raises(PochadeError, match="cannot be written: it is a folder"):
        save(BOXER, tmp_path, "hex")
