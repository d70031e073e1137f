"""The limits of a fetch: time, size and destination."""

import contextlib
import math
import socket
import time
from dataclasses import dataclass, field

from pochade.errors import OptionError

_DAY = 86_400


class Halt:
    """Ends a fetch before its deadline, from another thread: its connection is shut down."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._called = False

    def watch(self, sock: socket.socket) -> None:
        """Shut a socket of the fetch down with the others."""
        self._sockets.append(sock)
        if self._called:
            self()

    def __call__(self) -> None:
        """End the fetch, which then raises FetchError."""
        self._called = True
        for sock in self._sockets:
            with contextlib.suppress(OSError):  # it is closed already
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class Limits:
    """deadline : in seconds of the monotonic clock."""

    deadline: float
    max_bytes: int
    public_only: bool
    halt: Halt = field(default_factory=Halt)

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
