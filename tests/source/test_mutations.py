"""Mutated pictures of every format give a picture or one of our errors: a short run of tools/fuzz_readers.py."""

import importlib.util
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("fuzz_readers", Path(__file__).parents[2] / "tools" / "fuzz_readers.py")
fuzz = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fuzz)

SEEDS = fuzz.seeds()
OUTCOMES = {"picture", "FormatError", "TruncatedError", "TooLargeError", "EmptyError", "OptionError", "died", "late"}
LIBRARIES = {"svg": "resvg_py", "pdf": "pypdfium2", "raw": "rawpy"}
PER_FORMAT = 25


@pytest.mark.parametrize("kind", SEEDS)
def test_mutated_pictures_are_read_or_refused(kind):
    inputs = fuzz.Inputs({kind: SEEDS[kind]}, seed=1)
    outcomes = [fuzz.outcome_of(*inputs[number][1:]) for number in range(PER_FORMAT)]
    assert set(outcomes) <= OUTCOMES
    assert len(set(outcomes)) > 1  # some mutations break a file, and some do not


@pytest.mark.parametrize("kind", SEEDS)
def test_the_pictures_that_are_mutated_can_be_read(kind):
    if kind in LIBRARIES:
        pytest.importorskip(LIBRARIES[kind])
    assert {fuzz.outcome_of(data, {"timeout": 600.0}) for data in SEEDS[kind]} == {"picture"}


def test_an_input_depends_on_its_number_and_the_seed_only():
    first, again, other = (fuzz.Inputs(SEEDS, seed) for seed in (1, 1, 2))
    assert [first[number] for number in range(50)] == [again[number] for number in reversed(range(50))][::-1]
    assert [first[number] for number in range(50)] != [other[number] for number in range(50)]


def test_a_foreign_exception_is_a_finding(monkeypatch):
    monkeypatch.setattr("pochade.source.dispatch.base_kind", lambda head: {}["defect"])
    with pytest.raises(KeyError):
        fuzz.outcome_of(b"x", {})
