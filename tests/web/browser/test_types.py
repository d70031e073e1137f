"""TypeScript's compiler checks the types in the JSDoc of the modules."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]


def test_the_modules_pass_the_type_checker(tmp_path):
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("no npm: apt-get install npm")
    for name in ("package.json", "package-lock.json"):
        if (HERE / name).exists():
            shutil.copy(HERE / name, tmp_path)
    fetched = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--silent"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if fetched.returncode:
        pytest.skip(f"TypeScript could not be fetched: {fetched.stderr[-200:]}")
    compiler = tmp_path / "node_modules/.bin/tsc"
    checked = subprocess.run([compiler, "-p", HERE / "jsconfig.json"], capture_output=True, text=True, timeout=600)
    assert checked.stdout == ""
    assert checked.returncode == 0
