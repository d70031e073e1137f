"""Shots are told while a film is counted, and when they come from a cache."""

import runpy
from pathlib import Path

import pochade

clips = runpy.run_path(str(Path(__file__).with_name("clips.py")))
drawn, scene = (clips[name] for name in ("drawn", "scene"))


def facts(shot):
    return shot.number, shot.start, shot.end, shot.transition, shot.timecode, shot.palette.hex, shot.still


def test_each_shot_is_told_once_as_it_is_in_the_result(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = drawn(tmp_path / "a.mov", [frame for seed in range(3) for frame in scene(seed, 24)], codec="png")
    told, again = [], []
    film = pochade.film(path, on_shot=lambda shot: told.append(facts(shot)))
    assert told == [facts(shot) for shot in film.shots]
    assert [shot[4] for shot in told] == ["00:00:00:00", "00:00:01:00", "00:00:02:00"]
    pochade.film(path, on_shot=lambda shot: again.append(facts(shot)))
    assert again == told
