"""The command line as people run it: a process, sometimes with a terminal."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

POCHADE = [sys.executable, "-m", "pochade"]
_ABOUT_TERMINALS = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM", "COLUMNS", "LINES")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _ABOUT_TERMINALS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, where one is, with a.png (red, some blue), b.png (green), c.jpg and inner/d.png."""
    monkeypatch.chdir(tmp_path)
    codes = np.full((40, 60, 3), (206, 17, 38), np.uint8)
    codes[:10, :10] = 0, 35, 149
    Image.fromarray(codes).save("a.png")
    Image.new("RGB", (30, 20), "#008000").save("b.png")
    rng = np.random.default_rng(3)
    Image.fromarray(rng.integers(0, 255, (9, 12, 3), np.uint8)).resize((240, 180)).save("c.jpg", quality=92)
    (tmp_path / "inner").mkdir()
    Image.new("RGB", (5, 5), "#ffd700").save("inner/d.png")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `pochade` with arguments; `env` adds to the environment."""

    def run(*arguments: str, env: dict[str, str] | None = None, **more: object) -> subprocess.CompletedProcess[str]:
        options = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 60} | more
        return subprocess.run([*POCHADE, *arguments], env=os.environ | (env or {}), **options)

    return run


@pytest.fixture
def in_terminal(folder: Path) -> Callable[..., tuple[str, str]]:
    """Runs `pochade` with a terminal as standard output (and error, where asked): what each of them got."""
    pty = pytest.importorskip("pty")

    def run(*arguments: str, columns: int = 80, error_too: bool = False, **env: str) -> tuple[str, str]:
        import fcntl
        import struct
        import termios

        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
        process = subprocess.Popen(
            [*POCHADE, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs if error_too else subprocess.PIPE,
            env=os.environ | {"TERM": "xterm-256color"} | env,
        )
        os.close(theirs)
        shown = _read_to_end(ours)
        _, error = process.communicate(timeout=300)
        return shown.decode().replace("\r\n", "\n"), (error or b"").decode()

    return run


def _read_to_end(terminal: int) -> bytes:
    shown = b""
    while True:
        try:
            block = os.read(terminal, 1 << 16)
        except OSError:  # how Linux says that the other side is closed
            block = b""
        if not block:
            os.close(terminal)
            return shown
        shown += block
