"""Convert a URL to the form for a request, or to the form for a message."""

import ipaddress
import re
import string
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from pochade.errors import FetchError


def normalize(url: str) -> str:
    """The URL in ASCII, without its fragment; FetchError if it must not be fetched."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise FetchError("only http:// and https:// URLs can be fetched.")
        if "@" in parts.netloc:
            raise FetchError("a user name or password in a URL is refused. Give the path of a download.")
        host = ascii_host(parts.hostname or "")
        place = host if parts.port is None else f"{host}:{parts.port}"
        path = quoted_path(parts.path) or "/"
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    except ValueError:
        raise FetchError("not a valid URL. Check its host and port.") from None
    return SplitResult(parts.scheme, place, path, query, "").geturl()


def target(here: str, location: str) -> str:
    """The target of a redirect. http.client reads headers as Latin-1; quoting restores the server's bytes."""
    try:
        return urljoin(here, quote(location, safe=string.punctuation, encoding="latin-1"))
    except ValueError:
        raise FetchError("it redirects to an invalid URL. Check it in a browser.") from None


def quoted_path(path: str) -> str:
    """The path in ASCII; what is quoted stays so."""
    return quote(path, safe="/%:@!$&'()*+,;=~")


def ascii_host(host: str) -> str:
    """The host name in ASCII, an IPv6 address in brackets; ValueError if it is neither."""
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    name = host.encode("idna").decode("ascii")
    if re.fullmatch(r"[A-Za-z0-9._-]+", name) is None:
        raise ValueError(host)
    return name


def redact(url: str) -> str:
    """The URL for a message, without password, query (it may contain a key) and control characters."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port is not None else ""
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        text = f"{parts.scheme}://{host}{port}{parts.path}"
    except ValueError:
        # In a URL that does not parse, a password may be anywhere before the last @.
        text = re.split(r"[?#]", url.rpartition("@")[2])[0]
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 200 else f"{text[:197]}..."
