"""Processes that end with their parent, however it ended: by a signal, without memory, or by `kill -9`."""

import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing import connection


def end_with_parent() -> None:
    """Make this process end as soon as the process that started it has ended.

    Call it first in a process that `multiprocessing` started by "spawn". When the parent ends, for whatever reason, the
    system closes the pipe between the two. A thread waits for that. On Linux a signal comes too, because the thread
    cannot run while a decoder holds Python's lock, and a picture may occupy a decoder for ever.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None, "no process of multiprocessing"
    if sys.platform == "linux":
        _kill_when_closed(parent.sentinel)
    threading.Thread(target=_wait, args=(parent.sentinel,), daemon=True, name="pochade-lifeline").start()


def _kill_when_closed(pipe: int) -> None:
    """Let the kernel end this process when the other side of the pipe is closed. Nothing is ever written to it.

    References
    ----------
    fcntl(2) of Linux, O_ASYNC and F_SETSIG; the end of the parent's thread does not count, as it would with
    PR_SET_PDEATHSIG of prctl(2).
    """
    import fcntl

    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def _wait(sentinel: int) -> None:
    """Wait for the end of the parent, which may have come before this call, and end this process."""
    connection.wait([sentinel])
    os._exit(1)
