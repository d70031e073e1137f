"""A picture at an http or https address, fetched within limits of time, size, redirects and destination.

The standard library does the HTTP and the proxies. Added here, because neither it nor the usual clients have
it: one deadline over everything (look-up, connecting, TLS, headers, body, all redirects), and a check of the
very address that is dialed. A name is looked up once per hop, and the connection goes to the address that was
checked, so a name server that changes its answer gains nothing.
"""

import http.client
import io
import ipaddress
import math
import re
import socket
import ssl
import string
import threading
import time
import urllib.request
import zlib
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.error import URLError
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from pochade.errors import FetchError, OptionError, SourceError, TooLargeError

# Some hosts (Wikimedia's, for one) refuse programs that do not say who they are.
_AGENT = "pochade (https://github.com/pochade/pochade)"
_BLOCK = 1 << 16
_HEAD = 1024  # enough to tell a picture from a page, comments and white space before it included
_DAY = 86_400
_REDIRECTS = {301, 302, 303, 307, 308}

# Globally allocated IPv6 unicast (RFC 4291, 2.5.4), and what inside it leads elsewhere: protocol assignments
# with Teredo, documentation, 6to4 (wraps any IPv4 address), documentation again (IANA, IPv6 Special-Purpose
# Address Registry). Outside nothing is public: link-local, unique local, multicast, the local NAT64 prefix.
_IPV6_PUBLIC = ipaddress.IPv6Network("2000::/3")
_IPV6_NOT_PUBLIC = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
# Public by some lists, private in effect: protocol assignments (Oracle's metadata service and the nearest
# gateway answer there), the retired 6to4 relays, the platform service that every machine in Azure reaches.
_IPV4_NOT_PUBLIC = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))

# Where the first bytes say "picture": offset and signature, from each format's specification.
_SIGNATURES = (
    (0, b"\xff\xd8\xff"), (0, b"\x89PNG\r\n"), (0, b"GIF8"), (8, b"WEBP"), (0, b"BM"),
    (0, b"II*\0"), (0, b"MM\0*"), (0, b"II+\0"), (0, b"MM\0+"), (0, b"IIU\0"), (0, b"FUJIFILM"),
    (4, b"ftypavi"), (4, b"ftyphe"), (4, b"ftypmif1"), (4, b"ftypmsf1"), (4, b"ftypcrx"),
    (0, b"\xff\x0a"), (4, b"JXL \r\n"), (4, b"jP  \r\n"), (0, b"\xff\x4f\xff\x51"),
    (0, b"8BPS"), (0, b"%PDF"), (0, b"qoif"), (0, b"\0\0\1\0"),
)  # fmt: skip
_NETPBM = re.compile(rb"P[1-7]\s")
_NOT_PICTURE = re.compile(r"(text|audio|video|font|multipart)/|application/(.*\+)?(json|xml|javascript)$")


@dataclass(frozen=True, slots=True)
class _Limits:
    """deadline : on the monotonic clock, in seconds."""

    deadline: float
    max_bytes: int
    public_only: bool

    def left(self) -> float:
        """Seconds until the deadline; TimeoutError past it."""
        return _left(self.deadline)


