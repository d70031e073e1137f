#!/usr/bin/env python3
"""Runs the notebooks beside it, and saves them with their output.

    python notebooks.py [FOLDER]

Without FOLDER they are saved in place. They run in a folder of their own, with copies of the pictures, and nothing is
saved that differs from run to run: no times, no paths, no versions.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
NOTEBOOKS = sorted(HERE.glob("*.ipynb"))
SECONDS = 240
"""For one cell, at most."""

KEPT = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


async def run(path: Path, folder: Path) -> nbformat.NotebookNode:
    """The notebook with what its cells now say; an error in a cell is raised."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(KEPT)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    await client.async_execute()
    notebook.metadata = nbformat.from_dict(KEPT)  # the kernel has put its version there
    return notebook


async def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for picture in HERE.glob("*.jpg"):
            shutil.copy(picture, folder)
        with tempfile.TemporaryDirectory() as own:  # what kernels keep of their sessions, too, goes with them
            os.environ |= {"IPYTHONDIR": own, "JUPYTER_RUNTIME_DIR": own, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
            ran = await asyncio.gather(*(run(path, Path(folder)) for path in NOTEBOOKS))
    for path, notebook in zip(NOTEBOOKS, ran, strict=True):
        nbformat.validate(notebook)
        nbformat.write(notebook, target / path.name)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE))
