"""Damaged and hostile palette files: a short run of tools/fuzz_palettes.py."""

import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from pochade import Color, Palette
from pochade.draw.letters import MAX_LETTERS, shortened, width_of
from pochade.export import export

PATH = Path(__file__).parents[2] / "tools" / "fuzz_palettes.py"
SPEC = spec_from_file_location("fuzz_palettes", PATH)
fuzz = module_from_spec(SPEC)
sys.modules["fuzz_palettes"] = fuzz  # where its dataclass looks itself up
SPEC.loader.exec_module(fuzz)

INPUTS = 100
"""Of each format; the script runs a million."""

SIZE = 80 << 10
"""The bytes of long inputs; 64 times as much, which bombs unpack to, is more than archives allow."""

NO_LIMIT = float("inf")
"""Seconds: a busy machine is no failure."""


@pytest.mark.parametrize("format", fuzz.readable())
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_mutated_files_are_loaded_or_refused(format):
    counts: Counter[str] = Counter()
    failures = [*fuzz.run(format, fuzz.inputs(format, 0, iter(range(INPUTS)), []), NO_LIMIT, counts)]
    assert [(failure.name, failure.what) for failure in failures] == []
    assert counts["refused"] + counts["loaded"] == INPUTS
    assert counts["loaded"] > 0


@pytest.mark.parametrize("format", fuzz.readable())
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_files_are_loaded_or_refused_and_bombs_and_entities_refused(format):
    built = [*fuzz.hostile(format, SIZE)]
    outcomes = [(name, *fuzz.check(format, content, fuzz.random.Random(name))) for name, content in built]
    assert [outcome for outcome in outcomes if outcome[2] is not None] == []
    expanding = [outcome for name, outcome, _ in outcomes if "bomb" in name or "entit" in name]
    assert expanding == ["refused"] * len(expanding)
    assert len(expanding) > 4 or format not in ("kpl", "procreate", "soc", "android")


def test_an_input_depends_on_format_seed_and_number_only():
    assert fuzz.mutated("gpl", 1, 7, []) == fuzz.mutated("gpl", 1, 7, [])
    assert len({fuzz.mutated("gpl", seed, at, []) for seed in (1, 2) for at in range(20)}) > 30


def test_a_failure_is_reported_with_its_traceback(monkeypatch):
    def defect(content: bytes, format: str | None) -> None:
        raise KeyError("x")

    monkeypatch.setattr(fuzz, "load", defect)
    (failure,) = fuzz.run("gpl", iter([("a", b"")]), NO_LIMIT, Counter())
    assert "KeyError: 'x'" in failure.what


@pytest.mark.parametrize("name", ["a" * 1_000_000, "a " * 500_000, "a" * (MAX_LETTERS + 1)])
def test_a_color_with_an_endless_name_is_drawn(name):
    assert export(Palette((Color((1, 2, 3), label=name),)), "svg")
    short = shortened(name, 20, 100)
    assert short.endswith("…")
    assert 60 < width_of(short, 20) <= 100
