"""The outermost middleware: checks Host and Origin, sets security headers, counts and logs requests."""

import time
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pochade.web.logs import LOGGER
from pochade.web.metrics import Metrics
from pochade.web.problems import Problem
from pochade.web.settings import Settings

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
API_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
"""Answers of the API are data: an SVG opened in a tab runs no scripts."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "clipboard-read=(self), clipboard-write=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",  # for requests without CORS; a site that --cors allows uses CORS
    "X-Frame-Options": "DENY",
}

API = "/api/"


class Guard:
    """The outermost layer of the app."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app, self._settings, self._metrics = app, settings, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, pass it on, and count its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status, sent, came = time.perf_counter(), 500, 0, 0

        async def receiving() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                self._mark(scope["path"], MutableHeaders(scope=message))
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            try:
                self._admit(scope)
            except Problem as problem:
                await problem.response()(scope, receiving, sending)
            else:
                await self._app(scope, receiving, sending)
        finally:
            self._count(scope, status, time.perf_counter() - start, came, sent)

    def _admit(self, scope: Scope) -> None:
        """Raise Problem if the request is for another host or from a page of another site."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._settings.knows_host(host):
            raise Problem("wrong-host", "The Host header does not name this server; --name adds a name to it.")
        if not scope["path"].startswith(API):
            return
        origin = headers.get("origin")
        if origin is None:
            allowed = headers.get("sec-fetch-site") not in ("cross-site", "same-site") or _follows_link(headers)
        else:
            allowed = urlsplit(origin).netloc == host or origin in self._settings.origins
        if not allowed:
            said = "The request comes from a page of another site; --cors allows a site, whose pages use fetch()."
            raise Problem("wrong-origin", said)

    def _mark(self, path: str, headers: MutableHeaders) -> None:
        """Set the headers that every answer has."""
        for name, value in HEADERS.items():
            headers[name] = value
        headers["Content-Security-Policy"] = API_POLICY if path.startswith(API) else PAGE_POLICY

    def _count(self, scope: MutableMapping[str, Any], status: int, seconds: float, came: int, sent: int) -> None:
        route = getattr(scope.get("route"), "path", None) or ("static" if status < 400 else "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(route, method, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        self._metrics.received.inc(came)
        facts = {"route": route, "method": method, "status": status, "ms": round(1000 * seconds, 1)}
        LOGGER.info("request", extra={"facts": {**facts, "received": came, "sent": sent}})


def _follows_link(headers: Headers) -> bool:
    """Whether a person follows a link to this server. Pages load images, scripts and frames without Origin, too: a
    request without it does not say which site it is from, so --cors cannot allow it."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
