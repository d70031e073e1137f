"""The limits of a fetch: time, size and destination."""

import math
import time
from dataclasses import dataclass

from pochade.errors import OptionError

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Limits:
    """deadline : in seconds of the monotonic clock."""

    deadline: float
    max_bytes: int
    public_only: bool

    def left(self) -> float:
        """Seconds until the deadline; TimeoutError past it."""
        return seconds_left(self.deadline)


def check_options(timeout: float, max_bytes: int, max_redirects: int) -> None:
    if not (math.isfinite(timeout) and 0 < timeout <= _DAY):
        raise OptionError(f"timeout={timeout!r}: give seconds, above 0 and at most {_DAY}.")
    if max_bytes < 1:
        raise OptionError(f"max_bytes={max_bytes!r}: give at least 1.")
    if max_redirects < 0:
        raise OptionError(f"max_redirects={max_redirects!r}: give 0 (none) or more.")


def seconds_left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
