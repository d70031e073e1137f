"""Fetch from local servers on loopback. A stub resolves names; no test connects to another host."""

import gzip
import ipaddress
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pochade.errors import FetchError, OptionError, TooLargeError
from pochade.source.url import connection, fetch
from pochade.source.url.address import is_public

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
HTML = b"<!DOCTYPE html><html><body>Log in</body></html>"
PUBLIC = "93.184.215.14"  # any public address; the fixtures prevent connections to it

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """An HTTP server on 127.0.0.1; `answers` maps paths to functions, `requests` collects paths and headers."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(), bind_and_activate=True)
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]  # some clients disconnect early on purpose
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.port: int = self._http.server_address[1]
        self.root = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._http.serve_forever, args=(0.002,), daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.requests.append((self.path, dict(self.headers.items())))
                server.answers[self.path.partition("?")[0]](self)

            def do_CONNECT(self) -> None:
                server.requests.append((self.path, dict(self.headers.items())))
                self.send_error(403)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def answer(body: bytes = PICTURE, status: int = 200, **headers: str | int) -> Answer:
    """Send the body with the headers (_ stands for -). Content_Length="" omits that header."""
    headers = {"Content_Type": "image/png", "Content_Length": len(body), **headers}

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            if value != "":
                handler.send_header(name.replace("_", "-"), str(value))
        handler.end_headers()
        handler.wfile.write(body)

    return send


def redirect(target: str, status: int = 302) -> Answer:
    return answer(b"", status, Location=target)


def drip(start: bytes) -> Answer:
    """Send start, then one byte every 20 ms for more than 200 s, so that each single wait is short."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        for _ in range(10_000):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)

    return send


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignore the proxies of the environment, and allow connections to loopback only."""
    for scheme in ("http", "https", "no", "all"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        assert ipaddress.ip_address(address[0]).is_loopback, f"connection to {address}"
        original(self, address)

    monkeypatch.setattr(connection._Socket, "connect", connect, raising=False)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """A resolver: the answers for each name in order, the last one repeated; unknown names fail."""
    table: dict[str, list[list[str]]] = {}

    def getaddrinfo(host: str, port: int, **_: object) -> list[Any]:
        answers = table.get(host) or [[str(ipaddress.ip_address(host))]] if host[0].isdigit() or host in table else []
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [_address(text, port) for text in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return table


def _address(text: str, port: int) -> tuple[Any, ...]:
    if ":" in text:
        return (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (text, port, 0, 0))
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port))


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all connections. Each connection is led to loopback."""
    addresses: list[str] = []
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        addresses.append(address[0])
        original(self, ("127.0.0.1", address[1]))

    monkeypatch.setattr(connection._Socket, "connect", connect)
    return addresses


