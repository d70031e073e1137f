"""Close a connection whose request has a body that the server does not read."""

import asyncio
import contextlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send

LINGER_SECONDS = 2.0
"""Seconds in which the rest of a body is dropped. A connection that is closed at once is reset, and the client, which
still sends, loses the answer."""

LINGER_BYTES = 16 << 20
"""Bytes that are dropped in that time."""


class Linger:
    """The connection of one request: closes it after the answer if the body was not read to its end.

    Without it the web server reads the rest for as long as the client sends, before the next request.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        self._unread = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        self._receive, self._send, self._waits = receive, send, False

    async def receive(self) -> Message:
        """The next message of the client."""
        message = await self._receive()
        if not message.get("more_body", False):
            self._unread = False
        return message

    async def send(self, message: Message) -> None:
        """Send a message; the end of an answer waits for `close` if there is more of the body."""
        if message["type"] == "http.response.start" and self._unread:
            MutableHeaders(scope=message)["Connection"] = "close"
        if message["type"] == "http.response.body" and self._unread and not message.get("more_body", False):
            message = {**message, "more_body": True}
            self._waits = True
        await self._send(message)

    async def close(self) -> None:
        """Drop the rest of the body within limits, and end the answer."""
        if not self._waits:
            return
        dropped = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                while self._unread and dropped < LINGER_BYTES:
                    dropped += len((await self.receive()).get("body", b""))
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})
