"""Connections only to allowed addresses, in which each wait ends at the deadline."""

import http.client
import math
import socket
import ssl
import threading
import urllib.request
from functools import partial
from typing import Any

from pochade.errors import FetchError
from pochade.source.url.address import check_public
from pochade.source.url.limits import Limits, seconds_left

# Some hosts, such as Wikimedia's, refuse programs that do not identify themselves.
_AGENT = "pochade (https://github.com/pochade/pochade)"


class _Socket(socket.socket):
    """A socket whose reads end at its deadline, even if bytes keep coming."""

    deadline = math.inf

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(seconds_left(self.deadline))
        return super().recv_into(buffer, nbytes, flags)


class _TLSSocket(ssl.SSLSocket):
    """A TLS socket whose reads end at its deadline."""

    deadline = math.inf

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(seconds_left(self.deadline))
        return super().recv_into(buffer, nbytes, flags)


class _Connection(http.client.HTTPConnection):
    """An HTTP connection that connects only to addresses that the limits allow."""

    def __init__(self, host: str, *, limits: Limits, tls: bool, **options: Any) -> None:
        self.default_port = 443 if tls else 80
        super().__init__(host, **options)
        self._limits, self._tls = limits, tls

    def connect(self) -> None:
        self.sock = sock = _connect(self.host, self.port, self._limits)
        peer = self._tunnel_host or self.host  # type: ignore[attr-defined]  # not in the stubs
        if self._tunnel_host:  # type: ignore[attr-defined]
            self._tunnel()  # type: ignore[attr-defined]
        if self._tls:
            context = ssl.create_default_context()
            context.set_alpn_protocols(["http/1.1"])
            context.sslsocket_class = _TLSSocket
            sock.settimeout(self._limits.left())
            secure = context.wrap_socket(sock, server_hostname=peer)
            assert isinstance(secure, _TLSSocket)
            secure.deadline = self._limits.deadline
            self._limits.halt.watch(secure)
            self.sock = secure


class _Handler(urllib.request.AbstractHTTPHandler):
    """Opens http and https requests through `_Connection`."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, limits=self._limits, tls=False), request)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, limits=self._limits, tls=True), request)

    def unknown_open(self, request: urllib.request.Request) -> None:
        # The scheme of the URL is already checked, so this is the scheme of a proxy.
        raise FetchError("the scheme of the proxy in the environment is not supported. Use an http proxy.")

    http_request = https_request = urllib.request.AbstractHTTPHandler.do_request_


def open_url(url: str, limits: Limits) -> http.client.HTTPResponse:
    """The answer to GET, before its body is read. urllib's own handlers (file:, ftp:, redirects) are not installed."""
    opener = urllib.request.OpenerDirector()
    opener.add_handler(_Handler(limits))
    if not limits.public_only:
        opener.add_handler(urllib.request.ProxyHandler())
    headers = {"User-Agent": _AGENT, "Accept": "image/*,*/*;q=0.5", "Accept-Encoding": "identity"}
    response = opener.open(urllib.request.Request(url, headers=headers), timeout=limits.left())
    assert isinstance(response, http.client.HTTPResponse)
    return response


def _connect(host: str, port: int, limits: Limits) -> _Socket:
    """Connect to the first address of the host that answers, after a check of all addresses."""
    addresses = _look_up(host, port, limits)
    if limits.public_only:
        check_public(host, port, [str(address[0]) for *_, address in addresses])
    failure = OSError(f"{host} has no address")
    for tries, (family, kind, protocol, _, address) in enumerate(addresses):
        sock = None
        try:
            sock = _Socket(family, kind, protocol)
            # An address that does not answer must leave time for the others.
            sock.settimeout(limits.left() / (len(addresses) - tries))
            limits.halt.watch(sock)
            sock.connect(address)
            sock.settimeout(limits.left())
        except OSError as error:
            failure = error
            if sock is not None:
                sock.close()
        else:
            sock.deadline = limits.deadline
            return sock
    raise failure


def _look_up(host: str, port: int, limits: Limits) -> list[Any]:
    """The result of getaddrinfo. It has no time limit, so it runs in a thread, which is abandoned at the deadline."""
    answers: list[list[Any] | Exception] = []

    def look_up() -> None:
        try:
            answers.append(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, ValueError) as error:
            answers.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(limits.left())
    if not answers:
        raise TimeoutError
    if isinstance(answers[0], Exception):
        raise answers[0]
    return answers[0]
