"""Rate limits for each client."""

import math
import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from pochade.errors import OptionError
from pochade.web.clients import network
from pochade.web.problems import Problem


class Rates:
    """Moving windows for each client and kind: "any" for every request, "upload" for requests with a new picture."""

    def __init__(self, rate: str | None, upload_rate: str | None) -> None:
        self._limits = {"any": _parsed("rate", rate), "upload": _parsed("upload_rate", upload_rate)}
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def spend(self, kind: str, client: str | None) -> None:
        """Count a request; Problem if the client exceeds its limit."""
        limit = self._limits[kind]
        if limit is None or await self._limiter.hit(limit, kind, network(client)):
            return
        window = await self._limiter.get_window_stats(limit, kind, network(client))
        wait = max(1, math.ceil(window.reset_time - time.time()))
        raise Problem(
            "too-many",
            f"More than {limit.amount} {'new pictures' if kind == 'upload' else 'requests'} in {limit.get_expiry()} s: "
            f"try again in {wait} s.",
            headers={"Retry-After": str(wait)},
        )


def _parsed(name: str, text: str | None) -> RateLimitItem | None:
    if text is None:
        return None
    try:
        return parse(text)
    except ValueError:
        raise OptionError(f"{name}={text!r} is not allowed: give a number and a period, such as 600/minute.") from None
