"""Batches: order, failures, dead processes, and lazy reading."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pochade
from pochade.batch.batch import Result, called, extract_many
from pochade.batch.crew import Crew
from pochade.errors import OptionError, PochadeError, UnknownNameError


def flat(level: int) -> np.ndarray:
    return np.full((4, 4, 3), level, np.uint8)


def work(task: Any, about: Any) -> Any:
    """Multiply the task by `about`; the tasks "die" and "leave" end the process."""
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "leave":
        os._exit(3)
    return task * about


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_in_the_order_of_the_sources_and_equal_to_extract(photo, jobs):
    sources = [photo, flat(1), photo[::2], flat(2), flat(3)]
    results = list(extract_many(sources, jobs=jobs, k=4))
    assert [result.source is source for result, source in zip(results, sources, strict=True)] == [True] * 5
    assert [result.palette for result in results] == [pochade.extract(source, 4) for source in sources]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_is_a_result_and_the_other_pictures_are_processed(tmp_path, jobs):
    missing = tmp_path / "missing.png"
    first, second, third = extract_many([flat(1), missing, flat(2)], jobs=jobs)
    assert first.palette.hex + third.palette.hex == ["#010101", "#020202"]
    assert "no such file" in str(second.error)
    with pytest.raises(pochade.SourceError):
        _ = second.palette
    assert first.error is None


def test_sources_that_cannot_be_pickled_are_read_in_this_process(tmp_path, flag):
    from PIL import Image

    Image.fromarray(flag).save(tmp_path / "flag.png")
    with open(tmp_path / "flag.png", "rb") as file:
        results = list(extract_many([flat(1), file, Image.fromarray(flag)], jobs=2, k=3))
    assert results[1].palette.hex == results[2].palette.hex == pochade.extract(flag, 3).hex


def test_wrong_options_are_refused_at_once():
    for options, error in (
        ({"k": 0}, OptionError),
        ({"method": "kmean"}, UnknownNameError),
        ({"method": "kmeans", "init": "x"}, OptionError),
    ):
        with pytest.raises(error):
            extract_many([flat(1)], **options)


def test_a_defect_affects_one_picture_and_is_reported(monkeypatch):
    def defect(source: Any, **options: Any) -> Any:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("pochade.batch.batch.extract", defect)
    monkeypatch.setattr("pochade.batch.batch.check_keywords", dict)
    (result,) = extract_many(["photo.jpg"], jobs=1)
    assert "photo.jpg: unexpected ZeroDivisionError: by nothing" in str(result.error)


def test_lack_of_memory_affects_one_picture(monkeypatch):
    def greedy(source: Any, **options: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("pochade.batch.batch.extract", greedy)
    monkeypatch.setattr("pochade.batch.batch.check_keywords", dict)
    (result,) = extract_many([Path("photo.jpg")], jobs=1)
    assert str(result.error) == "photo.jpg: not enough memory."


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_dead_process_affects_only_its_picture(monkeypatch):
    monkeypatch.setattr("pochade.batch.batch.outcome", work)
    monkeypatch.setattr("pochade.batch.batch.check_keywords", dict)
    monkeypatch.setattr("pochade.batch.batch._travels", lambda source: True)
    sources = ["a", "die", "b", "leave", "c"]
    answers = list(_doubled(sources))
    assert [answers[i] for i in (0, 2, 4)] == ["aa", "bb", "cc"]
    assert "die: the process that read it was killed by signal 9; most often there was not enough memory" in answers[1]
    assert "leave: the process that read it ended with status 3" in answers[3]


def _doubled(sources: list[str]) -> Iterator[str]:
    from pochade.batch.batch import _in_parallel

    for result in _in_parallel(sources, 2, 2):  # type: ignore[arg-type]  # the factor of `work`
        yield str(result.outcome)


def test_endless_sources_are_read_only_a_little_ahead():
    taken = []

    def endless() -> Iterator[np.ndarray]:
        while True:
            taken.append(1)
            yield flat(len(taken) % 256)

    results = extract_many(endless(), jobs=2)
    assert [next(results).palette.hex for _ in range(3)] == [["#010101"], ["#020202"], ["#030303"]]
    results.close()
    assert len(taken) < 150


def test_closed_results_leave_no_process(monkeypatch):
    import multiprocessing

    results = extract_many([flat(level) for level in range(9)], jobs=2)
    next(results)
    assert multiprocessing.active_children()
    results.close()
    assert not multiprocessing.active_children()


def test_a_crew_uses_no_more_processes_than_tasks():
    with Crew(8, work, 3) as crew:
        crew.give(0, 7)
        assert crew.collect() == [(0, 21)]
        crew.give(1, 8)
        assert crew.collect() == [(1, 24)]
        assert len(crew._waiting) == 1
        assert crew.collect() == []


def test_a_few_small_pictures_start_no_process(monkeypatch):
    monkeypatch.setattr("pochade.batch.batch._in_parallel", None)
    results = extract_many([flat(1), Path("missing.png"), flat(2)])
    assert [result.error is None for result in results] == [True, False, True]


@pytest.mark.parametrize(("setting", "value"), [("MAX_PIXELS_HERE", 20), ("MAX_SECONDS_ALONE", -1.0)])
def test_a_large_picture_or_much_work_starts_processes_and_gives_the_same_results(monkeypatch, photo, setting, value):
    sources = [flat(1), photo, flat(2), Path("missing.png")]
    expected = [str(result.outcome) for result in extract_many(sources, jobs=1)]
    monkeypatch.setattr(f"pochade.batch.batch.{setting}", value)
    assert [str(result.outcome) for result in extract_many(sources)] == expected


def test_an_error_names_the_limit_on_pixels_of_the_caller(monkeypatch):
    monkeypatch.setattr("pochade.batch.batch.MAX_PIXELS_HERE", 2)
    first, second = extract_many([flat(1), flat(2)], max_pixels=10)
    assert "16 pixels, more than the 10 pixels allowed" in str(first.error)
    assert "16 pixels, more than the 10 pixels allowed" in str(second.error)


def test_errors_survive_pickling():
    import pickle

    for error in (PochadeError("a: b"), UnknownNameError("method", "kmean", ["kmeans", "wu"])):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))


def test_results_compare_by_value_and_sources_have_names():
    error = PochadeError("x")
    assert Result("a", error) == Result("a", error)
    assert called("-") == "standard input"
    assert called(b"") == "a picture (bytes)"
