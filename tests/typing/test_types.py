"""mypy and pyright see the types of pochade's public names, as in a program that uses the installed package."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pochade

PROGRAM = Path(__file__).with_name("program.py")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the program in a folder without our configuration."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(PROGRAM, tmp_path)
    return PROGRAM.name


def check(*command: str) -> None:
    environment = os.environ | {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    run = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, env=environment, timeout=600)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_program_uses_every_public_name() -> None:
    names = set(re.findall(r"pochade\.(\w+)", PROGRAM.read_text()))
    assert set(pochade.__all__) <= names


@pytest.mark.parametrize(("noun", "variable"), [(pochade.Palette, "palette"), (pochade.Color, "color")])
def test_the_program_uses_every_public_attribute_of_a_noun(noun: type, variable: str) -> None:
    names = set(re.findall(rf"(?i)\b{variable}\.(\w+)", PROGRAM.read_text()))
    fields = noun.__dataclass_fields__  # type: ignore[attr-defined]
    public = {name for name in (*vars(noun), *fields) if not name.startswith("_")}
    assert public <= names


def test_mypy_sees_the_types(program: str) -> None:
    check("mypy", "--strict", "--config-file=", "--no-incremental", program)


def test_pyright_sees_the_types(program: str) -> None:
    check("pyright", "--pythonpath", sys.executable, program)
