"""Signed requests: only those who have a key of the server can make it fetch from a URL."""

import hmac
import re
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from pochade.web.problems import Problem

_QUERY = re.compile(rb"(?P<signed>.*)&signature=(?P<signature>[^&]*)", re.DOTALL)


def signature(key: str, address: str) -> str:
    """The signature of a request: HMAC-SHA256 (RFC 2104) of its path and query, as 64 hexadecimal digits.

    key : one of `--url-key`. address : the path and the query, exactly as they are sent, without the signature.

    Examples
    --------
    >>> from pochade.web.signature import signature
    >>> address = "/api/v1/palette?url=https%3A%2F%2Fexample.org%2Fharbor.jpg&k=6"
    >>> signed = f"{address}&signature={signature('a key for this example', address)}"
    >>> signed[-16:]
    'f027035bf49175ec'
    """
    return _signature(key, address.encode())


def _signature(key: str, address: bytes) -> str:
    return hmac.new(key.encode(), address, "sha256").hexdigest()


class Signatures:
    """Checks the signatures of requests and removes them; the state of the request says whether it was signed."""

    def __init__(self, app: ASGIApp, keys: Sequence[str]) -> None:
        self._app, self._keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; Problem if its signature is wrong."""
        if scope["type"] == "http" and (parts := _QUERY.fullmatch(scope["query_string"])):
            address = scope["raw_path"] + b"?" + parts["signed"]
            given = parts["signature"].lower()
            if not any(hmac.compare_digest(given, _signature(key, address).encode()) for key in self._keys):
                raise Problem(
                    "not-signed", "The signature is not that of this path and query: sign them as they are sent."
                )
            scope["query_string"] = parts["signed"]
            scope.setdefault("state", {})["signed"] = True
        await self._app(scope, receive, send)
