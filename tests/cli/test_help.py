"""`pochade --help` fits one screen, and every command's help has an example."""

import pytest
from click.testing import CliRunner

from pochade.cli.app import app
from pochade.cli.commands import commands


def help_of(*arguments: str) -> str:
    return CliRunner(env={"COLUMNS": "80"}).invoke(app, [*arguments, "--help"]).stdout


def test_the_help_of_the_program_fits_one_screen():
    lines = help_of().splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_the_help_of_the_program_names_every_command_and_every_option_of_extract():
    words = {word.rstrip(",") for word in help_of().split()}
    assert {*commands.names} <= words
    shown = [one for one in commands["extract"].params if one.name not in ("pictures", "k")]
    assert {one.opts[-1] for one in shown if not getattr(one, "hidden", False)} - words == set()


@pytest.mark.parametrize("name", commands.names)
def test_the_help_of_a_command_has_its_example(name):
    (example,) = [line for line in help_of(name).splitlines() if line.startswith("Example: pochade ")]
    command = commands[name]
    assert example == f"Example: {command.example}"


def test_the_help_of_extract_has_its_options_in_groups():
    headings = [line for line in help_of("extract").splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert headings == ["Colors:", "Reading:", "Limits:", "Files:", "Output:", "Explain:", "Options:"]


@pytest.mark.parametrize(("name", "default"), [("extract", "8"), ("theme", "16"), ("film", "6")])
def test_the_help_of_a_command_has_its_own_default(name, default):
    assert f"or auto.  [default: {default}]" in help_of(name)
