"""One connection to the server: limits on connections, on heads, on chunks, and on the time that each may take.

uvicorn times only the pause between two requests. Here a head, the rest of a body that nobody wants, and the reading of
an answer are timed, too, so nobody can hold a connection by sending or reading slowly.
"""

import asyncio
import re
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from pochade.web.clients import network, share_of
from pochade.web.guard import head_too_large
from pochade.web.problems import Problem
from pochade.web.settings import Settings

HEAD_SECONDS = 10.0
"""Seconds for the head of a request."""

MAX_HEADERS = 100
"""Lines of a head; Apache's default. Browsers send 20."""

FREE_CHUNKS, BYTES_A_CHUNK = 1000, 1 << 10
"""A body may have `FREE_CHUNKS` chunks, and one more for each `BYTES_A_CHUNK` bytes: each takes some 15 µs."""

DRAIN_SECONDS = 5.0
"""Seconds between looks whether a client reads its answer."""

FILES_BESIDES = 128
"""Open files of the server that are no connections: pipes, fetches, the log."""


def connections(
    settings: Settings, trusted: Collection[str] = (), report: Callable[[str], None] = lambda kind: None
) -> Callable[..., H11Protocol]:
    """The protocol for `uvicorn.Config(http=...)`, with the limits of a server.

    trusted : reverse proxies, which open connections for many clients.
    report : called with the kind of each problem that is answered here, before the app.
    """
    most = max(1, min(settings.connections, _max_files() - FILES_BESIDES))
    places = Places(most, share_of(most, settings.share))
    return partial(Connection, settings=settings, places=places, trusted=trusted, report=report)


class Places:
    """The open connections by client, with a limit in all and a limit for one client.

    A new connection takes the place of the oldest one that has no request under way: of the same client if that has
    as many as it may, else of the client with the most. So connections that do nothing keep nobody out.
    """

    def __init__(self, most: int, most_each: int) -> None:
        self._most, self._most_each = most, most_each
        self._open: dict[str | None, dict[Connection, None]] = {}

    def add(self, connection: "Connection", client: str | None) -> str:
        """Add a connection of a client, None for a proxy. Return why it is refused, or an empty text."""
        own = self._open.get(client, {})
        if client is not None and len(own) >= self._most_each and not self._free_one(client):
            return "This client has too many connections: close one, or try again."
        if sum(map(len, self._open.values())) >= self._most:
            largest = max(self._open, key=lambda client: len(self._open[client]))
            if not self._free_one(largest):
                return "The server has too many connections: try again."
        self._open.setdefault(client, {})[connection] = None
        return ""

    def remove(self, connection: "Connection", client: str | None) -> None:
        """Remove a connection if it is there."""
        own = self._open.get(client, {})
        own.pop(connection, None)
        if not own:
            self._open.pop(client, None)

    def _free_one(self, client: str | None) -> bool:
        for connection in self._open[client]:
            if connection.idle:
                self.remove(connection, client)
                connection.transport.abort()
                return True
        return False


