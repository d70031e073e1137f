"""The end of `pochade serve`: signals, requests under way, and the workers."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

LONG = "/api/v1/palette?method=kmeans&k=256&n_init=1000&init=random"
"""Many minutes of work on the picture `slow`."""


@contextlib.contextmanager
def asked(server, until, wish: str, bodies: list[bytes]) -> Iterator[list]:
    """The answers to requests that are under way: one works, the others wait in the queue."""
    answers: list = []

    def ask(body: bytes) -> None:
        with contextlib.suppress(OSError):  # the server may end
            answers.append(server.ask("POST", wish, body))

    threads = [threading.Thread(target=ask, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()

    def under_way() -> bool:
        works = server.metric("pochade_busy_workers") == 1
        return (works and server.metric("pochade_waiting") == len(bodies) - 1) or bool(answers)

    until(under_way)
    yield answers
    for thread in threads:
        thread.join(300)
        assert not thread.is_alive()


def test_a_stop_waits_for_requests_under_way(serve, until, slow: bytes) -> None:
    wish = "/api/v1/palette?method=kmeans&k=64&n_init=5&init=random"  # seconds; half a minute on the NumPy twin
    with serve("--seconds", "200", "--grace", "200") as server:
        with asked(server, until, wish, [slow]) as answers:
            server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(120) == -signal.SIGTERM
        assert [status for status, *_ in answers] == [200]
        with pytest.raises(ConnectionRefusedError):
            server.ask("GET", "/api/v1/health")


def test_requests_that_the_grace_does_not_suffice_for_get_a_problem(serve, until, alive, slow: bytes) -> None:
    with serve("--seconds", "200", "--grace", "0.5") as server:
        workers = server.workers()
        with asked(server, until, LONG, [slow] * 3) as answers:
            server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(120) == -signal.SIGTERM
        log = server.log()
    assert len(answers) == 3
    for status, body, headers in answers:
        assert (status, headers["Content-Type"]) == (503, "application/problem+json")
        assert json.loads(body)["title"] == "Stopping"
        assert int(headers["Retry-After"]) >= 1
    assert not any(map(alive, workers))
    assert [line for line in log if "trace" in json.loads(line)] == []


def test_a_stopping_server_refuses_new_requests_and_is_alive_but_not_ready(serve, until, slow: bytes, png) -> None:
    with serve("--seconds", "200", "--grace", "200") as server:
        status, body, _ = server.ask("GET", "/api/v1/ready")
        assert (status, json.loads(body)) == (200, {"status": "ready", "workers": 1})
        with asked(server, until, LONG, [slow]) as answers:
            server.process.send_signal(signal.SIGTERM)
            until(lambda: server.ask("GET", "/api/v1/ready")[0] == 503)
            assert server.ask("GET", "/api/v1/health")[0] == 200
            for method, path, body in (("POST", "/api/v1/palette", png), ("GET", "/", None), ("GET", "/nothing", None)):
                status, said, headers = server.ask(method, path, body)
                assert (status, json.loads(said)["title"]) == (503, "Stopping")
                assert headers["Connection"] == "close"
            assert server.metric('pochade_refusals_total{reason="stopping"}') >= 3
            assert not answers
            server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(120) == -signal.SIGTERM


@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_the_server_and_its_workers_at_once(
    serve, until, alive, slow: bytes, first: signal.Signals, second: signal.Signals
) -> None:
    with serve("--seconds", "1000", "--grace", "1000") as server:
        workers = server.workers()
        with asked(server, until, LONG, [slow] * 2) as answers:
            server.process.send_signal(first)
            until(lambda: server.ask("GET", "/api/v1/ready")[0] == 503)
            server.process.send_signal(second)
            assert server.process.wait(120) == -second
        assert answers == []
        until(lambda: not any(map(alive, workers)))


def test_two_signals_end_an_idle_server(serve, until, alive) -> None:
    with serve() as server:
        workers = server.workers()
        server.process.send_signal(signal.SIGINT)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(120) in (-signal.SIGINT, 128 + signal.SIGINT)
        assert workers
        until(lambda: not any(map(alive, workers)))


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_server_that_starts(told: signal.Signals) -> None:
    command = [sys.executable, "-m", "pochade", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=lambda: signal.signal(2, signal.SIG_DFL)
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # the address, before the workers start
        process.send_signal(told)
        assert process.wait(120) in (-told, 128 + told)


def test_workers_end_with_a_killed_server_even_in_the_middle_of_a_task(serve, until, alive, slow: bytes) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("elsewhere they end after their task")
    with serve("--seconds", "1000") as server:
        workers = server.workers()
        with asked(server, until, LONG, [slow]):
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait(120)
        assert workers
        until(lambda: not any(map(alive, workers)))