def fetch(
    url: str,
    *,
    timeout: float = 20.0,
    max_bytes: int = 256 << 20,
    max_redirects: int = 5,
    public_only: bool = False,
) -> bytes:
    """The bytes of the picture at an http or https URL.

    Parameters
    ----------
    timeout : seconds for all of it, redirects and name look-up included.
    max_bytes : how much may arrive, and how much it may become where a server compresses unasked.
    max_redirects : how many times the server may point elsewhere; each target is checked as the first URL is.
    public_only : for servers, which fetch what strangers ask for. Only addresses of the public internet are
        dialed, on port 80, 443 or one above 1023, and the proxies that the environment names are not used.

    Raises
    ------
    FetchError
        The URL cannot be fetched or must not be, or what came is no picture. The message leaves out the query
        and any password of the URL.
    TooLargeError
        More than `max_bytes`.
    OptionError
        A limit makes no sense.

    Examples
    --------
    >>> from pochade.source.url import fetch
    >>> fetch("ftp://example.org/harbor.jpg")
    Traceback (most recent call last):
        ...
    pochade.errors.FetchError: ftp://example.org/harbor.jpg: only http:// and https:// URLs can be fetched.
    """
    _check_options(timeout, max_bytes, max_redirects)
    limits = _Limits(time.monotonic() + timeout, max_bytes, public_only)
    trail = [url]
    try:
        trail = [_normal(url)]
        while True:
            with _open(trail[-1], limits) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or location is None:
                    return _body(response, limits)
            trail.append(_target(trail[-1], location))
            trail[-1] = _normal(trail[-1])
            _check_trail(trail, max_redirects)
    except SourceError as error:
        raise type(error)(f"{_shown_trail(trail)}: {error}") from None
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise FetchError(f"{_shown_trail(trail)}: {_reason(error, timeout)}") from error


def _check_options(timeout: float, max_bytes: int, max_redirects: int) -> None:
    if not (math.isfinite(timeout) and 0 < timeout <= _DAY):
        raise OptionError(f"timeout={timeout!r}: give seconds, above 0 and at most {_DAY}.")
    if max_bytes < 1:
        raise OptionError(f"max_bytes={max_bytes!r}: give at least 1.")
    if max_redirects < 0:
        raise OptionError(f"max_redirects={max_redirects!r}: give 0 (none) or more.")


def _check_trail(trail: list[str], max_redirects: int) -> None:
    if trail[-1] in trail[:-1]:
        raise FetchError("the server redirects in a circle. Check the URL in a browser.")
    if len(trail) - 1 > max_redirects:
        raise FetchError(f"more than {max_redirects} redirects. Give the URL at which they end.")


# The URL.


def _normal(url: str) -> str:
    """The URL in ASCII, without its fragment; FetchError where it is none that may be fetched."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise FetchError("only http:// and https:// URLs can be fetched.")
        if "@" in parts.netloc:
            raise FetchError("a user name or password in a URL is refused. Give the path of a download.")
        host = _ascii_host(parts.hostname or "")
        place = host if parts.port is None else f"{host}:{parts.port}"
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~") or "/"
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    except ValueError:
        raise FetchError("not a valid URL. Check its host and port.") from None
    return SplitResult(parts.scheme, place, path, query, "").geturl()


def _target(here: str, location: str) -> str:
    """Where a redirect leads; http.client reads headers as Latin-1, quoting gives the server's bytes back."""
    try:
        return urljoin(here, quote(location, safe=string.punctuation, encoding="latin-1"))
    except ValueError:
        raise FetchError("it redirects to what is not a valid URL. Check it in a browser.") from None


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    name = host.encode("idna").decode("ascii")
    if re.fullmatch(r"[A-Za-z0-9._-]+", name) is None:
        raise ValueError(host)
    return name


