"""Fetch a picture from an http or https URL within limits of time, size, redirects and destination.

The standard library implements HTTP and proxies. This package adds what it and the usual clients lack: one
deadline for the whole fetch (look-up, connection, TLS, headers, body, all redirects), and a check of the address
of each connection. A name is looked up once per redirect, and the connection goes to the checked address, so a
name server gains nothing by a changed answer.
"""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Sequence
from urllib.error import URLError

from pochade.errors import FetchError, SourceError
from pochade.source.url.allowed import AllowedSource, check_allowed
from pochade.source.url.answer import read_body
from pochade.source.url.connection import open_url
from pochade.source.url.limits import Halt, Limits, check_options
from pochade.source.url.spelling import normalize, redact, target

__all__ = ["Halt", "fetch"]

_REDIRECTS = {301, 302, 303, 307, 308}


def fetch(
    url: str,
    *,
    timeout: float = 20.0,
    max_bytes: int = 256 << 20,
    max_redirects: int = 5,
    public_only: bool = False,
    sources: Sequence[AllowedSource] = (),
    halt: Halt | None = None,
) -> bytes:
    """The bytes of the picture at an http or https URL.

    Parameters
    ----------
    timeout : seconds for the whole fetch, redirects and name look-up included.
    max_bytes : the most bytes that may arrive, and the most after decompression if the server compresses.
    max_redirects : the most redirects; each target is checked like the first URL.
    public_only : for servers that fetch URLs for strangers. Connect only to addresses of the public internet, on
        port 80, 443 or one above 1023, and ignore the proxies of the environment.
    sources : the only sources of URLs and of redirects; by default all.
    halt : a call of it from another thread ends the fetch.

    Raises
    ------
    FetchError
        The URL cannot or must not be fetched, or the answer is not a picture. The message omits the query and
        the password of the URL.
    TooLargeError
        More than `max_bytes`.
    OptionError
        A limit is not allowed.

    Examples
    --------
    >>> from pochade.source.url import fetch
    >>> fetch("ftp://example.org/harbor.jpg")
    Traceback (most recent call last):
        ...
    pochade.errors.FetchError: ftp://example.org/harbor.jpg: only http:// and https:// URLs can be fetched.
    """
    check_options(timeout, max_bytes, max_redirects)
    limits = Limits(time.monotonic() + timeout, max_bytes, public_only, halt or Halt())
    trail = [url]
    try:
        trail = [normalize(url)]
        while True:
            check_allowed(trail[-1], sources)
            with open_url(trail[-1], limits) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or location is None:
                    return read_body(response, limits)
            trail.append(target(trail[-1], location))
            trail[-1] = normalize(trail[-1])
            _check_trail(trail, max_redirects)
    except SourceError as error:
        raise type(error)(f"{_redacted(trail)}: {error}") from None
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise FetchError(f"{_redacted(trail)}: {_reason(error, timeout)}") from error


def _check_trail(trail: list[str], max_redirects: int) -> None:
    if trail[-1] in trail[:-1]:
        raise FetchError("the server redirects in a cycle. Check the URL in a browser.")
    if len(trail) - 1 > max_redirects:
        raise FetchError(f"more than {max_redirects} redirects. Give the URL of the last one.")


def _redacted(trail: list[str]) -> str:
    first = redact(trail[0])
    return first if len(trail) == 1 else f"{first} (redirected to {redact(trail[-1])})"


def _reason(error: Exception, timeout: float) -> str:
    """The problem and the remedy, for an error of the network."""
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
            return "the answer is not valid HTTP. Check the port, and the proxy if you use one."
        case zlib.error():
            return "the compressed answer is broken. Try again."
    return f"the connection failed ({error!r}). Check the network, and the proxy if you use one."
