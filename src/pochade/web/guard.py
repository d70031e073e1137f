"""The outermost middleware: checks Host and Origin, sets security headers, counts and logs requests."""

import time
import traceback
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pochade.web.drain import Drain, stopping
from pochade.web.linger import Linger
from pochade.web.logs import LOGGER
from pochade.web.metrics import Metrics
from pochade.web.problems import DEFECT, Problem
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

PAGES = {f"{API}v1"}
"""Addresses of the API that answer a browser with a page."""

FOR_OPERATORS = {f"{API}v1/{name}" for name in ("health", "ready", "metrics")}
"""Addresses that answer while the server stops."""

MAX_HEAD_BYTES = 64 << 10
"""Bytes of the first line and the headers of a request."""


class Guard:
    """The outermost layer of the app."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics, drain: Drain) -> None:
        self._app, self._settings, self._metrics, self._drain = app, settings, metrics, drain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, pass it on, and count its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status, sent, came = time.perf_counter(), 0, 0, 0
        linger = Linger(scope, receive, send)

        async def receiving() -> Message:
            nonlocal came
            message = await linger.receive()
            came += len(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                self._mark(scope["path"], MutableHeaders(scope=message))
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await linger.send(message)

        with self._drain.counted():
            try:
                try:
                    self._admit(scope)
                    await self._drain.run(self._app_or_defect(scope, receiving, sending))
                except Problem as problem:
                    if not status:  # else a part of the answer is sent, and the web server ends the connection
                        scope.setdefault("state", {})["problem"] = problem.kind
                        await problem.response()(scope, receiving, sending)
            finally:
                self._count(scope, status or 500, time.perf_counter() - start, came, sent)
            await linger.close()

    async def _app_or_defect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app; an unexpected error is logged, and raised as a Problem."""
        try:
            await self._app(scope, receive, send)
        except Problem:
            raise
        except Exception:
            LOGGER.error("defect", extra={"facts": {"trace": traceback.format_exc()}})
            raise Problem("defect", DEFECT) from None

    def _admit(self, scope: Scope) -> None:
        """Raise Problem if the request has a long head, is for another host or from a page of another site, or if the
        server stops."""
        if _head_bytes(scope) > MAX_HEAD_BYTES:
            raise head_too_large()
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._settings.knows_host(host):
            raise Problem("wrong-host", "The Host header does not name this server; --name adds a name to it.")
        if not self._drain.accepting and scope["path"] not in FOR_OPERATORS:
            raise stopping()
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
        if not self._drain.accepting:
            headers["Connection"] = "close"
        is_page = not path.startswith(API) or path in PAGES
        headers["Content-Security-Policy"] = PAGE_POLICY if is_page else API_POLICY

    def _count(self, scope: MutableMapping[str, Any], status: int, seconds: float, came: int, sent: int) -> None:
        route = getattr(scope.get("route"), "path", None) or ("static" if status < 400 else "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(route, method, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        self._metrics.received.inc(came)
        if (kind := scope.get("state", {}).get("problem")) is not None:
            self._metrics.count_refusal(kind)
        facts = {"route": route, "method": method, "status": status, "ms": round(1000 * seconds, 1)}
        LOGGER.info("request", extra={"facts": {**facts, "received": came, "sent": sent}})


def head_too_large() -> Problem:
    """The problem of a head with too many bytes."""
    return Problem("head-too-large", f"The head of the request has more than {MAX_HEAD_BYTES:,} bytes.")


def _head_bytes(scope: Scope) -> int:
    """The bytes of the head; the parser checks only heads that arrive in pieces."""
    lines = sum(len(name) + len(value) + len(b": \r\n") for name, value in scope["headers"])
    return lines + len(scope.get("raw_path") or b"") + len(scope["query_string"])


def _follows_link(headers: Headers) -> bool:
    """Whether a person follows a link to this server. Pages load images, scripts and frames without Origin, too: a
    request without it does not say which site it is from, so --cors cannot allow it."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
