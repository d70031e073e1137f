"""The notebooks run, reproduce their saved output, and begin with a question."""

import base64
import io
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from PIL import Image

EXAMPLES = Path(__file__).parent.parent / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the notebooks after a fresh run."""
    folder = tmp_path_factory.mktemp("notebooks")
    # a separate process, because kernels leave sockets and event loops open, whose warnings would be errors here
    script = [sys.executable, str(EXAMPLES / "notebooks.py"), str(folder)]
    done = subprocess.run(script, capture_output=True, text=True, env=os.environ | {"MPLCONFIGDIR": str(folder)})
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.flaky(reruns=2)  # another program can take the port of a kernel before the kernel does
def test_a_notebook_reproduces_its_saved_output(path: Path, ran: Path) -> None:
    now, saved = (nbformat.read(each, as_version=4) for each in (ran / path.name, path))
    for cell, old_cell in zip(now.cells, saved.cells, strict=True):
        assert (cell.id, cell.source) == (old_cell.id, old_cell.source)
        assert texts_of(cell) == texts_of(old_cell), f"{path.name}, cell {cell.id}: check it, then run make notebooks"
        for new, old in zip(pictures(cell), pictures(old_cell), strict=True):
            # versions of matplotlib crop figures with slightly different margins
            assert new == pytest.approx(old, abs=6)


def texts_of(cell: nbformat.NotebookNode) -> list[str]:
    """Texts in the output of a cell."""
    outputs = cell.get("outputs", [])
    texts = [output.get("text") or output.data.get("text/plain", "") for output in outputs]
    return ["a figure" if text.startswith("<Figure size") else text for text in texts]


def pictures(cell: nbformat.NotebookNode) -> list[tuple[int, int]]:
    """Width and height of the pictures in the output of a cell."""
    data = [output.data["image/png"] for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
    return [Image.open(io.BytesIO(base64.b64decode(each))).size for each in data]


def test_a_notebook_begins_with_one_question(path: Path) -> None:
    title, *_ = nbformat.read(path, as_version=4).cells[0].source.splitlines()
    assert title.startswith("# ")
    assert title.endswith("?")
    assert title.count("?") == 1


def test_a_notebook_contains_no_traces_of_the_machine(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}
    assert not any(cell.metadata for cell in notebook.cells)
    texts = [text for cell in notebook.cells for text in (cell.source, *texts_of(cell))]
    assert not any(place in text for text in texts for place in ("/home/", "/root/", "/tmp/", "/Users/", "C:\\"))
    assert path.stat().st_size < 600_000
