"""Small drawn pictures, and a crew in this process, for collections that cost little."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pochade
from pochade.collection import picture
from pochade.collection.work import ShardWork


def drawn(seed: int, side: int = 24) -> np.ndarray:
    """A gradient with a few discs: uint8 (side * 3 / 4, side, 3)."""
    rng = np.random.default_rng(seed)
    height, width = side * 3 // 4, side
    y, x = np.mgrid[:height, :width]
    first, second = rng.integers(0, 256, (2, 3))
    codes = first + (second - first) * (x / width)[..., None] + rng.normal(0, 3, (height, width, 1))
    for _ in range(3):
        cx, cy, radius = rng.integers(width), rng.integers(height), rng.integers(2, side // 3)
        codes[(x - cx) ** 2 + (y - cy) ** 2 < radius**2] = rng.integers(0, 256, 3)
    return codes.clip(0, 255).astype(np.uint8)


def save(path: Path, codes: np.ndarray) -> Path:
    """Save a picture as PNG, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(codes).save(path, "PNG")
    return path


class Here:
    """A crew whose only member is this process. read : the ids that were read."""

    def __init__(self, about: Any, read: list[str]) -> None:
        self._about, self._read, self._task = about, read, None

    @property
    def idle(self) -> bool:
        return self._task is None

    def give(self, number: int, task: Any) -> None:
        self._task = number, task

    def collect(self) -> list[tuple[int, Any]]:
        (number, task), self._task = self._task, None
        answer = picture.work(task, self._about)
        if answer.row is not None:
            self._read.append(task.id)
        return [(number, answer)]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the pictures that were decoded, or failed; the crew is this process."""
    ids: list[str] = []

    @contextmanager
    def crew(self: ShardWork, jobs: int) -> Iterator[Here]:
        yield Here((dict(self.options), self.each), ids)

    monkeypatch.setattr(ShardWork, "crew", crew)
    return ids


@pytest.fixture
def golden(tmp_path: Path) -> pochade.Collection:
    """A collection of format 1 as its first version wrote it: two pictures and a broken one."""
    copy = shutil.copytree(Path(__file__).parent / "golden-1.pochade", tmp_path / "golden-1.pochade")
    return pochade.Collection(copy)


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Two dozen pictures, some in a subfolder."""
    for i in range(24):
        save(tmp_path / "scans" / ("inner" if i % 5 == 0 else "") / f"{i:02d}.png", drawn(i))
    return tmp_path / "scans"


def files(folder: Path) -> dict[str, bytes]:
    """The files of a collection by name, without the index of searches."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "search" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