@contextmanager
def raw_server(data: bytes) -> Iterator[str]:
    """Send data to one client for any request, and close."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client, suppress(OSError):
                client.recv(4096)
                client.sendall(data)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join(1)


# The answer.


def test_fetch_returns_the_bytes_unchanged(server: Server) -> None:
    server.answers["/a.png"] = answer()
    assert fetch(f"{server.root}/a.png") == PICTURE


def test_the_request_asks_for_no_compression_and_names_its_agent(server: Server) -> None:
    server.answers["/a.png"] = answer()
    fetch(f"{server.root}/a.png")
    headers = server.requests[0][1]
    assert headers["Accept-Encoding"] == "identity"
    assert headers["User-Agent"].startswith("pochade")
    assert headers["Host"] == f"127.0.0.1:{server.port}"


def test_the_query_is_sent_and_the_fragment_is_not(server: Server) -> None:
    server.answers["/a.png"] = answer()
    fetch(f"{server.root}/a.png?size=8&x=%2F#top")
    assert server.requests[0][0] == "/a.png?size=8&x=%2F"


def test_a_url_may_contain_spaces_and_letters_outside_ascii(server: Server) -> None:
    server.answers["/h%C3%A4fen%20(1).png"] = answer()
    assert fetch(f"{server.root}/häfen (1).png") == PICTURE


def test_a_host_name_outside_ascii_is_resolved_in_ascii_form(server: Server, names: dict[str, list[list[str]]]) -> None:
    names["xn--bcher-kva.test"] = [["127.0.0.1"]]
    server.answers["/"] = answer()
    assert fetch(f"http://bücher.test:{server.port}") == PICTURE


def test_the_chunks_of_a_body_are_joined(server: Server) -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (PICTURE[:100], PICTURE[100:])) + b"0\r\n\r\n"
    with raw_server(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) as address:
        assert fetch(address) == PICTURE


def test_a_compressed_answer_is_decompressed(server: Server) -> None:
    server.answers["/a.svgz"] = answer(gzip.compress(b"<svg/>"), Content_Encoding="gzip")
    assert fetch(f"{server.root}/a.svgz") == b"<svg/>"


def test_the_next_address_is_tried_if_one_refuses(
    server: Server, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["two.test"] = [["127.0.0.9", "127.0.0.1"]]
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if address[0] == "127.0.0.9":
            raise ConnectionRefusedError
        original(self, address)

    monkeypatch.setattr(connection._Socket, "connect", connect)
    server.answers["/"] = answer()
    assert fetch(f"http://two.test:{server.port}/") == PICTURE


# URLs.


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.test/a.png", "data:image/png;base64,AAAA", "a.png", "//x/a"],
)
def test_only_http_and_https_are_fetched(address: str) -> None:
    with pytest.raises(FetchError, match="only http:// and https://"):
        fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        "http:///a.png",
        "http://host:99999/",
        "http://host:x/",
        "http://[::1",
        "http://a b/",
        "http://a\x00b/",
        "http://a..b/",
        "http://a/\udcff.png",
        f"http://{'a' * 64}.test/",
    ],
)
def test_a_malformed_url_is_refused(address: str) -> None:
    with pytest.raises(FetchError, match="not a valid URL"):
        fetch(address)


def test_a_password_in_the_url_is_refused_and_not_shown() -> None:
    with pytest.raises(FetchError, match="user name or password") as caught:
        fetch("http://ann:secret@pictures.test/a.png")
    assert "secret" not in str(caught.value)
    assert "ann" not in str(caught.value)


@pytest.mark.parametrize("address", ["http://ann:sec/ret@host.test/a?key=ret", "http://ann:secret@host.test:x/?ret"])
def test_a_password_in_a_malformed_url_is_not_shown(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(address)
    assert "ret" not in str(caught.value)


def test_messages_name_the_url_without_its_query(server: Server) -> None:
    server.answers["/a.png"] = answer(status=404)
    with pytest.raises(FetchError) as caught:
        fetch(f"{server.root}/a.png?token=secret#part")
    assert str(caught.value).startswith(f"{server.root}/a.png: ")
    assert "secret" not in str(caught.value)


def test_messages_contain_no_control_characters() -> None:
    with pytest.raises(FetchError) as caught:
        fetch("ftp://example.test/\x1b[2Ja.png")
    assert "\x1b" not in str(caught.value)


# Status and type.


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (404, "Check the URL"),
        (403, "refuses programs"),
        (500, "Try again later"),
        (304, "Check"),
        (799, "later"),
    ],
)
def test_a_status_other_than_success_is_refused(server: Server, status: int, advice: str) -> None:
    server.answers["/a.png"] = answer(b"" if status == 304 else PICTURE, status)
    with pytest.raises(FetchError, match=f"answered {status} .*{advice}"):
        fetch(f"{server.root}/a.png")


@pytest.mark.parametrize(
    ("body", "kind", "named"),
    [
        (HTML, "text/html; charset=utf-8", "a web page"),
        (HTML, "image/png", "a web page"),
        (b"\xef\xbb\xbf\n<HTML>", "", "a web page"),
        (b'<?xml version="1.0"?><html xmlns=""><svg/></html>', "application/xhtml+xml", "application/xhtml"),
        (b'{"error": 1}', "application/json", "application/json"),
        (b"hello", "text/plain", "text/plain"),
        (b"\0\0\0\x18ftypisom", "video/mp4", "video/mp4"),
    ],
)
def test_an_answer_of_another_type_is_refused(server: Server, body: bytes, kind: str, named: str) -> None:
    server.answers["/a"] = answer(body, Content_Type=kind)
    with pytest.raises(FetchError, match=f"sent '?{named}.*not a picture"):
        fetch(f"{server.root}/a")


def test_a_web_page_is_refused_before_it_is_complete(server: Server) -> None:
    server.answers["/a"] = drip(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML * 40)
    with pytest.raises(FetchError, match="a web page"):
        fetch(f"{server.root}/a", timeout=120)


@pytest.mark.parametrize(
    "body",
    [
        PICTURE,
        b"P6\n1 1\n255\nabc",
        b"\0\0\0 ftypavif",
        b"RIFF\0\0\0\0WEBP",
        b'<?xml version="1.0"?>\n<svg/>',
        b"<svg/>",
    ],
)
def test_a_picture_with_a_wrong_type_is_accepted(server: Server, body: bytes) -> None:
    server.answers["/a"] = answer(body, Content_Type="text/plain")
    assert fetch(f"{server.root}/a") == body


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "application/pdf", "image/x-unheard-of"])
def test_bytes_of_an_unknown_type_are_left_to_the_decoder(server: Server, kind: str) -> None:
    server.answers["/a"] = answer(b"unheard of", Content_Type=kind)
    assert fetch(f"{server.root}/a") == b"unheard of"


@pytest.mark.parametrize(("body", "encoding"), [(b"", ""), (b"", "gzip"), (gzip.compress(b"", mtime=0), "gzip")])
def test_an_empty_body_is_refused(server: Server, body: bytes, encoding: str) -> None:
    server.answers["/a"] = answer(body, Content_Encoding=encoding)
    with pytest.raises(FetchError, match="the answer is empty"):
        fetch(f"{server.root}/a")


# Size.


def test_a_body_of_exactly_the_limit_is_allowed(server: Server) -> None:
    server.answers["/a"] = answer()
    assert fetch(f"{server.root}/a", max_bytes=len(PICTURE)) == PICTURE


@pytest.mark.parametrize("length", [len(PICTURE), ""])
def test_a_body_one_byte_past_the_limit_is_refused(server: Server, length: int | str) -> None:
    server.answers["/a"] = answer(Content_Length=length)
    with pytest.raises(TooLargeError, match="more than the limit of 2,055 bytes"):
        fetch(f"{server.root}/a", max_bytes=len(PICTURE) - 1)


def test_an_announced_size_past_the_limit_is_refused_before_the_body(server: Server) -> None:
    server.answers["/a"] = drip(b"HTTP/1.0 200 OK\r\nContent-Length: 999999999999\r\n\r\n")
    started = time.monotonic()
    with pytest.raises(TooLargeError):
        fetch(f"{server.root}/a", timeout=300)
    assert time.monotonic() - started < 120


def test_a_gzip_bomb_is_decompressed_only_to_the_limit(server: Server) -> None:
    server.answers["/a"] = answer(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            fetch(f"{server.root}/a", max_bytes=100_000)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_chunk_of_negative_size_does_not_pass_the_limit() -> None:
    data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n" + bytes(10_000_000)
    with raw_server(data) as address:
        tracemalloc.start()
        try:
            with pytest.raises(TooLargeError):
                fetch(address, max_bytes=100_000)
            assert tracemalloc.get_traced_memory()[1] < 2_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [gzip.compress(PICTURE)[:-9], b"\x1f\x8b\x08\x00junk" * 9, gzip.compress(PICTURE) + b"more", b"plain"],
)
def test_broken_compression_is_refused(server: Server, body: bytes) -> None:
    server.answers["/a"] = answer(body, Content_Encoding="gzip")
    with pytest.raises(FetchError, match="compressed"):
        fetch(f"{server.root}/a")


def test_other_compression_is_refused(server: Server) -> None:
    server.answers["/a"] = answer(Content_Encoding="br")
    with pytest.raises(FetchError, match="compresses the answer, but not with gzip"):
        fetch(f"{server.root}/a")


# Early ends and timeouts.


def test_a_body_shorter_than_announced_is_refused(server: Server) -> None:
    server.answers["/a"] = answer(Content_Length=len(PICTURE) + 1)
    with pytest.raises(FetchError, match="ended after 2056 of 2057 bytes"):
        fetch(f"{server.root}/a")


def test_a_body_longer_than_announced_is_read_to_its_announced_end(server: Server) -> None:
    server.answers["/a"] = answer(Content_Length=20)
    assert fetch(f"{server.root}/a") == PICTURE[:20]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "ended early"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc", "ended early"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not valid HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000, "not valid HTTP"),
    ],
)
def test_an_answer_that_is_not_valid_http_is_refused(data: bytes, reason: str) -> None:
    with raw_server(data) as address, pytest.raises(FetchError, match=reason):
        fetch(address)


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.0 200 OK\r\n\r\n" + PICTURE,
        b"HTTP/1.0 200 OK\r\nContent-Length: 9999\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nX: ",
        b"",
    ],
    ids=["body", "body of announced size", "headers", "status line"],
)
def test_a_slow_server_is_cut_off_at_the_timeout(server: Server, start: bytes) -> None:
    server.answers["/a"] = drip(start)
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"not complete after 0\.2 s"):
        fetch(f"{server.root}/a", timeout=0.2)
    assert time.monotonic() - started < 120


def test_the_timeout_covers_all_redirects(server: Server) -> None:
    def slow(target: str) -> Answer:
        def send(handler: BaseHTTPRequestHandler) -> None:
            time.sleep(0.15)
            redirect(target)(handler)

        return send

    server.answers |= {"/a": slow("/b"), "/b": slow("/c"), "/c": slow("/d"), "/d": answer()}
    with pytest.raises(FetchError, match=r"not complete after 0\.3 s"):
        fetch(f"{server.root}/a", timeout=0.3)


def test_a_slow_look_up_is_cut_off_at_the_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def getaddrinfo(*_: object, **__: object) -> list[Any]:
        answered.wait(200)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    started = time.monotonic()
    with pytest.raises(FetchError, match="not complete after"):
        fetch("http://slow.test/", timeout=0.1)
    assert time.monotonic() - started < 120
    answered.set()


def test_a_server_without_a_tls_handshake_is_cut_off_at_the_timeout() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, pytest.raises(FetchError, match="not complete after"):
        fetch(f"https://127.0.0.1:{listener.getsockname()[1]}/", timeout=0.2)


def test_the_error_states_that_the_connection_was_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchError, match="refuses the connection"):
        fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.usefixtures("names")
def test_the_error_states_that_the_host_is_unknown() -> None:
    with pytest.raises(FetchError, match=r"^http://nowhere\.test/a\.png: the host is not known"):
        fetch("http://nowhere.test/a.png?secret")


@pytest.mark.parametrize(
    "options",
    [{"timeout": 0}, {"timeout": float("nan")}, {"timeout": 1e9}, {"max_bytes": 0}, {"max_redirects": -1}],
)
def test_invalid_limits_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match=next(iter(options))):
        fetch("http://pictures.test/", **options)


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, status: int) -> None:
    server.answers |= {"/a": redirect("b?x=1#y", status), "/b": answer()}
    assert fetch(f"{server.root}/a") == PICTURE


def test_a_redirect_may_contain_bytes_outside_ascii(server: Server) -> None:
    location = "/h\u00e4fen x.png".encode().decode("latin-1")
    server.answers |= {"/a": redirect(location), "/h%C3%A4fen%20x.png": answer()}
    assert fetch(f"{server.root}/a") == PICTURE


def test_redirects_are_followed_up_to_the_limit(server: Server) -> None:
    server.answers |= {f"/{i}": redirect(f"/{i + 1}") for i in range(3)} | {"/3": answer()}
    assert fetch(f"{server.root}/0", max_redirects=3) == PICTURE
    with pytest.raises(FetchError, match="more than 2 redirects"):
        fetch(f"{server.root}/0", max_redirects=2)


def test_a_cycle_of_redirects_is_refused(server: Server) -> None:
    server.answers |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(FetchError, match="in a cycle"):
        fetch(f"{server.root}/a", max_redirects=50)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:image/png,x", "gopher://x/"])
def test_a_redirect_to_another_scheme_is_refused(server: Server, target: str) -> None:
    server.answers["/a"] = redirect(target)
    with pytest.raises(FetchError, match=r"redirected to .*only http:// and https://"):
        fetch(f"{server.root}/a")


def test_a_redirect_with_a_password_is_refused_and_not_shown(server: Server) -> None:
    server.answers["/a"] = redirect("http://ann:secret@127.0.0.1/")
    with pytest.raises(FetchError, match="user name or password") as caught:
        fetch(f"{server.root}/a")
    assert "secret" not in str(caught.value)


def test_a_redirect_to_a_malformed_url_is_refused(server: Server) -> None:
    server.answers["/a"] = redirect("http://[bad/")
    with pytest.raises(FetchError, match="redirects to an invalid URL"):
        fetch(f"{server.root}/a")


def test_a_redirect_without_a_target_is_refused(server: Server) -> None:
    server.answers["/a"] = answer(b"", 302)
    with pytest.raises(FetchError, match="answered 302"):
        fetch(f"{server.root}/a")


# Public addresses only.


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200",
        "192.0.0.192", "192.0.2.1", "192.88.99.1", "168.63.129.16", "198.18.0.1", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:7f00:1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::5db8:d70e", "2002:7f00:1::1",
        "2002:5db8:d70e::1", "2001::1", "2001:db8::1", "3fff::1", "fe80::1", "fe80::1%1", "fec0::1",
        "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1", "100::1", "5f00::1",
    ],
)  # fmt: skip
def test_an_address_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", PUBLIC, "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_an_address_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0", "localhost"])
def test_loopback_is_refused_in_every_spelling(server: Server, host: str) -> None:
    server.answers["/"] = answer()
    with pytest.raises(FetchError, match=r"not a public address|host is not known"):
        fetch(f"http://{host}:{server.port}/", public_only=True)
    assert server.requests == []


@pytest.mark.parametrize("answers", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1"], ["::ffff:127.0.0.1", PUBLIC]])
def test_a_name_with_a_private_address_is_refused_without_a_connection(
    names: dict[str, list[list[str]]], connections: list[str], answers: list[str]
) -> None:
    names["mixed.test"] = [answers]
    with pytest.raises(FetchError, match=r"mixed\.test is not a public address") as caught:
        fetch("http://mixed.test/", public_only=True)
    assert connections == []
    assert not any(address in str(caught.value) for address in answers)


def test_the_connection_goes_to_the_checked_address_and_host_keeps_the_name(
    server: Server, names: dict[str, list[list[str]]], connections: list[str]
) -> None:
    names["pictures.test"] = [[PUBLIC], ["127.0.0.1"]]
    server.answers["/a"] = answer()
    assert fetch(f"http://pictures.test:{server.port}/a", public_only=True) == PICTURE
    assert connections == [PUBLIC]
    assert server.requests[0][1]["Host"] == f"pictures.test:{server.port}"


def test_a_name_that_changes_to_loopback_between_redirects_is_refused(
    server: Server, names: dict[str, list[list[str]]], connections: list[str]
) -> None:
    names["rebind.test"] = [[PUBLIC], ["127.0.0.1"]]
    server.answers |= {"/a": redirect("/b"), "/b": answer()}
    with pytest.raises(FetchError, match=r"redirected to .*not a public address"):
        fetch(f"http://rebind.test:{server.port}/a", public_only=True)
    assert [path for path, _ in server.requests] == ["/a"]
    assert connections == [PUBLIC]


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/b", "//[::1]:{port}/b", "http://169.254.169.254/latest"])
def test_a_redirect_to_a_private_address_is_refused(
    server: Server, names: dict[str, list[list[str]]], connections: list[str], target: str
) -> None:
    names |= {"pictures.test": [[PUBLIC]], "::1": [["::1"]]}
    server.answers |= {"/a": redirect(target.format(port=server.port)), "/b": answer()}
    with pytest.raises(FetchError, match="not a public address"):
        fetch(f"http://pictures.test:{server.port}/a", public_only=True)
    assert connections == [PUBLIC]


@pytest.mark.parametrize("port", [0, 22, 25, 81, 1023])
def test_ports_of_other_services_are_refused(
    names: dict[str, list[list[str]]], connections: list[str], port: int
) -> None:
    names["pictures.test"] = [[PUBLIC]]
    with pytest.raises(FetchError, match=f"port {port} is not allowed"):
        fetch(f"http://pictures.test:{port}/", public_only=True)
    assert connections == []


# Proxies.


def test_the_proxy_of_the_environment_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.root)
    server.answers["http://pictures.test/a"] = answer()
    assert fetch("http://pictures.test/a") == PICTURE


def test_https_connects_through_the_proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", server.root)
    with pytest.raises(FetchError, match="Tunnel connection failed"):
        fetch("https://pictures.test/a")
    assert server.requests[0][0] == "pictures.test:443"


def test_a_proxy_with_another_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(FetchError, match="scheme of the proxy in the environment is not supported"):
        fetch("http://pictures.test/a")


def test_public_only_ignores_the_proxy(
    server: Server, names: dict[str, list[list[str]]], connections: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    names["pictures.test"] = [[PUBLIC]]
    server.answers["/a"] = answer()
    assert fetch(f"http://pictures.test:{server.port}/a", public_only=True) == PICTURE
    assert connections == [PUBLIC]


# TLS.


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, list[str | None]]]:
    """A server with a trusted certificate for pictures.test, and the host names that clients sent by SNI."""
    trustme = pytest.importorskip("trustme")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("pictures.test").configure_cert(context)
    sni_names: list[str | None] = []
    context.sni_callback = lambda _, name, __: sni_names.append(name)
    server = Server(context)
    yield server, sni_names
    server.close()


def test_tls_sends_and_checks_the_host_name(
    secure: tuple[Server, list[str | None]], names: dict[str, list[list[str]]], connections: list[str]
) -> None:
    server, sni_names = secure
    names["pictures.test"] = [[PUBLIC]]
    server.answers["/a"] = answer()
    assert fetch(f"https://pictures.test:{server.port}/a", public_only=True) == PICTURE
    assert (connections, sni_names) == ([PUBLIC], ["pictures.test"])


def test_a_certificate_for_another_name_is_refused(
    secure: tuple[Server, list[str | None]], names: dict[str, list[list[str]]]
) -> None:
    names["other.test"] = [["127.0.0.1"]]
    with pytest.raises(FetchError, match="certificate is not trusted"):
        fetch(f"https://other.test:{secure[0].port}/")
    assert secure[0].requests == []


def test_a_certificate_of_an_unknown_authority_is_refused(
    secure: tuple[Server, list[str | None]],
    names: dict[str, list[list[str]]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    names["pictures.test"] = [["127.0.0.1"]]
    with pytest.raises(FetchError, match="certificate is not trusted"):
        fetch(f"https://pictures.test:{secure[0].port}/")
    assert secure[0].requests == []


@pytest.mark.parametrize("start", [b"HTTP/1.0 200 OK\r\n\r\n" + PICTURE, b"HTTP/1.0 200 OK\r\nX: "])
def test_a_slow_tls_server_is_cut_off_at_the_timeout(
    secure: tuple[Server, list[str | None]], names: dict[str, list[list[str]]], start: bytes
) -> None:
    server, _ = secure
    names["pictures.test"] = [["127.0.0.1"]]
    server.answers["/a"] = drip(start)
    started = time.monotonic()
    with pytest.raises(FetchError, match="not complete after"):
        fetch(f"https://pictures.test:{server.port}/a", timeout=0.3)
    assert time.monotonic() - started < 120


@contextmanager
def tunnel(port: int) -> Iterator[str]:
    """A proxy for one client: CONNECT to any host leads to the port on loopback."""

    def pump(source: socket.socket, target: socket.socket) -> None:
        while block := source.recv(4096):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client, socket.create_connection(("127.0.0.1", port)) as behind:
                assert client.recv(4096).startswith(b"CONNECT pictures.test:443 ")
                client.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
                threading.Thread(target=pump, args=(behind, client), daemon=True).start()
                with suppress(OSError):
                    pump(client, behind)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(1)


def test_the_certificate_is_checked_behind_a_proxy(
    secure: tuple[Server, list[str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, sni_names = secure
    server.answers["/a"] = answer()
    with tunnel(server.port) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        assert fetch("https://pictures.test/a") == PICTURE
    assert sni_names == ["pictures.test"]


def test_the_error_for_plain_http_on_a_tls_url_says_no_secure_connection(server: Server) -> None:
    with pytest.raises(FetchError, match="no secure connection"):
        fetch(f"https://127.0.0.1:{server.port}/")