def _shown(url: str) -> str:
    """The URL for a message: no password, no query (it may hold a key), no terminal's control characters."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port is not None else ""
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        text = f"{parts.scheme}://{host}{port}{parts.path}"
    except ValueError:
        # Where a URL does not parse, a password may be anywhere before its last @.
        text = re.split(r"[?#]", url.rpartition("@")[2])[0]
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 200 else f"{text[:197]}..."


def _shown_trail(trail: list[str]) -> str:
    first = _shown(trail[0])
    return first if len(trail) == 1 else f"{first} (redirected to {_shown(trail[-1])})"


# The connection.


class _Socket(socket.socket):
    """A socket that waits for bytes until its deadline, however many come meanwhile."""

    deadline = math.inf

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(_left(self.deadline))
        return super().recv_into(buffer, nbytes, flags)


class _TLSSocket(ssl.SSLSocket):
    """The same over TLS."""

    deadline = math.inf

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(_left(self.deadline))
        return super().recv_into(buffer, nbytes, flags)


def _left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class _Connection(http.client.HTTPConnection):
    """A connection that dials for itself, so that only addresses that the limits allow are reached."""

    def __init__(self, host: str, *, limits: _Limits, tls: bool, **options: Any) -> None:
        self.default_port = 443 if tls else 80
        super().__init__(host, **options)
        self._limits, self._tls = limits, tls

    def connect(self) -> None:
        self.sock = sock = _dial(self.host, self.port, self._limits)
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
            self.sock = secure


class _Door(urllib.request.AbstractHTTPHandler):
    """Opens http and https requests by `_Connection`."""

    def __init__(self, limits: _Limits) -> None:
        super().__init__()
        self._limits = limits

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, limits=self._limits, tls=False), request)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, limits=self._limits, tls=True), request)

    def unknown_open(self, request: urllib.request.Request) -> None:
        # The scheme of the URL is checked already; a proxy's takes its place.
        raise FetchError("the proxy that the environment names is of an unsupported kind. Use an http one.")

    http_request = https_request = urllib.request.AbstractHTTPHandler.do_request_


def _open(url: str, limits: _Limits) -> http.client.HTTPResponse:
    """The answer to GET, its body unread. Without urllib's own handlers: no file:, no ftp:, no redirects."""
    opener = urllib.request.OpenerDirector()
    opener.add_handler(_Door(limits))
    if not limits.public_only:
        opener.add_handler(urllib.request.ProxyHandler())
    headers = {"User-Agent": _AGENT, "Accept": "image/*,*/*;q=0.5", "Accept-Encoding": "identity"}
    response = opener.open(urllib.request.Request(url, headers=headers), timeout=limits.left())
    assert isinstance(response, http.client.HTTPResponse)
    return response


def _dial(host: str, port: int, limits: _Limits) -> _Socket:
    """A connection to the first address of host that answers, all of them checked before."""
    found = _look_up(host, port, limits)
    if limits.public_only:
        _check_public(host, port, [str(address[0]) for *_, address in found])
    failure = OSError(f"{host} has no address")
    for tried, (family, kind, protocol, _, address) in enumerate(found):
        sock = None
        try:
            sock = _Socket(family, kind, protocol)
            # An address that keeps silent must leave time for the others.
            sock.settimeout(limits.left() / (len(found) - tried))
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


def _look_up(host: str, port: int, limits: _Limits) -> list[Any]:
    """What getaddrinfo answers. It knows no time limit, so it runs in a thread, left behind when late."""
    answers: list[list[Any] | Exception] = []

    def ask() -> None:
        try:
            answers.append(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, ValueError) as error:
            answers.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(limits.left())
    if not answers:
        raise TimeoutError
    if isinstance(answers[0], Exception):
        raise answers[0]
    return answers[0]


# The destination.