class Connection(H11Protocol):
    """A connection, with its share of the limits."""

    def __init__(
        self,
        *args: Any,
        settings: Settings,
        places: Places,
        trusted: Collection[str],
        report: Callable[[str], None],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.conn: Parser = Parser(h11.SERVER, self.config.h11_max_incomplete_event_size or 0)
        self._settings, self._places, self._trusted, self._report = settings, places, trusted, report
        self._whose: str | None = None
        self._deaf = False
        self._head: asyncio.TimerHandle | None = None
        self._drain: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Count the connection; refuse it if there are too many."""
        super().connection_made(transport)
        peer = self.client[0] if self.client else None
        self._whose = None if peer in self._trusted else network(peer)
        if refusal := self._places.add(self, self._whose):
            self._refuse(Problem("busy", refusal, headers={"Retry-After": "2"}))
            self._end()
        else:
            self._await_head()

    @property
    def idle(self) -> bool:
        """Whether no request is under way, and no answer on its way."""
        done = self.cycle is None or self.cycle.response_complete
        return (done or self._deaf) and not self.transport.get_write_buffer_size()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection as closed."""
        self._places.remove(self, self._whose)
        for timer in (self._head, self._drain):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what arrives; a head must be complete in time, and so must the rest of a body after its answer."""
        if self._deaf:
            return
        super().data_received(data)
        if self._deaf:
            return
        if self.cycle is None or self.cycle.response_complete:
            self._await_head()
        elif self._head is not None:
            self._head.cancel()
            self._head = None

    def send_400_response(self, msg: str) -> None:
        """Answer a request that is not valid HTTP or exceeds a limit, and read no more of it."""
        self._deaf = True
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._refuse(self.conn.refusal or Problem("bad-request", "The request is not valid HTTP."))
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        # A socket that closes with unread bytes drops its answer: so the rest is read for a while, and dropped.
        if self._head is not None:
            self._head.cancel()
        self.transport.resume_reading()
        self._head = self.loop.call_later(self._settings.patience, self._end)

    def timeout_keep_alive_handler(self) -> None:
        """End a connection without a further request."""
        super().timeout_keep_alive_handler()
        self._end()

    def pause_writing(self) -> None:
        """Watch whether the client reads."""
        super().pause_writing()
        self._watch_drain(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """The client has read what was waiting."""
        if self._drain is not None:
            self._drain.cancel()
            self._drain = None
        super().resume_writing()

    def _await_head(self) -> None:
        if self._head is None:
            rest = self.conn.their_state is h11.SEND_BODY  # of a body that was answered early
            seconds = self._settings.patience if rest else HEAD_SECONDS
            self._head = self.loop.call_later(seconds, self._late)

    def _late(self) -> None:
        """End a connection whose next head did not arrive in time."""
        if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            said = f"The head of the request did not arrive within {HEAD_SECONDS:g} s."
            self._refuse(Problem("slow-body", said))
        self._end()

    def _refuse(self, problem: Problem) -> None:
        """Send a problem as the answer."""
        self._report(problem.kind)
        self.transport.write(raw(problem))

    def _end(self) -> None:
        """Close the connection; abort it if its last bytes are not read."""
        self._deaf = True
        if self.transport.is_closing() and not self.transport.get_write_buffer_size():
            return
        self.transport.close()
        self.loop.call_later(DRAIN_SECONDS, self.transport.abort)

    def _watch_drain(self, before: int) -> None:
        def look() -> None:
            left = self.transport.get_write_buffer_size()
            if before - left < self._settings.least_rate * DRAIN_SECONDS:
                self.transport.abort()
            else:
                self._watch_drain(left)

        if self._drain is not None:
            self._drain.cancel()
        self._drain = self.loop.call_later(DRAIN_SECONDS, look)


_BLANK_LINE = re.compile(rb"\n\r?\n")


class Parser(h11.Connection):
    """A parser that refuses requests with too long a head or too many chunks. refusal : the problem, or None."""

    def __init__(self, role: Any, max_incomplete_event_size: int) -> None:
        super().__init__(role, max_incomplete_event_size)
        self.refusal: Problem | None = None
        self._chunks = self._bytes = 0

    def next_event(self) -> Any:
        """The next event of h11; RemoteProtocolError if it exceeds a limit."""
        in_head = self.their_state is h11.IDLE
        if in_head and self._lines_of_head() > MAX_HEADERS:
            self._refuse(Problem("head-too-large", f"The head of the request has more than {MAX_HEADERS} lines."))
        try:
            event = super().next_event()
        except h11.RemoteProtocolError as error:
            if in_head and error.error_status_hint == head_too_large().status:
                self.refusal = head_too_large()
            raise
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > FREE_CHUNKS + self._bytes // BYTES_A_CHUNK:
                said = f"The body comes in too small chunks: send at least {BYTES_A_CHUNK:,} bytes in each."
                self._refuse(Problem("bad-request", said))
        return event

    def _lines_of_head(self) -> int:
        """The lines of the head that has arrived so far. To parse 10,000 lines would take a tenth of a second."""
        arrived = self.trailing_data[0]
        end = _BLANK_LINE.search(arrived)
        return arrived.count(b"\n", 0, len(arrived) if end is None else end.start())

    def _refuse(self, problem: Problem) -> None:
        self.refusal = problem
        raise h11.RemoteProtocolError(problem.detail)


def raw(problem: Problem) -> bytes:
    """A problem as the bytes of an HTTP answer after which the connection ends."""
    response = problem.response()
    lines = [f"HTTP/1.1 {problem.status} {problem.title}".encode(), b"connection: close"]
    lines += [name + b": " + value for name, value in response.raw_headers]
    return b"\r\n".join([*lines, b"", bytes(response.body)])


def _max_files() -> int:
    """The number of files that the process may have open; very many where there is no limit."""
    try:
        import resource
    except ImportError:
        return 1 << 20
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 1 << 20 if most == resource.RLIM_INFINITY else most
