#!/usr/bin/env python3
"""Run the notebooks in this folder and save them with their output.

    python notebooks.py [FOLDER]

Without FOLDER they are saved in place. They run in a temporary folder with copies of the pictures. Nothing that differs
from run to run is saved: no times, paths or versions.
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
"""Time limit for one cell."""

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


async def run(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook and return it with its new output; raise the error of a failing cell."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(METADATA)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    await client.async_execute()
    notebook.metadata = nbformat.from_dict(METADATA)  # the kernel adds its version
    return notebook


async def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for picture in HERE.glob("*.jpg"):
            shutil.copy(picture, folder)
        with tempfile.TemporaryDirectory() as own:  # for the files of the kernels; deleted afterwards
            os.environ |= {"IPYTHONDIR": own, "JUPYTER_RUNTIME_DIR": own, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
            ran = [await run(path, Path(folder)) for path in NOTEBOOKS]  # kernels that start together race for ports
    for path, notebook in zip(NOTEBOOKS, ran, strict=True):
        nbformat.validate(notebook)
        nbformat.write(notebook, target / path.name)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE))
