"""A picture at an http or https address, fetched within limits of time, size, redirects and destination.

The standard library does the HTTP and the proxies. Added here, because neither it nor the usual clients have
it: one deadline over everything (look-up, connecting, TLS, headers, body, all redirects), and a check of the
very address that is dialed. A name is looked up once per hop, and the connection goes to the address that was
checked, so a name server that changes its answer gains nothing.
"""

import http.client
import socket
import ssl
import time
import zlib
from urllib.error import URLError

from pochade.errors import FetchError, SourceError
from pochade.source.url.answer import checked_body
from pochade.source.url.connection import open_url
from pochade.source.url.limits import Limits, check_options
from pochade.source.url.spelling import normal, shown, target

__all__ = ["fetch"]

_REDIRECTS = {301, 302, 303, 307, 308}


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
    check_options(timeout, max_bytes, max_redirects)
    limits = Limits(time.monotonic() + timeout, max_bytes, public_only)
    trail = [url]
    try:
        trail = [normal(url)]
        while True:
            with open_url(trail[-1], limits) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or location is None:
                    return checked_body(response, limits)
            trail.append(target(trail[-1], location))
            trail[-1] = normal(trail[-1])
            _check_trail(trail, max_redirects)
    except SourceError as error:
        raise type(error)(f"{_shown_trail(trail)}: {error}") from None
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise FetchError(f"{_shown_trail(trail)}: {_reason(error, timeout)}") from error


def _check_trail(trail: list[str], max_redirects: int) -> None:
    if trail[-1] in trail[:-1]:
        raise FetchError("the server redirects in a circle. Check the URL in a browser.")
    if len(trail) - 1 > max_redirects:
        raise FetchError(f"more than {max_redirects} redirects. Give the URL at which they end.")


def _shown_trail(trail: list[str]) -> str:
    first = shown(trail[0])
    return first if len(trail) == 1 else f"{first} (redirected to {shown(trail[-1])})"


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
