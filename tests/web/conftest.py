"""Clients of a server in this process, and servers of their own."""

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
    """A client of one server with one worker, which many tests share."""
    with client_of() as found:
        yield found


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
def held(client: TestClient, png: bytes) -> str:
    """The digest of a picture that the shared server holds."""
    return client.post("/api/v1/pictures", content=png).json()["picture"]


def _heard() -> None:
    """A shell's background jobs, such as a test run may be, ignore Ctrl-C, and hand that on: not to the server."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Served:
    """A `pochade serve` of its own."""

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


@contextmanager
def served(*options: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "pochade", "serve", "--port", "0", "--workers", "1", *options]
    with (
        tempfile.TemporaryFile("w+") as log,  # not a pipe, which would be full when nobody reads it
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=_heard) as process,
    ):
        assert process.stdout is not None
        port = int(process.stdout.readline().split(":")[2].split("/")[0])
        server = Served(process, port, log)
        assert json.loads(server.ask("GET", "/api/v1/health")[1])["status"] == "ok"
        try:
            yield server
        finally:
            process.terminate()
            process.communicate(timeout=120)


@pytest.fixture(scope="session")
def serve() -> Callable[..., Any]:
    return served


@pytest.fixture(name="until", scope="session")
def _until() -> Callable[..., None]:
    return until


@pytest.fixture(scope="session")
def tasks() -> Iterator[Any]:
    """The module of that name, where workers find it too."""
    sys.path.insert(0, str(Path(__file__).parent))
    yield importlib.import_module("worker_tasks")
    sys.path.pop(0)


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something that comes true."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)
