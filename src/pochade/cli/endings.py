"""SIGTERM and SIGHUP end a command as Ctrl-C does: no file stays incomplete, and no process stays behind."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GRACE_SECONDS = 5.0
"""The time for tidying up after a signal. The main thread may be in a decoder, where it hears no signal."""


class Ended(BaseException):
    """A signal told the process to end; no `Exception`, so no handler of errors takes it. number : of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def endings() -> Iterator[None]:
    """Within the block, SIGTERM and SIGHUP raise `Ended` in the main thread; a second one ends the process at once.

    Signals that are ignored, as by nohup, stay ignored. If the block goes on for `GRACE_SECONDS` after one of them, or
    after Ctrl-C, the process ends anyway.
    """
    both = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [number for number in both if signal.getsignal(number) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    for number in numbers:
        signal.signal(number, _raise)
    try:
        with _limited():
            yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)


def _raise(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise Ended(number)


@contextmanager
def _limited() -> Iterator[None]:
    """End the process if the block goes on for `GRACE_SECONDS` after a signal that Python hears."""
    arrivals, arrive = os.pipe()
    os.set_blocking(arrive, False)
    left = threading.Event()

    def watch() -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())  # they belong to the main thread
        with open(arrivals, "rb", buffering=0) as pipe:
            number = pipe.read(1)  # the interpreter writes the number of each signal, whatever the main thread does
            if number and not left.wait(GRACE_SECONDS):
                os._exit(128 + number[0])

    threading.Thread(target=watch, daemon=True, name="pochade-endings").start()
    before = signal.set_wakeup_fd(arrive, warn_on_full_buffer=False)
    try:
        yield
    finally:
        left.set()
        signal.set_wakeup_fd(before)
        os.close(arrive)
