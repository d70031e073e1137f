"""The number of threads."""

import os

import pytest

from pochade.errors import OptionError
from pochade.kernel.threads import MAX_THREADS, threads


@pytest.mark.parametrize(("text", "many"), [("1", 1), ("3", 3), ("99", MAX_THREADS)])
def test_the_environment_sets_the_number_up_to_a_limit(monkeypatch, text, many):
    monkeypatch.setenv("POCHADE_THREADS", text)
    assert threads() == many


@pytest.mark.parametrize("text", [None, "0"])
def test_the_default_is_one_thread_a_processor(monkeypatch, text):
    monkeypatch.delenv("POCHADE_THREADS", raising=False)
    if text is not None:
        monkeypatch.setenv("POCHADE_THREADS", text)
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert threads() == 5


@pytest.mark.parametrize("text", ["", "two", "-1", "1.5", "²"])
def test_other_values_are_refused(monkeypatch, text):
    monkeypatch.setenv("POCHADE_THREADS", text)
    with pytest.raises(OptionError, match="POCHADE_THREADS"):
        threads()
