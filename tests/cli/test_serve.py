"""The options of `pochade serve`, on the command line and in the environment."""

from typing import Any

import click
import pytest

from pochade.cli.app import app
from pochade.cli.commands import commands
from pochade.cli.commands.serve import ENVIRONMENT


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The options that the server is run with."""
    options: dict[str, Any] = {}
    monkeypatch.setattr("pochade.web.run", lambda **given: options.update(given) or 0)
    return options


def test_each_option_is_an_environment_variable(served, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"WORKERS": "3", "MAX_MIB": "7", "SECONDS": "1.5", "PUBLIC": "1", "GRACE": "0", "RATE": "9/minute"}
    for name, text in given.items():
        monkeypatch.setenv(f"POCHADE_SERVE_{name}", text)
    assert app.run(["serve"]) == 0
    expected = {"workers": 3, "max_mib": 7, "seconds": 1.5, "public": True, "grace": 0, "rate": "9/minute"}
    assert {name: served[name] for name in expected} == expected
    options = [one for one in commands["serve"].params if isinstance(one, click.Option)]
    assert [one.envvar for one in options] == [
        ENVIRONMENT + one.opts[0].lstrip("-").replace("-", "_").upper() for one in options
    ]


def test_the_command_line_overrides_the_environment(served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POCHADE_SERVE_MAX_MIB", "7")
    assert app.run(["serve", "--max-mib", "8"]) == 0
    assert served["max_mib"] == 8


@pytest.mark.parametrize(
    ("option", "name"),
    [("--allow-sources", "allow_sources"), ("--cors", "origins"), ("--name", "names"), ("--url-key", "url_keys")],
)
def test_several_values_are_separated_by_commas(
    served, monkeypatch: pytest.MonkeyPatch, option: str, name: str
) -> None:
    assert app.run(["serve", option, "a.example, b.example", option, "c.example"]) == 0
    assert served[name] == ("a.example", "b.example", "c.example")
    monkeypatch.setenv(ENVIRONMENT + option[2:].replace("-", "_").upper(), "a.example, b.example")
    assert app.run(["serve"]) == 0
    assert served[name] == ("a.example", "b.example")


@pytest.mark.parametrize("text", ["x", "0", "-1", "1.5"])
def test_an_error_names_the_variable(served, monkeypatch, capsys, text: str) -> None:
    monkeypatch.setenv("POCHADE_SERVE_MAX_MIB", text)
    assert app.run(["serve"]) == 2
    assert "'POCHADE_SERVE_MAX_MIB'" in capsys.readouterr().err
    assert served == {}


def test_a_variable_that_names_no_option_is_refused(served, monkeypatch, capsys) -> None:
    monkeypatch.setenv("POCHADE_SERVE_MAXMIB", "7")
    assert app.run(["serve"]) == 2
    assert "Did you mean 'POCHADE_SERVE_MAX_MIB'?" in capsys.readouterr().err
    assert served == {}
