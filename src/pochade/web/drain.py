"""The end of a server: new requests are refused, and requests under way get some seconds."""

import asyncio
import contextlib
from collections.abc import Awaitable, Iterator

from pochade.web.problems import Problem

ANSWER_SECONDS = 5.0
"""Seconds to send the last answers after the grace: clients may read slowly."""


class Drain:
    """The requests under way, and whether the server accepts others."""

    def __init__(self) -> None:
        self.accepting = True
        self._under_way = 0
        self._quiet = asyncio.Event()
        self._end: float | None = None
        self._limits: set[asyncio.Timeout] = set()

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """Count a request as under way, to the end of its answer."""
        self._under_way += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._quiet.set()

    async def run(self, work: Awaitable[None]) -> None:
        """Run the work on a request; Problem if the server ends before the work does."""
        limit = asyncio.timeout_at(self._end)
        try:
            async with limit:
                self._limits.add(limit)
                try:
                    await work
                finally:
                    self._limits.discard(limit)
        except TimeoutError:
            if not limit.expired():
                raise
            raise stopping() from None

    async def start(self, seconds: float) -> None:
        """Refuse new requests and wait for those under way; after `seconds` they get a Problem."""
        self.accepting = False
        if not self._under_way:
            return
        self._end = asyncio.get_running_loop().time() + seconds
        for limit in self._limits:
            limit.reschedule(self._end)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), seconds + ANSWER_SECONDS)


def stopping() -> Problem:
    """The problem of requests that a stopping server does not answer."""
    return Problem("stopping", "The server is stopping: send the request again.", headers={"Retry-After": "5"})
