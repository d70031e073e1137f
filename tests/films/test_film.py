"""Shots, palettes, sums, columns, and a film as a picture of other functions."""

import runpy
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import pochade

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, picture, scene = (clips[name] for name in ("drawn", "picture", "scene"))

pytest.importorskip("av", reason="PyAV is not installed: pip install 'pochade[film]'")

RED, BLUE, GREEN = (200, 40, 30), (30, 60, 190), (40, 160, 70)


@pytest.fixture
def film(tmp_path):
    """Three flat shots of 2, 1 and 1 seconds."""
    frames = [picture(RED)] * 48 + [picture(BLUE)] * 24 + [picture(GREEN)] * 24
    return pochade.film(drawn(tmp_path / "flat.mov", frames, codec="png"), resume=False)


@pytest.fixture
def scenes(tmp_path):
    frames = [frame for seed in range(4) for frame in scene(seed, 36)]
    return pochade.film(drawn(tmp_path / "scenes.mov", frames, codec="png"), resume=False)


def test_shots_have_times_frames_and_palettes(film):
    assert [shot.frames for shot in film.shots] == [(0, 48), (48, 72), (72, 96)]
    assert [shot.start for shot in film.shots] == [0, 2, 3]
    assert [shot.palette.hex for shot in film.shots] == [["#c8281e"], ["#1e3cbe"], ["#28a046"]]
    assert [shot.transition for shot in film.shots] == ["start", "cut", "cut"]
    assert film.shots[0].still.startswith(b"\xff\xd8")


def test_the_film_is_the_exact_sum_of_its_shots(scenes):
    counts = sum(int(shot.histogram.counts.sum()) for shot in scenes.shots)
    sums = sum(shot.histogram.sums.sum(0) for shot in scenes.shots)
    assert int(scenes.histogram.counts.sum()) == counts
    np.testing.assert_allclose(scenes.histogram.sums.sum(0).astype(float), sums.astype(float), rtol=1e-6)
    assert scenes.palette(5) == pochade.extract(scenes, 5)


def test_a_cut_is_found_to_the_frame(scenes):
    assert [shot.frames[0] for shot in scenes.shots] == [0, 36, 72, 108]


def test_a_dissolve_is_one_gradual_change(tmp_path):
    one, other = scene(2, 80), scene(7, 80)
    mixed = [
        (a * (1 - share) + b * share).astype(np.uint8)
        for a, b, share in zip(one[60:], other[:20], np.linspace(0.05, 0.95, 20), strict=True)
    ]
    path = drawn(tmp_path / "a.mov", [*one[:60], *mixed, *other[20:]], codec="png")
    film = pochade.film(path, resume=False)
    assert [shot.transition for shot in film.shots] == ["start", "gradual"]
    assert 60 <= film.shots[1].frames[0] <= 80


def test_a_flash_is_no_cut(tmp_path):
    frames = scene(4, 80)
    for i in range(3):
        frames[40 + i] = np.full_like(frames[0], 250)
    assert len(pochade.film(drawn(tmp_path / "a.mov", frames, codec="png"), resume=False).shots) == 1


def test_columns_are_means_in_linear_light(tmp_path):
    frame = picture((0, 0, 0))
    frame[:, ::2] = 255
    film = pochade.film(drawn(tmp_path / "a.mov", [frame] * 24, codec="png"), sampling="all", resume=False)
    for column in film.columns(5):
        assert column.mean == (188, 188, 188)


def test_columns_are_equal_slices_with_their_palettes(film):
    columns = film.columns(8)
    assert {column.end - column.start for column in columns} == {Fraction(1, 2)}
    assert [column.palette.hex[0] for column in columns] == ["#c8281e"] * 4 + ["#1e3cbe"] * 2 + ["#28a046"] * 2
    assert [column.shot for column in columns] == [1, 1, 1, 1, 2, 2, 3, 3]
    for n in (0, 1.5, True):
        with pytest.raises(pochade.OptionError, match="n="):
            film.columns(n)


def test_quarter_and_all_give_nearly_the_same_palette(tmp_path):
    path = drawn(tmp_path / "a.mov", [frame for seed in range(3) for frame in scene(seed, 30)], codec="png")
    one, other = (pochade.film(path, sampling=sampling, resume=False) for sampling in ("quarter", "all"))
    assert pochade.compare(one.palette(), other.palette()).distance < 1.7


def test_a_film_and_a_shot_are_pictures(film, scenes, tmp_path):
    assert pochade.extract(film.shots[0], 3).hex == ["#c8281e"]
    assert pochade.look(film.shots[0]) == film.shots[0].look
    assert pochade.compare(film, film).distance == 0
    assert pochade.compare(film, scenes).distance > 1
    recolored = pochade.recolor(scene(1, 1)[0], like=scenes.shots[3])
    recolored.save(tmp_path / "look.cube")
    assert (tmp_path / "look.cube").read_text().startswith(("TITLE", "#", "LUT_3D_SIZE"))


def test_the_fade_of_a_flat_picture_has_no_cuts(tmp_path):
    frames = [picture((code, code, code)) for code in [*range(0, 250, 5), *range(250, 0, -5)]]
    film = pochade.film(drawn(tmp_path / "a.mov", frames, codec="png"), resume=False)
    assert [shot.transition for shot in film.shots if shot.transition == "cut"] == []


def test_given_shots_are_taken_as_they_are(tmp_path):
    path = drawn(tmp_path / "a.mov", scene(1, 72), codec="png")
    film = pochade.film(path, shots=[1, 2], resume=False)
    assert [shot.frames for shot in film.shots] == [(0, 24), (24, 48), (48, 72)]


def test_an_empty_histogram_has_no_palette():
    none = pochade.Histogram(np.zeros(0, np.uint32), np.zeros(0, np.uint64), np.zeros((0, 3), np.uint64))
    for function in (pochade.extract, pochade.look):
        with pytest.raises(pochade.EmptyError, match="empty"):
            function(none)


def test_progress_reports_the_seconds_done(tmp_path):
    path = drawn(tmp_path / "a.mov", scene(1, 60), codec="png")
    seen = []
    pochade.film(path, resume=False, progress=lambda done, whole: seen.append((done, whole)))
    assert seen[0] == (0, Fraction(5, 2))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
