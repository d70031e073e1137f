"""Limits of one client and of all: nobody holds the event loop, or places of others. All servers are on loopback.

A client is an address: 127.0.0.1 attacks, 127.0.0.2 is another client.
"""

import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn

from pochade.errors import OptionError
from pochade.web import body, connection
from pochade.web.app import create_app
from pochade.web.body import Pace
from pochade.web.clients import Full, Tally
from pochade.web.connection import connections
from pochade.web.problems import Problem
from pochade.web.server import settings_of
from pochade.web.settings import MIB, Settings

PALETTE = "/api/v1/palette"
HEALTH = "/api/v1/health"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="all of 127.0.0.0/8 is loopback on Linux only")
WAIT = 120
PATIENT: dict[str, Any] = {"patience": 1000.0, "least_rate": 0}
"""Settings of a server that waits for bodies for longer than a test."""


class Running:
    """A server in a thread of this process."""

    def __init__(self, server: uvicorn.Server, app: Any, port: int) -> None:
        self.server, self.service, self.port = server, app.state.service, port

    def open(self, client: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), WAIT, (client, 0))

    def ask(self, method: str, path: str, body: Any = None, client: str = "127.0.0.1", **headers: str) -> Any:
        """The status and the body of an answer, parsed if it is JSON."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, WAIT, (client, 0))
        try:
            asking.request(method, path, body, headers)
            answer = asking.getresponse()
            content = answer.read()
            return answer.status, json.loads(content) if "json" in answer.headers["Content-Type"] else content
        finally:
            asking.close()


@contextmanager
def running(trusted: tuple[str, ...] = (), **settings: Any) -> Iterator[Running]:
    limits = Settings(**{"workers": 1, "seconds": 100, **settings})
    app = create_app(limits)
    config = uvicorn.Config(
        app,
        http=connections(limits, trusted, app.state.service.metrics.count_refusal),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=64 << 10,
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        end = time.monotonic() + WAIT
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < end
            time.sleep(0.02)
        try:
            yield Running(server, app, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(WAIT)


def head(path: str = PALETTE, *lines: str, method: str = "POST") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode()


def answer_of(connection: socket.socket) -> bytes:
    """All that the server sends until it closes the connection."""
    said = b""
    try:
        while piece := connection.recv(1 << 16):
            said += piece
    except ConnectionError:
        pass
    return said


def send_forever(connection: socket.socket, piece: bytes) -> None:
    while True:
        connection.sendall(piece)
        time.sleep(0.001)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as server:
        yield server


def test_a_tally_counts_for_each_client_and_for_all() -> None:
    tally = Tally(10, 6)
    tally.take("a", 6)
    for client, amount, own in (("a", 1, True), ("b", 5, False), (None, 5, False)):
        with pytest.raises(Full) as caught:
            tally.take(client, amount)
        assert caught.value.own is own
    tally.take("b", 2)
    tally.take(None, 2)
    tally.give("a", 6)
    tally.take("a", 6)
    assert tally.held == 10


def test_the_budget_of_bodies_follows_the_largest_picture() -> None:
    assert Settings().body_bytes == 512 * MIB
    assert Settings(max_bytes=1000 * MIB).body_bytes == 2000 * MIB
    with pytest.raises(OptionError, match="body_mib=100 is not allowed: give at least max_mib, 256"):
        settings_of(body_mib=100)
    assert settings_of(public=True, body_mib=100).body_bytes == 100 * MIB
    assert settings_of(public=True).share < settings_of(public=True, share=0.5).share == Settings().share


# Bodies that cost more than their bytes.

TINY_PART = b"--xxxxxxxx\r\n\r\n\r\n"
NAMED_PART = b'--xxxxxxxx\r\nContent-Disposition: form-data; name="k"\r\n\r\n5\r\n'
COSTLY = {
    "empty parts": (TINY_PART * (8 * MIB // len(TINY_PART)), "multipart/form-data; boundary=xxxxxxxx", 400),
    "named parts": (NAMED_PART * (8 * MIB // len(NAMED_PART)), "multipart/form-data; boundary=xxxxxxxx", 413),
    "beginnings of a boundary": (b"\r\n--xxxxxxx" * 800_000, "multipart/form-data; boundary=xxxxxxxx", 400),
    "keys": (("{" + ",".join(f'"{i:x}":1' for i in range(900_000)) + "}").encode(), "application/json", 413),
    "numbers": (b'{"k":[' + b"0," * 4_000_000 + b"0]}", "application/json", 413),
    "percent signs": (b'{"data":"data:,' + b"%41" * 3_000_000 + b'"}', "application/json", 415),
    "brackets": (b'{"k":' + b"[" * 4_000_000, "application/json", 413),
}


@pytest.mark.parametrize(("sent", "kind", "status"), COSTLY.values(), ids=COSTLY)
def test_a_costly_body_is_refused_while_others_are_answered(
    server: Running, until, sent: bytes, kind: str, status: int
) -> None:
    steps: list[float] = []
    done = threading.Event()

    def probe() -> None:
        while not done.is_set():
            start = time.process_time()
            assert server.ask("GET", HEALTH, client="127.0.0.1")[0] == 200
            steps.append(time.process_time() - start)

    thread = threading.Thread(target=probe)
    thread.start()
    try:
        answered = server.ask("POST", PALETTE, sent, **{"Content-Type": kind})
    finally:
        done.set()
        thread.join()
    assert answered[0] == status, answered
    # Processor time of this process, not of a busy machine: the time that the loop was held. It was 2 s and more.
    assert max(steps) < 1, steps
    until(lambda: server.service.bodies.bytes == 0)


def test_a_body_in_tiny_chunks_is_refused(server: Running) -> None:
    with server.open() as slow:
        slow.sendall(head(PALETTE, "Transfer-Encoding: chunked"))
        for _ in range(20):
            slow.sendall(b"1\r\na\r\n" * 5000)
        slow.sendall(b"0\r\n\r\n")
        said = answer_of(slow)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert json.loads(said.partition(b"\r\n\r\n")[2])["detail"].startswith("The body comes in too small chunks")
    assert server.ask("GET", HEALTH)[0] == 200


def test_usual_chunks_are_read(server: Running, png: bytes) -> None:
    for size in (1, 1 << 12, 1 << 16):
        data = png[: 900 * size]  # a thousand small chunks are allowed
        chunks = (data[i : i + size] for i in range(0, len(data), size))
        status, said = server.ask("POST", f"{PALETTE}?truncated=true", chunks)
        assert (status, said.get("title", "")) in ((200, ""), (422, "Picture ends early"), (415, "Not a picture")), said


def test_a_head_with_many_lines_is_refused(server: Running) -> None:
    with server.open() as many:
        many.sendall(head(HEALTH, *["X: a"] * 200, method="GET"))
        said = answer_of(many)
    assert said.startswith(b"HTTP/1.1 431 ")
    assert b"more than 100 lines" in said
    assert b"content-type: application/problem+json" in said


def test_what_is_not_http_gets_a_problem_that_counts(server: Running) -> None:
    def refusals() -> float:
        metrics = server.ask("GET", "/api/v1/metrics")[1].decode().splitlines()
        name = 'pochade_refusals_total{reason="bad-request"} '
        return next(float(line.removeprefix(name)) for line in metrics if line.startswith(name))

    before = refusals()
    with server.open() as odd:
        odd.sendall(b"hello\r\n\r\n")
        said = answer_of(odd)
    assert json.loads(said.partition(b"\r\n\r\n")[2])["title"] == "Request not understood"
    assert refusals() == before + 1


def test_a_long_head_in_pieces_is_refused_as_such(server: Running) -> None:
    with server.open() as long:
        long.sendall(head(HEALTH, method="GET")[:-2] + b"X: " + b"a" * 70_000)
        said = answer_of(long)
    assert said.startswith(b"HTTP/1.1 431 ")
    assert json.loads(said.partition(b"\r\n\r\n")[2])["detail"] == "The head of the request has more than 65,536 bytes."


@pytest.mark.parametrize("path", [PALETTE, "/api/v1/compare", "/api/v1/lists"])
def test_a_query_with_many_options_is_refused(client, path: str) -> None:
    assert client.get(f"{path}?" + "&".join(["a"] * 5000)).status_code in (400, 404)
    if path == PALETTE:
        assert "more than 256 options" in client.get(f"{path}?" + "&".join(["a"] * 5000)).json()["detail"]


# Time.


def test_a_body_that_stalls_is_refused_although_much_of_it_came_fast(monkeypatch) -> None:
    monkeypatch.setattr(body, "PACE_SECONDS", 0.5)
    with running() as server, server.open() as slow:
        slow.sendall(head(PALETTE, f"Content-Length: {4 * MIB}") + b"\xff" * MIB)
        said = answer_of(slow)
        assert said.startswith(b"HTTP/1.1 408 ")
        assert b"fewer than 4,096 bytes a second over 0.5 s" in said
        assert server.service.bodies.bytes == 0


def test_a_slow_body_may_keep_the_least_rate(monkeypatch) -> None:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(body, "time", SimpleNamespace(monotonic=lambda: clock.now))
    pace = Pace(Settings(least_rate=100, patience=60))

    def arrive(count: int) -> None:
        clock.now += body.PACE_SECONDS
        pace.count(count)
        pace.check()

    for _ in range(3):
        arrive(500)
    arrive(10_000)
    with pytest.raises(Problem, match="fewer than 100 bytes a second over 5 s"):
        arrive(499)
    clock.now = 60
    with pytest.raises(Problem, match="did not arrive within 60 s"):
        pace.check()


def test_slow_clients_delay_no_other(png: bytes) -> None:
    with running(**PATIENT) as server:
        held = [server.open() for _ in range(20)]
        for one in held:
            one.sendall(head(PALETTE, "Content-Length: 9000") + b"abc")
        assert server.ask("POST", PALETTE, png)[0] == 200  # else it would wait until its client gives up
        for one in held:
            one.close()


def test_slow_heads_and_idle_connections_end(monkeypatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 3.0)
    with running() as server, server.open() as idle, server.open() as slow:
        slow.sendall(head(HEALTH, method="GET")[:-2])
        assert answer_of(slow).startswith(b"HTTP/1.1 408 ")
        assert answer_of(idle) == b""
        assert server.ask("GET", HEALTH)[0] == 200


def test_the_rest_of_a_refused_body_is_read_only_for_a_while() -> None:
    with running(max_bytes=MIB, patience=0.5) as server, server.open() as endless:
        endless.sendall(head(PALETTE, "Content-Length: 99999999999"))
        with pytest.raises(ConnectionError):
            send_forever(endless, b"\xff" * 65536)
        assert server.ask("GET", HEALTH)[0] == 200


def test_a_client_that_does_not_read_its_answers_is_disconnected(monkeypatch, until: Callable[..., None]) -> None:
    monkeypatch.setattr(connection, "DRAIN_SECONDS", 0.5)
    with running() as server, server.open() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.settimeout(0.5)
        with pytest.raises((ConnectionError, TimeoutError)):  # the answers fill the buffers of the system, then ours
            send_forever(deaf, head("/api/v1/openapi.json", method="GET"))
        until(lambda: not server.server.server_state.connections)


# Places.


@LINUX
def test_connections_that_do_nothing_give_way() -> None:
    with running(connections=8, share=0.5) as server:
        held = [server.open() for _ in range(40)]
        assert server.ask("GET", HEALTH)[0] == 200
        assert server.ask("GET", HEALTH, client="127.0.0.2")[0] == 200
        assert len(server.server.server_state.connections) <= 5
        others = [server.open(f"127.0.0.{i}") for i in range(3, 30)]
        assert server.ask("GET", HEALTH, client="127.0.0.2")[0] == 200
        for one in held + others:
            one.close()


@LINUX
def test_busy_connections_of_one_client_leave_places_for_others(until) -> None:
    with running(connections=8, share=0.5, **PATIENT) as server:
        held = [server.open() for _ in range(4)]
        for one in held:
            one.sendall(head(PALETTE, "Content-Length: 9000"))
        until(lambda: sum(not one.idle for one in [*server.server.server_state.connections]) == 4)
        with server.open() as fifth:
            assert b"This client has too many connections" in answer_of(fifth)
        assert server.ask("GET", HEALTH, client="127.0.0.2")[0] == 200
        for one in held:
            one.close()


def test_a_trusted_proxy_has_no_limit_of_its_own() -> None:
    with running(connections=8, share=0.25, trusted=("127.0.0.1",), **PATIENT) as server:
        held = [server.open() for _ in range(6)]
        for one in held:
            one.sendall(head(PALETTE, "Content-Length: 9000"))
        assert server.ask("GET", HEALTH)[0] == 200
        for one in held:
            one.close()


@LINUX
def test_arriving_bodies_of_one_client_leave_bytes_for_others(until, png: bytes) -> None:
    with running(body_bytes=8 * MIB, max_bytes=2 * MIB, share=0.25, **PATIENT) as server:
        held = [server.open() for _ in range(2)]
        for one in held:
            one.sendall(head(PALETTE, f"Content-Length: {MIB}") + b"\xff" * (MIB - 10))
        until(lambda: server.service.bodies.bytes > 2 * MIB - 100)
        status, said = server.ask("POST", PALETTE, b"\xff" * MIB)
        assert (status, said["title"]) == (503, "Busy")
        assert "from this client" in said["detail"]
        assert server.ask("POST", PALETTE, png, client="127.0.0.2")[0] == 200
        assert server.service.bodies.bytes < 3 * MIB
        for one in held:
            one.close()
        until(lambda: server.service.bodies.bytes == 0)


SLOW = f"{PALETTE}?method=kmeans&k=256&n_init=1000&init=random"


def slow_picture(encode, i: int) -> bytes:
    """A picture whose k-means takes minutes."""
    import numpy as np

    return encode(np.random.default_rng(i).integers(0, 255, (500, 500, 3), np.uint8), "BMP")


def start(target: Callable[[], Any], count: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=target, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def end_work(server: Running) -> None:
    """End the task that is at work."""
    os.kill(server.service.pool.pids[0], signal.SIGKILL)


@LINUX
def test_tasks_of_one_client_leave_places_and_turns_for_others(until, encode, png: bytes) -> None:
    with running(queue=8, share=0.25, seconds=1000) as server:
        pool = server.service.pool
        statuses: list[int] = []
        others: list[int] = []
        data = slow_picture(encode, 0)
        threads = start(lambda: statuses.append(server.ask("POST", SLOW, data)[0]), 6)
        until(lambda: pool.waiting == 2 and len(statuses) == 3)
        assert statuses == [503] * 3
        assert server.ask("GET", HEALTH)[0] == 200
        other = start(lambda: others.append(server.ask("POST", PALETTE, png, client="127.0.0.2")[0]), 1)
        until(lambda: pool.waiting == 3)
        end_work(server)
        other[0].join(WAIT)
        assert others == [200]
        until(lambda: pool.busy == 1)
        assert pool.waiting == 1  # the other client did not wait for all
        end_work(server)
        until(lambda: pool.waiting == 0)
        end_work(server)
        for thread in threads:
            thread.join(WAIT)
        assert sorted(statuses) == [413] * 3 + [503] * 3


@LINUX
def test_queued_bodies_stay_within_their_budget(until, encode) -> None:
    data = slow_picture(encode, 0)
    with running(body_bytes=10 * len(data), max_bytes=4 * len(data), hold_bytes=len(data), seconds=1000) as server:
        statuses: list[int] = []
        most = 0

        def send() -> None:
            padded = data + bytes(2 * len(data)) + threading.current_thread().name.encode()
            statuses.append(server.ask("POST", SLOW, padded)[0])

        first = start(send, 1)
        until(lambda: server.service.pool.busy == 1)
        threads = start(send, 7)
        while any(thread.is_alive() for thread in threads):
            most = max(most, server.service.bodies.bytes)
            time.sleep(0.01)
        assert most <= 5 * len(data) + 1  # half of the budget
        assert statuses == [503] * 7
        end_work(server)
        first[0].join(WAIT)
        assert statuses[7:] == [413]
        until(lambda: server.service.bodies.bytes == 0)


# URLs.


class Dripping(threading.Thread):
    """A server that sends a byte of its answer now and then; `open` counts its connections."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}/"
        self.open = 0

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.drip, args=(connection,), daemon=True).start()

    def drip(self, connection: socket.socket) -> None:
        self.open += 1
        with connection:
            try:
                connection.recv(2000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while True:
                    connection.sendall(b"a")
                    time.sleep(0.1)
            except OSError:
                self.open -= 1


@pytest.fixture
def dripping() -> Iterator[Dripping]:
    site = Dripping()
    site.start()
    yield site
    site.listening.close()


@LINUX
def test_fetches_of_one_client_leave_places_for_others(until, dripping: Dripping) -> None:
    with running(private_urls=True, fetches=4, share=0.5, fetch_seconds=100) as server:
        held = [server.open() for _ in range(2)]
        for one in held:
            one.sendall(head(f"{PALETTE}?url={dripping.url}", method="GET"))
        until(lambda: dripping.open == 2)
        assert server.ask("GET", f"{PALETTE}?url={dripping.url}")[0] == 503
        status, said = server.ask("GET", f"{PALETTE}?url=http://127.0.0.1:1/", client="127.0.0.2")
        assert (status, said["title"]) == (400, "URL not fetched")
        for one in held:
            one.close()


def test_a_fetch_ends_when_its_client_leaves(until, dripping: Dripping) -> None:
    with running(private_urls=True, fetches=2, fetch_seconds=100) as server:
        with server.open() as leaving:
            leaving.sendall(head(f"{PALETTE}?url={dripping.url}", method="GET"))
            until(lambda: dripping.open == 1)
            assert server.ask("GET", f"{PALETTE}?url={dripping.url}")[0] == 503
        until(lambda: dripping.open == 0)
        assert server.ask("GET", f"{PALETTE}?url=http://127.0.0.1:1/")[0] == 400
