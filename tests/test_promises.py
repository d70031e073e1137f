"""The page of promises: each names tests that exist, and options that exist."""

import ast
import re
from pathlib import Path

import pytest

from pochade.cli.commands import commands

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "promises.md").read_text(encoding="utf-8")
ROWS = [
    re.split(r"\s*\|\s*", line.strip("| "))
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| promise ")
]


def named_tests(row: list[str]) -> list[tuple[str, str]]:
    """The files and names of the tests of a promise."""
    return re.findall(r"`([\w/]+\.py)::(\w+)`", row[-1])


def test_the_page_has_promises() -> None:
    assert len(ROWS) > 20
    assert all(len(row) == 3 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_tests_of_a_promise_exist(row: list[str]) -> None:
    assert named_tests(row), "a promise needs a test"
    assert len(named_tests(row)) == row[-1].count("::")
    for file, name in named_tests(row):
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name in functions, f"{file} has no test {name}"


def test_the_options_of_the_promises_exist() -> None:
    named = {option for row in ROWS for option in re.findall(r"`(--[a-z-]+)`", row[0])}
    known = {option for parameter in commands["serve"].params for option in parameter.opts}
    assert len(named) > 8
    assert named <= known
