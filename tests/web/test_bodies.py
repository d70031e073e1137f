"""Request bodies: their bytes are counted on arrival, and refusals give the reason."""

import asyncio
import json
import socket
import zlib

import numpy as np
import pytest
from starlette.requests import Request

from pochade.web.body import Bodies, body_of
from pochade.web.problems import Problem
from pochade.web.settings import Settings

PALETTE = "/api/v1/palette"


def test_text_instead_of_a_picture_is_refused(client) -> None:
    answer = client.post(PALETTE, content=b"Dear Sirs, a picture is attached.")
    assert answer.status_code == 415
    assert answer.json()["title"] == "Not a picture"
    assert answer.json()["detail"].startswith("the picture: it is text, not a picture; known formats are JPEG")


def test_a_truncated_file_is_refused(client, photo: np.ndarray, encode) -> None:
    data = encode(photo, "JPEG")
    answer = client.post(PALETTE, content=data[: len(data) // 2])
    assert answer.status_code == 422
    assert client.post(PALETTE, params={"truncated": "true"}, content=data[: len(data) // 2]).status_code == 200


def test_a_fully_transparent_picture_is_refused(client, encode) -> None:
    answer = client.post(PALETTE, content=encode(np.zeros((4, 4, 4), np.uint8)))
    assert (answer.status_code, answer.json()["title"]) == (422, "Nothing to see")


def test_too_many_pixels_are_refused_by_the_header(client) -> None:
    """A PNG that claims 30,000 x 30,000 pixels and has none of them."""
    head = b"IHDR" + b"\0\0\x75\x30" * 2 + b"\x08\x02\0\0\0"
    data = b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + head + zlib.crc32(head).to_bytes(4, "big")
    answer = client.post(PALETTE, content=data + b"\0\0\0\0IDAT5\xaf\x06\x1e" + b"\0" * 100_000)
    assert answer.status_code == 413
    assert "900.0 megapixels" in answer.json()["detail"]


def test_a_request_may_lower_the_pixel_limit(client, png: bytes) -> None:
    assert client.post(PALETTE, params={"max_pixels": 100}, content=png).status_code == 413


@pytest.mark.parametrize(
    ("sent", "status", "title"),
    [
        ({"content": b""}, 400, "No picture given"),
        ({"json": {}}, 400, "No picture given"),
        ({"json": [1]}, 400, "Request not understood"),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, "Request not understood"),
        ({"content": b"[" * 60_000, "headers": {"Content-Type": "application/json"}}, 400, "Request not understood"),
        ({"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}, 400, "Request not understood"),
        ({"json": {"data": "data:image/png;base64,@@@"}}, 400, "Option not allowed"),
        ({"json": {"data": 5}}, 400, "Option not allowed"),
        ({"json": {"data": "data:,hello"}}, 415, "Not a picture"),
        ({"json": {"picture": "12"}}, 400, "Option not allowed"),
        ({"json": {"picture": "0" * 64}}, 404, "Picture not held"),
        ({"json": {"k": {"more": 1}, "data": "AAAA"}}, 400, "Option not allowed"),
        ({"files": {"picture": b"x"}}, 400, "Option not allowed"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "Request not understood"),
        (
            {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=a"}},
            400,
            "Request not understood",
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_bodies_without_a_picture_are_refused(client, sent: dict, status: int, title: str) -> None:
    answer = client.post(PALETTE, **sent)
    assert (answer.status_code, answer.json()["title"]) == (status, title), answer.text


def test_a_picture_and_a_url_together_are_refused(client, png: bytes) -> None:
    answer = client.post(f"{PALETTE}?url=http://pictures.test/", content=png)
    assert answer.json()["detail"] == "data and url are given: give one."


@pytest.fixture(scope="module")
def small(serve):
    """A server with a limit of 1 MiB for a picture."""
    with serve("--max-mib", "1", "--seconds", "2") as server:
        yield server


def connected(server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=120)


def head(server, more: str) -> bytes:
    return f"POST {PALETTE} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{more}\r\n\r\n".encode()


def test_a_long_body_is_refused_by_its_content_length(small) -> None:
    with connected(small) as connection:
        connection.sendall(head(small, "Content-Length: 99999999999"))
        answer = b""
        while b"}" not in answer:
            answer += connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"more than the 1 MiB" in answer


def test_a_long_body_of_unknown_length_is_refused_before_the_rest_is_read(small) -> None:
    with connected(small) as connection:
        connection.sendall(head(small, "Transfer-Encoding: chunked"))
        sent = 0
        answer = b""
        chunk = b"10000\r\n" + b"\xff" * 0x10000 + b"\r\n"
        while not answer and sent < 64:
            connection.settimeout(120)
            try:
                connection.sendall(chunk)
                sent += 1
                connection.settimeout(0.02 if sent < 17 else 10)  # 16 chunks are allowed
                answer = connection.recv(4096)
            except TimeoutError:
                continue
            except ConnectionError:
                break
    assert answer.startswith(b"HTTP/1.1 413")
    assert sent < 32


def test_a_form_is_counted_too(small) -> None:
    body = b'--a\r\nContent-Disposition: form-data; name="file"\r\n\r\n' + b"\xff" * (2 << 20) + b"\r\n--a--\r\n"
    status, said, _ = small.ask("POST", PALETTE, body, **{"Content-Type": "multipart/form-data; boundary=a"})
    assert (status, json.loads(said)["title"]) == (413, "Too large")


def test_the_server_survives_a_client_that_disconnects(small, png: bytes) -> None:
    for _ in range(5):
        with connected(small) as connection:
            connection.sendall(head(small, "Content-Length: 5000") + b"\xff" * 100)
    assert small.ask("POST", PALETTE, png)[0] == 200


def test_a_slow_body_is_refused(client_of) -> None:
    async def drop() -> dict:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"x", "more_body": True}

    bodies = Bodies(1 << 20)
    request = Request({"type": "http", "method": "POST", "headers": []}, drop)
    with pytest.raises(Problem, match=r"did not arrive within 0\.2 s"):
        asyncio.run(body_of(request, Settings(patience=0.2), bodies))
    assert bodies.bytes > 0
    bodies.release(request.scope)
    assert bodies.bytes == 0


def request_of(client: str) -> Request:
    return Request({"type": "http", "client": (client, 1), "headers": []})


def test_all_bodies_together_and_those_of_one_client_are_bounded() -> None:
    bodies = Bodies(100, 60)
    first, second = request_of("192.0.2.1"), request_of("192.0.2.2")
    bodies.add(first, 60)
    for request, count, whose in ((request_of("192.0.2.1"), 1, "from this client"), (second, 60, "waiting at once")):
        with pytest.raises(Problem, match=whose) as caught:
            bodies.add(request, count)
        assert caught.value.status == 503
    bodies.add(second, 40)
    bodies.release(first.scope)
    assert bodies.bytes == 40
    bodies.add(request_of("192.0.2.1"), 60)


def test_an_svg_is_drawn_by_a_worker(client) -> None:
    pytest.importorskip("resvg_py")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" fill="#8e1a24"/></svg>'
    answer = client.post(PALETTE, content=svg)
    assert [color["hex"] for color in answer.json()["colors"]] == ["#8e1a24"]
