"""The files of a film, and those that are read back."""

import json
import runpy
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import pochade
from pochade.cli.app import app
from pochade.films.files import KINDS
from pochade.films.timecode import Rate, clock, parse_time

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, picture, scene = (clips[name] for name in ("drawn", "picture", "scene"))

pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def path(tmp_path):
    frames = [frame for seed in range(3) for frame in scene(seed, 30 + 7 * seed)]
    return drawn(tmp_path / "harbor.mov", frames, codec="png", rate=Fraction(30000, 1001))


@pytest.mark.parametrize("suffix", KINDS)
def test_library_and_command_write_the_same_bytes(path, tmp_path, suffix):
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    pochade.film(path).save(one)
    result = CliRunner().invoke(app, ["film", str(path), "-o", str(other)])
    assert result.exit_code == 0, result.output
    assert one.read_bytes() == other.read_bytes()
    assert one.stat().st_size > 200


@pytest.mark.parametrize("suffix", [".csv", ".edl"])
def test_shots_are_read_back(path, tmp_path, suffix):
    film = pochade.film(path)
    film.save(tmp_path / f"shots{suffix}")
    again = pochade.film(path, shots=tmp_path / f"shots{suffix}")
    assert [shot.frames for shot in again.shots] == [shot.frames for shot in film.shots]


def test_the_json_follows_its_schema(path):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(files("pochade.films.files").joinpath("film.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json.dumps(pochade.film(path).to_dict())), schema)


def test_an_edit_list_drops_frame_numbers_at_29_97(path, tmp_path):
    pochade.film(path).save(tmp_path / "a.edl")
    text = (tmp_path / "a.edl").read_text()
    assert "FCM: DROP FRAME" in text
    assert "00:00:00;00 00:00:01;00 00:00:00;00 00:00:01;00" in text


def test_a_timeline_has_a_clip_and_a_marker_for_each_shot(path, tmp_path):
    otio = pytest.importorskip("opentimelineio")
    film = pochade.film(path)
    film.save(tmp_path / "a.otio")
    timeline = otio.adapters.read_from_file(str(tmp_path / "a.otio"))
    children = list(timeline.find_clips())
    assert len(children) == len(film.shots)
    assert children[0].markers[0].metadata["pochade"]["palette"][0]["hex"] == film.shots[0].palette.hex[0]


def test_drop_frame_codes_show_the_time_of_the_clock():
    """SMPTE ST 12-1: the frame after 00:00:59;29 is 00:01:00;02; ten minutes drop none."""
    rate = Rate.of(Fraction(30000, 1001))
    assert rate.code(1799) == "00:00:59;29"
    assert rate.code(1800) == "00:01:00;02"
    assert rate.code(17982) == "00:10:00;00"
    assert rate.code(107892) == "01:00:00;00"
    for frame in [*range(0, 40000, 17), 1799, 1800, 17981, 17982, 107891, 107892]:
        assert rate.frame_at(rate.code(frame)) == frame
    assert Rate.of(Fraction(24000, 1001)).code(24) == "00:00:01:00"
    assert Rate.of(Fraction(25)).code(26) == "00:00:01:01"


def test_times_are_read_as_seconds_or_as_a_clock():
    assert parse_time("start", "1:02:03.5") == Fraction(7447, 2)
    assert parse_time("start", 2.5) == Fraction(5, 2)
    assert clock(Fraction(59_9996, 10000)) == "00:01:00.000"


def test_several_outputs_come_from_one_pass(path, tmp_path, monkeypatch):
    import pochade.films.counting as counting

    passes = []
    real = counting.open_reel
    monkeypatch.setattr(counting, "open_reel", lambda *one, **more: passes.append(1) or real(*one, **more))
    outputs = [word for suffix in (".json", ".csv", ".png") for word in ("-o", str(tmp_path / f"a{suffix}"))]
    result = CliRunner().invoke(app, ["film", str(path), *outputs])
    assert result.exit_code == 0, result.output
    assert len(passes) == 1


def test_the_command_prints_a_line_for_each_shot(path):
    result = CliRunner().invoke(app, ["film", str(path), "-k", "3"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1 + len(pochade.film(path).shots)


def test_existing_files_and_wrong_names_are_refused_before_decoding(path, tmp_path):
    (tmp_path / "a.csv").write_text("mine")
    result = CliRunner().invoke(app, ["film", str(path), "-o", str(tmp_path / "a.csv")])
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert result.exit_code != 0
    with pytest.raises(pochade.OptionError, match="suffix"):
        pochade.film(path).save(tmp_path / "a.txt")
    with pytest.raises(pochade.OptionError, match="view"):
        pochade.film(path).save(tmp_path / "a.png", view="cube")
    with pytest.raises(pochade.OptionError, match="not an option"):
        pochade.film(path).save(tmp_path / "a.json", view="sheet")


@pytest.mark.parametrize("view", ["stacked", "mean", "slit", "round", "sheet", "timeline"])
def test_every_view_is_drawn(path, tmp_path, view):
    from PIL import Image

    pochade.film(path).save(tmp_path / "a.png", view=view)
    with Image.open(tmp_path / "a.png") as image:
        assert min(image.size) > 300
        assert len(np.unique(np.asarray(image).reshape(-1, 3), axis=0)) > 20


def test_the_page_needs_no_network(path, tmp_path):
    pochade.film(path).save(tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text()
    assert "http://" not in text
    assert "https://" not in text
    assert "default-src 'none'" in text


@pytest.mark.parametrize(("suffix", "text"), [(".csv", "start\nsoon\n"), (".edl", "TITLE: none\n"), (".csv", "")])
def test_damaged_files_of_shots_are_refused(path, tmp_path, suffix, text):
    bad = tmp_path / f"bad{suffix}"
    bad.write_text(text)
    with pytest.raises(pochade.FormatError):
        pochade.film(path, shots=bad)
