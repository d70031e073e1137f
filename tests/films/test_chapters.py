"""Chapters of the container group shots; a long sheet has pages."""

import json
import runpy
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.cli.app import app
from pochade.films.files import encode, sheet

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn = clips["drawn"]
COLORS = [(200, 40, 40), (40, 160, 60), (40, 70, 190), (220, 200, 60), (120, 60, 150), (60, 170, 190)]


def written(path: Path, count: int, chapters: list[tuple[float, float, str]]) -> Path:
    """A film of shots of one color, each half a second, with chapters in seconds."""
    av = pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")
    frames = [clips["picture"](COLORS[i % 6]) for i in range(count) for _ in range(12)]
    plain = drawn(path.with_name("plain.mkv"), frames, codec="libx264", pix_fmt="yuv444p", options={"bf": "0"})
    with av.open(str(plain)) as film, av.open(str(path), "w") as out:
        track = out.add_stream_from_template(film.streams.video[0])
        marks = [(round(1000 * start), round(1000 * end), title) for start, end, title in chapters]
        out.set_chapters(
            [
                {"id": i, "start": start, "end": end, "time_base": Fraction(1, 1000), "metadata": {"title": title}}
                for i, (start, end, title) in enumerate(marks, 1)
            ]
        )
        for packet in film.demux(video=0):
            if packet.dts is not None:
                packet.stream = track
                out.mux(packet)
    return path


@pytest.fixture
def film(tmp_path: Path) -> pochade.films.Film:
    chapters = [(0, 1, "Dawn"), (1, 2.2, ""), (2.5, 3.5, "</script> & night")]
    return pochade.film(written(tmp_path / "a.mkv", 7, chapters), resume=False)


def test_a_shot_belongs_to_the_chapter_of_its_middle(film):
    assert [(one.title, [shot.number for shot in one.shots]) for one in film.groups] == [
        ("Dawn", [1, 2]),
        ("Chapter 2", [3, 4]),
        ("", [5]),
        ("</script> & night", [6, 7]),
    ]
    night = film.groups[-1]
    assert (float(night.start), float(night.end)) == pytest.approx((2.5, 3.5), abs=0.002)  # in whole milliseconds
    assert sorted(night.palette.hex) == sorted(film.shots[5].palette.hex + film.shots[6].palette.hex)
    assert pochade.compare(night, film.shots[5]).distance > 5


def test_chapters_group_the_shots_of_json_and_page(film, tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    film.save(tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    schema = json.loads(files("pochade.films.files").joinpath("film.schema.json").read_text("utf-8"))
    jsonschema.validate(data, schema)
    assert [(one["title"], one["shots"]) for one in data["groups"]][1:3] == [("Chapter 2", [3, 4]), ("", [5, 5])]
    page = encode(film, "a.html").decode()
    assert '["Dawn",0,1],["Chapter 2",2,3],["",4,4],["\\u003c/script> & night",5,6]' in page


def test_a_sheet_has_pages_and_repeats_the_title_of_a_chapter(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = written(tmp_path / "a.mkv", 17, [(0, 20, "All of it")])
    monkeypatch.setattr(sheet, "TALL", 2 * sheet.STEP_Y + sheet.HEAD + 80)
    assert app.run(["film", str(path), "--view", "sheet", "-o", str(tmp_path / "b.png")]) == 0
    assert "the sheet has 2 pages" in capsys.readouterr().err
    assert not (tmp_path / "b.png").exists()
    film = pochade.film(path)
    film.save(tmp_path / "c.svg", view="sheet")
    pages = [(tmp_path / f"c-{i}.svg").read_text("utf-8") for i in (1, 2)]
    assert ["All of it" in page and "continued" not in page for page in pages] == [True, False]
    assert "All of it (continued)" in pages[1]
    assert "page 2 of 2" in pages[1]
    for i in (1, 2):
        with Image.open(tmp_path / f"b-{i}.png") as image:
            assert image.size == (2496, 2 * (2 * sheet.STEP_Y + sheet.HEAD + 68))
            assert np.asarray(image).std() > 10
    assert encode(film, "a.png", view="sheet", page=2) == (tmp_path / "b-2.png").read_bytes()
    assert encode(film, "a.pdf", view="sheet").count(b"/Type /Page\n") == 2
    for page in (0, 3, "x"):
        with pytest.raises(pochade.OptionError, match="page="):
            encode(film, "a.png", view="sheet", page=page)
    assert app.run(["film", str(path), "--view", "sheet", "-o", str(tmp_path / "b.png")]) == 2
