"""Clients of an app in the test process, and servers in their own processes."""

import http.client
import importlib
import io
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("fastapi")

from starlette.testclient import TestClient

from pochade.web.app import create_app
from pochade.web.settings import Settings


def encoded(codes: np.ndarray, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.fromarray(codes).save(file, kind)
    return file.getvalue()


@contextmanager
def client_of(**settings: Any) -> Iterator[TestClient]:
    app = create_app(Settings(**{"workers": 1, **settings}))
    with TestClient(app, base_url="http://127.0.0.1:8017", raise_server_exceptions=False) as client:
        client.service = app.state.service
        yield client


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A client of an app with one worker, shared by many tests."""
    with client_of() as client:
        yield client


@pytest.fixture(name="client_of", scope="session")
def _client_of() -> Callable[..., Any]:
    return client_of


@pytest.fixture
def encode() -> Callable[..., bytes]:
    return encoded


@pytest.fixture
def png(flag: np.ndarray) -> bytes:
    return encoded(flag)


@pytest.fixture
def jpeg(photo: np.ndarray) -> bytes:
    return encoded(photo, "JPEG")


@pytest.fixture
def stored(client: TestClient, png: bytes) -> str:
    """The digest of a picture in the memory of the shared app."""
    return client.post("/api/v1/pictures", content=png).json()["picture"]


def _restore_sigint() -> None:
    """A shell's background jobs, such as a test run may be, ignore Ctrl-C, and hand that on: not to the server."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Server:
    """A `pochade serve` in its own process."""

    def __init__(self, process: subprocess.Popen[str], port: int, log: IO[str]) -> None:
        self.process, self.port, self._log = process, port, log

    def log(self) -> list[str]:
        self._log.seek(0)
        return self._log.read().splitlines()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def metric(self, name: str) -> float:
        lines = self.ask("GET", "/api/v1/metrics")[1].decode().splitlines()
        return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        if not Path("/proc/self").exists():
            pytest.skip("needs /proc")
        paths = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [int(pid) for path in paths for pid in path.read_text().split()]
        return [pid for pid in pids if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]


@contextmanager
def running_server(*options: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "pochade", "serve", "--port", "0", "--workers", "1", *options]
    with (
        tempfile.TemporaryFile("w+") as log,  # not a pipe: an unread pipe fills up and blocks the server
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=_restore_sigint) as process,
    ):
        assert process.stdout is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        server = Server(process, port, log)
        assert json.loads(server.ask("GET", "/api/v1/health")[1])["status"] == "ok"
        try:
            yield server
        finally:
            process.terminate()
            process.communicate(timeout=120)


@pytest.fixture(scope="session")
def serve() -> Callable[..., Any]:
    return running_server


@pytest.fixture(scope="session")
def alive() -> Callable[[int], bool]:
    """Whether a process runs; a zombie does not."""

    def alive(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
        except OSError:
            return False

    return alive


@pytest.fixture(scope="session")
def slow() -> bytes:
    """A picture whose k-means with many starts takes longer than 4 seconds."""
    rng = np.random.default_rng(0)
    return encoded(rng.integers(0, 255, (700, 700, 3), np.uint8), "BMP")


@pytest.fixture(name="until", scope="session")
def _until() -> Callable[..., None]:
    return until


@pytest.fixture(scope="session")
def tasks() -> Iterator[Any]:
    """The module `worker_tasks`, on a path from which workers can import it."""
    sys.path.insert(0, str(Path(__file__).parent))
    yield importlib.import_module("worker_tasks")
    sys.path.pop(0)


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)
