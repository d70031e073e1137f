"""A crew of processes with one task each; the death of a process loses only its own task.

The pools of the standard library cannot tell which task broke them, and lose all others too.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from pochade.lifeline import end_with_parent

# A fresh interpreter: the fork of a process with threads, which NumPy's libraries start, can deadlock.
_CONTEXT = get_context("spawn")


class Crew:
    """At most `size` processes, started when needed, each of which calls `work(task, about)`.

    Use it as a context manager; on exit it ends the processes, even busy ones. They also end if this process is killed.
    """

    def __init__(self, size: int, work: Callable[[Any, Any], Any], about: Any) -> None:
        self._size, self._work, self._about = size, work, about
        self._waiting: list[_Member] = []
        self._busy: dict[Connection, _Member] = {}

    @property
    def idle(self) -> bool:
        """Whether the crew can take another task."""
        return len(self._busy) < self._size

    def give(self, number: int, task: Any) -> None:
        """Start a task; `collect` returns its answer with this number."""
        member = self._waiting.pop() if self._waiting else _Member(self._work, self._about)
        member.number = number
        self._busy[member.pipe] = member
        with suppress(OSError):  # the process is dead, and `collect` reports it
            member.pipe.send(task)

    def collect(self) -> list[tuple[int, Any]]:
        """Wait until a task is done, and return the numbers and answers; an empty list if no task is in work.

        If the process of a task died, the answer is its exit status, negative for the signal that killed it.
        """
        answers: list[tuple[int, Any]] = []
        for ready in connection.wait(list(self._busy)) if self._busy else ():
            assert isinstance(ready, Connection)
            member = self._busy.pop(ready)
            try:
                answers.append((member.number, ready.recv()))
                self._waiting.append(member)
            except (EOFError, OSError):
                answers.append((member.number, member.end()))
        return answers

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        members = [*self._waiting, *self._busy.values()]
        for member in members:
            member.process.kill()  # it has nothing to tidy up, and a stopped process would not notice SIGTERM
        for member in members:
            member.end()


class _Member:
    """A process and the pipe to it."""

    number: int

    def __init__(self, work: Callable[[Any, Any], Any], about: Any) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_serve, args=(theirs, work, about), daemon=True)
        with _signals_blocked():
            self.process.start()
        theirs.close()

    def end(self) -> int:
        """Wait for the end of the process; return its exit status, negative for the signal that killed it."""
        self.process.join()
        self.pipe.close()
        status = self.process.exitcode
        assert status is not None
        return status


_OURS = {signal.SIGINT, signal.SIGTERM} | ({signal.SIGHUP} if hasattr(signal, "SIGHUP") else set())
"""Signals that end this process. A terminal sends them to its workers too, which this process ends."""


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block the signals during the start of a process. They stay blocked in it until it unblocks them, so neither its
    start prints a traceback, nor does this process break off between the start and the record of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _OURS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, work: Callable[[Any, Any], Any], about: Any) -> None:
    """Answer tasks until the pipe is closed, or the parent ends."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OURS)
    os.environ.setdefault("POCHADE_THREADS", "1")  # the other cores serve the other processes
    while True:
        try:
            pipe.send(work(pipe.recv(), about))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
