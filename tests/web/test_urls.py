"""Pictures at URLs: the server fetches from allowed addresses only. All servers are on loopback."""

import http.server
import ipaddress
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import pochade
from pochade.source.url import connection

PALETTE = "/api/v1/palette"
PUBLIC = "93.184.215.14"
"""An example of a public address; no connection reaches it, see `dialed`."""


@pytest.fixture
def site(png: bytes) -> Iterator[Any]:
    """A server with a picture at /a. `asked` lists the requested paths, `moved` maps paths to redirects."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            place = site.moved.get(self.path)
            self.send_response(302 if place else 200 if self.path == "/a" else 404)
            if place:
                self.send_header("Location", place)
            self.send_header("Content-Length", str(len(png)))
            self.end_headers()
            self.wfile.write(png)

        def log_message(self, *_: object) -> None:
            pass

    site: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.asked, site.moved, site.port = [], {}, site.server_address[1]
    thread = threading.Thread(target=site.serve_forever, args=(0.02,))
    thread.start()
    yield site
    site.shutdown()
    thread.join()
    site.server_close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The resolver's addresses by name, used in order; the last one is repeated."""
    table: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *rest: Any, **more: Any) -> list[Any]:
        if host not in table:
            assert ipaddress.ip_address(host)
            return real(host, port, *rest, **more)
        resolved = table[host].pop(0) if len(table[host]) > 1 else table[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (resolved, port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return table


@pytest.fixture(autouse=True)
def dialed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all connections; each goes to loopback instead."""
    addresses: list[str] = []
    dial = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        addresses.append(address[0])
        dial(self, ("127.0.0.1", address[1]))

    monkeypatch.setattr(connection._Socket, "connect", connect)
    return addresses


def test_a_picture_at_a_public_address_is_fetched_and_stored(client, site, names, dialed) -> None:
    names["pictures.test"] = [PUBLIC]
    url = f"http://pictures.test:{site.port}/a"
    answer = client.get(PALETTE, params={"url": url, "k": 2})
    assert answer.status_code == 200, answer.text
    assert answer.json()["source"] == url
    assert answer.headers["cache-control"] == "private, no-cache"
    stored = client.get(PALETTE, params={"picture": answer.headers["pochade-picture"], "k": 2})
    assert stored.json() == answer.json() | {"source": None}
    assert (site.asked, dialed) == (["/a"], [PUBLIC])


@pytest.mark.parametrize("format", ["png", "svg"])
def test_a_strip_of_a_url_may_be_embedded_and_equals_that_of_the_library(
    client, site, names, png: bytes, format: str
) -> None:
    names["pictures.test"] = [PUBLIC]
    url = f"http://pictures.test:{site.port}/a"
    query = {"url": url, "k": 3, "format": format, "strip": "true"}
    answer = client.get(PALETTE, params=query)
    assert answer.headers["content-type"].startswith("image/")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.content == pochade.extract(png, 3).export(format, strip=True)
    again = client.get(PALETTE, params=query, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "public, max-age=3600")


def test_an_answer_about_a_private_address_stays_private(client_of, site) -> None:
    query = {"url": f"http://127.0.0.1:{site.port}/a", "k": 3, "format": "png"}
    with client_of(private_urls=True) as client:
        assert client.get(PALETTE, params=query).headers["cache-control"] == "private, no-cache"


def test_a_url_may_come_in_a_json_body(client, site, names) -> None:
    names["pictures.test"] = [PUBLIC]
    answer = client.post("/api/v1/pictures", json={"url": f"http://pictures.test:{site.port}/a"})
    assert (answer.status_code, answer.json()["width"]) == (201, 90)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "2130706433"]
)
def test_a_private_address_is_refused_without_a_connection(client, site, dialed, monkeypatch, host: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *_, **__: _resolved(host, port))
    answer = client.get(PALETTE, params={"url": f"http://{host}:{site.port}/a?key=secret"})
    problem = answer.json()
    assert (answer.status_code, problem["title"]) == (400, "URL refused"), problem
    assert "secret" not in answer.text
    assert (site.asked, dialed) == ([], [])


def _resolved(host: str, port: int) -> list[Any]:
    if host == "::1":
        return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (host, port, 0, 0))]
    address = {"localhost": "127.0.0.1", "2130706433": "127.0.0.1"}.get(host, host)
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


def test_a_name_that_becomes_private_after_its_check_is_refused(client, site, names, dialed) -> None:
    names["rebind.test"] = [PUBLIC, "127.0.0.1"]
    site.moved["/b"] = "/a"
    answer = client.get(PALETTE, params={"url": f"http://rebind.test:{site.port}/b"})
    assert (answer.status_code, answer.json()["title"]) == (400, "URL refused")
    assert (site.asked, dialed) == (["/b"], [PUBLIC])


def test_a_redirect_to_a_private_address_is_refused(client, site, names, dialed) -> None:
    names["pictures.test"] = [PUBLIC]
    site.moved["/b"] = f"http://127.0.0.1:{site.port}/a"
    answer = client.get(PALETTE, params={"url": f"http://pictures.test:{site.port}/b"})
    assert (answer.status_code, answer.json()["title"]) == (400, "URL refused")
    assert (site.asked, dialed) == (["/b"], [PUBLIC])


@pytest.mark.parametrize("url", ["ftp://a.test/a", "file:///etc/passwd", "http://", "http://a b/", "/etc/passwd"])
def test_an_invalid_url_is_refused(client, dialed, url: str) -> None:
    answer = client.get(PALETTE, params={"url": url})
    assert (answer.status_code, answer.json()["title"]) == (400, "URL not fetched")
    assert dialed == []


def test_a_404_of_the_url_is_reported(client, site, names) -> None:
    names["pictures.test"] = [PUBLIC]
    answer = client.get(PALETTE, params={"url": f"http://pictures.test:{site.port}/none"})
    assert (answer.status_code, answer.json()["title"]) == (400, "URL not fetched")
    assert "404" in answer.json()["detail"]


def test_private_addresses_may_be_allowed(client_of, site) -> None:
    with client_of(private_urls=True) as client:
        answer = client.get("/api/v1/clusters", params={"url": f"http://127.0.0.1:{site.port}/a", "k": 1})
    assert answer.status_code == 200


def test_concurrent_fetches_are_limited(client_of) -> None:
    with client_of(fetches=0) as client:
        answer = client.get(PALETTE, params={"url": "http://pictures.test/a"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
