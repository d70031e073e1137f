"""A list of the sources that may be fetched: hosts, with or without a scheme, a port and a path."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pochade.errors import FetchError, OptionError
from pochade.source.url.spelling import ascii_host, quoted_path

_PORTS = {"http": 80, "https": 443}
_SCHEMED = re.compile(r"https?://", re.IGNORECASE)


class NotAllowedError(FetchError):
    """The URL is of none of the allowed sources; no connection was made."""


@dataclass(frozen=True, slots=True)
class AllowedSource:
    """A host whose pictures may be fetched.

    scheme, port : None for any. host : in ASCII; with a dot in front, all hosts below it.
    path : the folder that the pictures are in, without a slash at its end; "" for any.
    """

    scheme: str | None
    host: str
    port: int | None
    path: str

    def has(self, url: str) -> bool:
        """Whether a normalized URL is of this source."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        return (
            self.scheme in (None, parts.scheme)
            and (host.endswith(self.host) if self.host[0] == "." else host == self.host)
            and self.port in (None, port)
            and (not self.path or (f"{parts.path}/".startswith(f"{self.path}/") and not _climbs(parts.path)))
        )


def allowed_source(text: str) -> AllowedSource:
    """The source of a text such as `example.org`, `*.example.org`, `localhost:8000` or `https://example.org/photos`.

    Without a scheme, http and https are allowed, and every port unless one is given.

    Raises
    ------
    OptionError : the text is no such source.

    Examples
    --------
    >>> from pochade.source.url.allowed import allowed_source
    >>> allowed_source("https://*.example.org/photos/")
    AllowedSource(scheme='https', host='.example.org', port=443, path='/photos')
    """
    try:
        parts = urlsplit(text if _SCHEMED.match(text) else f"//{text}")
        name = parts.hostname or ""
        below = "." if name.startswith("*.") else ""
        if re.search(r"@|:$", parts.netloc) or re.search(r"[?#]", text) or parts.path.startswith("//"):
            raise ValueError
        if _climbs(parts.path):
            raise ValueError
        host = below + ascii_host(name.removeprefix("*.")).strip("[]")
        port = parts.port if parts.port is not None or not parts.scheme else _PORTS[parts.scheme]
        return AllowedSource(parts.scheme or None, host, port, quoted_path(parts.path).rstrip("/"))
    except ValueError:
        examples = "example.org, *.example.org, localhost:8000 or https://example.org/photos"
        raise OptionError(
            f"allow_sources={text!r} is not allowed: give hosts or folders, such as {examples}."
        ) from None


def check_allowed(url: str, sources: Sequence[AllowedSource]) -> None:
    """Raise NotAllowedError unless the list is empty or one of its sources has the normalized URL."""
    if sources and not any(source.has(url) for source in sources):
        raise NotAllowedError("it is not among the sources that may be fetched here.")


def _climbs(path: str) -> bool:
    """Whether a server might read the path as one that leaves its folder, such as /photos/%2e%2e/."""
    for _ in range(_MAX_QUOTINGS):
        plain = unquote(path)
        if plain == path:
            return any(segment in (".", "..") for segment in re.split(r"[/\\]", path))
        path = plain
    return True


_MAX_QUOTINGS = 4
"""How often a path may be quoted; some servers undo it more than once."""
