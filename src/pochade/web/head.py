"""HEAD: the headers of GET without its body."""

from typing import Any


class Head:
    """Middleware that answers HEAD wherever GET is answered."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, HEAD as GET; send no body for HEAD."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def sending(message: Any) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        inner = {**scope, "method": "GET"}
        try:
            await self._app(inner, receive, sending)
        finally:
            scope["route"] = inner.get("route")
