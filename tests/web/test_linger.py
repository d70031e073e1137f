"""Bodies that the server does not read, and long heads: the connection ends after the answer."""

import contextlib
import json
import socket
from collections.abc import Iterator

import pytest

from pochade.web.guard import MAX_HEAD_BYTES
from pochade.web.linger import LINGER_BYTES

HEAD = b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n"
MOST_BLOCKS = 2000
"""Blocks of 1 MiB that a test sends at most."""


@pytest.fixture(scope="module")
def server(serve):
    with serve("--max-mib", "1", "--rate", "1000000/minute") as server:
        yield server


@contextlib.contextmanager
def connected(server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=120) as connection:
        yield connection


def answered(connection: socket.socket) -> bytes:
    """The answer, whose body has the announced length."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536) or pytest.fail("the connection ended before the answer")
    head, _, body = answer.partition(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < int(length.partition(b":")[2]):
        body += connection.recv(65536) or pytest.fail("the connection ended in the answer")
    return head + b"\r\n\r\n" + body


@pytest.mark.parametrize("length", [b"Content-Length: 99999999999", b"Transfer-Encoding: chunked"])
def test_a_body_that_follows_the_answer_ends_the_connection(server, length: bytes) -> None:
    block = bytes(1 << 20) if b"Length" in length else b"100000\r\n" + bytes(1 << 20) + b"\r\n"
    sent = 0
    with connected(server) as connection:
        connection.sendall(HEAD + length + b"\r\n\r\n")
        answer = answered(connection)
        with contextlib.suppress(ConnectionError):
            while sent < MOST_BLOCKS:
                connection.sendall(block)
                sent += 1
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"\r\nconnection: close\r\n" in answer.lower()
    assert sent < MOST_BLOCKS


def test_a_body_that_never_comes_ends_the_connection(server) -> None:
    with connected(server) as connection:
        connection.sendall(HEAD + b"Content-Length: 999\r\n\r\n")
        assert answered(connection).startswith(b"HTTP/1.1 200 ")
        assert connection.recv(1) == b""


def test_a_client_that_still_sends_receives_its_refusal(server) -> None:
    for mib in (2, LINGER_BYTES // 2 >> 20):
        status, body, headers = server.ask("POST", "/api/v1/palette", bytes(mib << 20))
        assert (status, json.loads(body)["title"], headers["Connection"]) == (413, "Too large", "close")


def test_a_request_without_more_to_read_keeps_its_connection(server, png: bytes) -> None:
    with connected(server) as connection:
        for _ in range(3):
            connection.sendall(HEAD + b"\r\n")
            assert b"connection: close" not in answered(connection).lower()
            length = b"Content-Length: %d\r\n\r\n" % len(png)
            connection.sendall(b"POST /api/v1/palette HTTP/1.1\r\nHost: localhost\r\n" + length + png)
            assert answered(connection).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("count", [1, 40])
def test_a_long_head_is_refused(server, count: int) -> None:
    answer = b""
    with connected(server) as connection, contextlib.suppress(ConnectionError):  # a head in pieces is refused earlier
        lines = b"".join(b"X%d: %s\r\n" % (i, b"a" * (MAX_HEAD_BYTES // count)) for i in range(count))
        connection.sendall(HEAD + lines + b"\r\n")
        answer = connection.recv(65536)
    assert answer[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 400", b"")
    assert server.ask("GET", "/api/v1/health")[0] == 200