def _check_public(host: str, port: int, addresses: list[str]) -> None:
    """FetchError unless every address is public. It names none: that would map a private network."""
    if port not in (80, 443) and port < 1024:
        raise FetchError(f"port {port} is not allowed here: 80, 443 and those above 1023 are.")
    if not all(_is_public(ipaddress.ip_address(address)) for address in addresses):
        raise FetchError(f"{host} is not a public address, and only those are allowed here.")


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether the address is a host's on the public internet.

    Narrower than `is_global`, which says yes to multicast, to site-local, and to 6to4 and NAT64 around
    private addresses, and whose answers differ between releases of Python.
    """
    if isinstance(address, ipaddress.IPv4Address):
        held_back = address.is_multicast or any(address in net for net in _IPV4_NOT_PUBLIC)
        return address.is_global and not held_back
    if address.ipv4_mapped is not None:
        return _is_public(address.ipv4_mapped)
    if address in _NAT64:
        return _is_public(ipaddress.IPv4Address(address.packed[-4:]))
    return address in _IPV6_PUBLIC and not any(address in net for net in _IPV6_NOT_PUBLIC)


# What came.


def _body(response: http.client.HTTPResponse, limits: _Limits) -> bytes:
    """The body, whole, and by its first bytes or its type not something else than a picture."""
    _check_status(response.status)
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise FetchError("the server compresses unasked, not by gzip. Give the path of a download.")
    kind, announced = response.headers.get("Content-Type"), response.length
    if announced is not None and announced > limits.max_bytes:
        raise _too_large(limits)
    inflate = None if encoding == "identity" else zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    body, arrived, checked = io.BytesIO(), 0, False
    # read1, never read: read takes a chunk of size -1 for "all there is", and so past any limit.
    while block := response.read1(_BLOCK):
        limits.left()
        arrived += len(block)
        body.write(inflate.decompress(block, limits.max_bytes + 1 - body.tell()) if inflate else block)
        if max(arrived, body.tell()) > limits.max_bytes:
            raise _too_large(limits)
        if not checked and (checked := body.tell() >= _HEAD):
            _check_kind(kind, body.getvalue()[:_HEAD])
    if announced is not None and arrived < announced:
        raise FetchError(f"the connection ended after {arrived} of {announced} bytes. Try again.")
    if inflate is not None and arrived and (not inflate.eof or inflate.unused_data):
        raise FetchError("what the server compressed is broken or ends early. Try again.")
    if body.tell() == 0:
        raise FetchError("the server answered with nothing. Check the URL in a browser.")
    if not checked:
        _check_kind(kind, body.getvalue())
    return body.getvalue()


def _too_large(limits: _Limits) -> TooLargeError:
    return TooLargeError(f"more than the limit of {limits.max_bytes:,} bytes. Allow more, or give a file.")


def _check_status(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in (401, 403, 407):
        advice = "It asks for a login, or refuses programs; give the path of a download."
    elif status == 429 or status >= 500:
        advice = "Try again later."
    else:
        advice = "Check the URL in a browser."
    phrase = http.client.responses.get(status, "no known status")
    raise FetchError(f"the server answered {status} ({phrase}). {advice}")


def _check_kind(content_type: str | None, head: bytes) -> None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    page = text.startswith((b"<!doctype html", b"<html"))
    if page or (_NOT_PICTURE.match(kind) and not _is_picture(head, text)):
        what = "a web page" if page or kind == "text/html" else f"{kind[:60]!r}"
        raise FetchError(f"the server sent {what}, not a picture. Give the URL of the picture itself.")


def _is_picture(head: bytes, text: bytes) -> bool:
    if any(head.startswith(signature, offset) for offset, signature in _SIGNATURES) or _NETPBM.match(head):
        return True
    svg = text.startswith((b"<svg", b"<!doctype svg"))
    return svg or (text.startswith((b"<?xml", b"<!--")) and b"<svg" in text and b"<html" not in text)


def _reason(error: Exception, timeout: float) -> str:
    """What happened and what to do, for a failure that the network reports."""
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    match error:
        case TimeoutError():
            return f"not complete after {timeout:g} s. Try again, or allow more time."
        case ssl.SSLCertVerificationError():
            return (
                f"the server's certificate is not trusted ({error.verify_message}). "
                "Check the host name, and the certificates that this computer trusts."
            )
        case ssl.SSLError():
            return f"no secure connection ({error.reason or 'TLS failed'}). Check the URL in a browser."
        case socket.gaierror():
            return "the host is not known. Check its spelling, and the network."
        case ConnectionRefusedError():
            return "the host refuses the connection. Check the port, and that the server runs."
        case http.client.IncompleteRead() | http.client.RemoteDisconnected() | ConnectionError():
            return "the connection ended early. Try again."
        case http.client.HTTPException():
            return "the answer is not valid HTTP. Check the port, and the proxy where there is one."
        case zlib.error():
            return "what the server compressed is broken. Try again."
    return f"the connection failed ({error!r}). Check the network, and the proxy where there is one."
