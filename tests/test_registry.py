import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Literal

import pytest

from pochade.cluster import methods
from pochade.errors import OptionError, UnknownNameError
from pochade.registry import Registry


@pytest.fixture
def registry():
    @dataclass(frozen=True)
    class About:
        suffix: str = ""

    registry = Registry("thing", "pochade.errors", about=About, supplied=frozenset({"rng"}))
    registry._loaded = True

    @registry.register("first", suffix=".one")
    def first(x, *, rng, size: int = 3, share: float = 0.5, how: Literal["a", "b"] = "a", on: bool = False):
        """Do the
        first thing.

        More.
        """

    return registry


def test_an_entry_knows_its_options(registry):
    entry = registry.entry("first")
    assert list(entry.options) == ["size", "share", "how", "on"]
    assert entry.options["size"].default == 3
    assert entry.options["how"].choices == ("a", "b")
    assert entry.asks == {"rng"}
    assert entry.about.suffix == ".one"
    assert entry.summary == "Do the first thing."


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("size", "7", 7), ("share", "1", 1.0), ("how", "b", "b"), ("on", "yes", True), ("on", "0", False)],
)
def test_options_are_read_from_text(registry, name, text, value):
    assert registry.entry("first").options[name].parse(text) == value


@pytest.mark.parametrize(
    ("name", "text"), [("size", "x"), ("size", "1.5"), ("how", "c"), ("on", "maybe"), ("share", "")]
)
def test_text_of_the_wrong_type_is_refused(registry, name, text):
    with pytest.raises(OptionError, match=f"{name}='{text}' is not allowed"):
        registry.entry("first").options[name].parse(text)


@pytest.mark.parametrize("values", [{"size": "3"}, {"size": True}, {"how": "z"}, {"on": 1}])
def test_values_of_the_wrong_type_are_refused(registry, values):
    with pytest.raises(OptionError, match="is not allowed"):
        registry.entry("first").check(values)


@pytest.mark.parametrize("name", ["frist", "", "__init__", None, 3, ["first"]])
def test_the_error_for_an_unknown_name_lists_the_known_ones(registry, name):
    with pytest.raises(UnknownNameError, match="Known: first"):
        registry[name]


def test_the_error_for_a_name_in_the_wrong_case_suggests_the_right_one():
    with pytest.raises(UnknownNameError, match=r"'v'\. Did you mean 'V'\? Known: I, V, i"):
        raise UnknownNameError("template", "v", ["I", "V", "i"])


def test_a_name_can_be_registered_only_once(registry):
    with pytest.raises(OptionError, match="registered already"):
        registry.add("first", print)


def test_none_is_a_value_of_optional_types():
    registry = Registry("thing", "pochade.errors")
    registry._loaded = True

    @registry.register("near")
    def near(x, *, eps: float | None = None, name: str | None = None, of: int | None = None):
        """Near."""

    options = registry.entry("near").options
    assert registry.entry("near").check({"eps": None, "name": None}) == {"eps": None, "name": None}
    assert (options["eps"].parse("0.5"), options["of"].parse("3"), options["name"].parse("a")) == (0.5, 3, "a")
    assert (options["eps"].allowed, options["of"].allowed) == ("a number", "a whole number")
    for name, value in (("eps", "0.5"), ("eps", True), ("name", 1), ("of", 1.5)):
        with pytest.raises(OptionError, match="is not allowed: give"):
            options[name].check(value)


def test_threads_never_see_a_partial_registry():
    fresh = Registry("method", "pochade.cluster")
    fresh._entries, seen = methods._entries, []
    threads = [threading.Thread(target=lambda: seen.append(fresh.names)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [methods.names] * 8


def test_look_ups_and_imports_in_parallel_do_not_deadlock():
    # in a fresh interpreter, some threads import modules that register values, and others look the values up
    code = """
import importlib, sys, threading
import pochade
from pochade.color.spaces import spaces
for name in [m for m in sys.modules if m.startswith("pochade.color.spaces.")]:
    del sys.modules[name]
spaces._entries.clear()
names = ["hsv", "cielab", "jzazbz", "ycbcr", "oklab"]
threads = [threading.Thread(target=lambda n=n: spaces[n], daemon=True) for n in names]
load = lambda n: importlib.import_module("pochade.color.spaces." + n)
threads += [threading.Thread(target=load, args=(n,), daemon=True) for n in names]
[t.start() for t in threads]
[t.join(120) for t in threads]
sys.exit(any(t.is_alive() for t in threads))
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=600).returncode == 0
