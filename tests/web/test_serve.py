"""`pochade serve` as a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.flaky(reruns=2)  # real clocks, on a machine that may be busy

CLUSTERS = "/api/v1/clusters"


@pytest.fixture(scope="module")
def server(serve):
    with serve("--seconds", "4", "--memory", "600") as pids:
        yield pids


def test_a_picture_that_takes_too_long_ends_its_worker_not_the_server(server, slow: bytes, png: bytes) -> None:
    status, said, _ = server.ask("POST", "/api/v1/palette?method=kmeans&k=256&n_init=500&init=random", slow)
    assert (status, json.loads(said)["title"]) == (413, "Too much work")
    assert server.ask("POST", "/api/v1/palette", png)[0] == 200
    assert server.metric('pochade_tasks_total{outcome="late"}') == 1


def test_a_killed_idle_worker_is_replaced_without_an_error(server, until, alive, png: bytes) -> None:
    died = 'pochade_tasks_total{outcome="died"}'
    before = server.metric(died)
    workers = server.workers()
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    until(lambda: not any(map(alive, workers)))
    statuses = [server.ask("POST", "/api/v1/palette", png)[0] for _ in range(2)]
    assert statuses == [200, 200]
    assert server.ask("GET", "/api/v1/health")[0] == 200
    assert server.metric(died) == before + 1


def test_a_full_queue_says_when_to_try_again_and_health_still_answers(serve, until, slow: bytes, png: bytes) -> None:
    answers = []

    def ask() -> None:
        url = "/api/v1/palette?method=kmeans&k=256&n_init=1000&init=random"
        answers.append(server.ask("POST", url, slow)[0])

    def end_work() -> None:
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)

    with serve("--seconds", "1000", "--queue", "1") as server:
        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        until(lambda: server.metric("pochade_waiting") == 1)
        status, said, headers = server.ask("POST", "/api/v1/palette", png)
        assert server.ask("GET", "/api/v1/health")[0] == 200
        assert not answers
        assert (status, json.loads(said)["title"]) == (503, "Busy")
        assert int(headers["Retry-After"]) >= 1
        end_work()
        until(lambda: server.metric("pochade_waiting") == 0)
        end_work()
        for thread in threads:
            thread.join()
    assert answers == [413, 413]


def test_the_log_is_lines_of_json_and_no_worker_survives(serve, png: bytes) -> None:
    with serve() as server:
        server.ask("POST", "/api/v1/palette", png)
        workers = server.workers()
        assert workers
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(120) == 128 + signal.SIGINT
        lines = server.log()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert any(json.loads(line).get("status") == 200 for line in lines)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_a_port_in_use_is_reported_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-m", "pochade", "serve", "--port", port], capture_output=True, text=True, timeout=120
        )
    assert run.returncode == 2
    assert run.stderr.startswith(f"pochade: 127.0.0.1 port {port} cannot be listened on")
    assert run.stderr.count("\n") == 1


def test_a_missing_extra_is_reported_with_its_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from pochade.errors import PochadeError
    from pochade.web import run

    monkeypatch.setitem(sys.modules, "limits", None)
    with pytest.raises(PochadeError, match=r"pip install 'pochade\[web\]'"):
        run()


def test_the_page_and_its_files_are_served(server) -> None:
    static = Path(__file__).parents[2] / "src" / "pochade" / "web" / "static"
    if not (static / "index.html").exists():
        pytest.skip("there is no page yet")
    status, body, headers = server.ask("GET", "/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"<script>" not in body
    for path in [path for path in static.rglob("*") if path.is_file()][:5]:
        url = f"http://127.0.0.1:{server.port}/static/{path.relative_to(static).as_posix()}"
        with urllib.request.urlopen(url) as answer:
            assert answer.read() == path.read_bytes()
            assert answer.headers["Cache-Control"] == "no-cache"
