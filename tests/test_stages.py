"""`make test` counts the tests of all stages, and continues after a failed stage."""

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).with_name("stages.py")
spec = importlib.util.spec_from_file_location("stages", PATH)
assert spec is not None
assert spec.loader is not None
stages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stages)


def written(folder: Path, name: str, text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    path = folder / f"test_{name}.py"
    path.write_text(text)
    plain = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # to load them takes seconds
    return plain, (f"--rootdir={folder}", "--confcutdir", str(folder), "-p", "no:cacheprovider", "-q", str(path))


def test_all_stages_run_and_the_last_line_counts_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = {
        "a failure": written(tmp_path, "a", "def test_a(): assert 0\ndef test_b(): pass\n"),
        "an error": written(tmp_path, "b", "raise ValueError\n"),
        "a skip": written(tmp_path, "c", "import pytest\n@pytest.mark.skip\ndef test_a(): pass\ndef test_b(): pass\n"),
    }
    assert stages.main(chosen) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 2 failed, 1 skipped"


def test_success_is_an_exit_code_of_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stages.main({"one": written(tmp_path, "a", "def test_a(): pass\n")}) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


@pytest.mark.parametrize("path", [*stages.ON_KERNEL, stages.BROWSER])
def test_a_stage_names_paths_that_exist(path: str) -> None:
    assert (PATH.parent.parent / path).exists()
