"""A crew of processes that work on one thing each, where the death of one costs only what it was working on.

The standard library's pools cannot say which task broke them, and throw all others away with it.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

# A fresh interpreter: forking a process that has threads, as NumPy's libraries start them, can lock up.
_CONTEXT = get_context("spawn")


class Crew:
    """At most `size` processes, started when needed, each calling `work(task, about)`.

    Use it as a context manager: at its end the processes are ended, whatever they do.
    """

    def __init__(self, size: int, work: Callable[[Any, Any], Any], about: Any) -> None:
        self._size, self._work, self._about = size, work, about
        self._resting: list[_Member] = []
        self._busy: dict[Connection, _Member] = {}

    @property
    def idle(self) -> bool:
        """Whether one more task can be given."""
        return len(self._busy) < self._size

    def give(self, number: int, task: Any) -> None:
        """Have a task done; `collect` answers under its number."""
        member = self._resting.pop() if self._resting else _Member(self._work, self._about)
        member.number = number
        self._busy[member.pipe] = member
        with suppress(OSError):  # it is dead, which `collect` will see
            member.pipe.send(task)

    def collect(self) -> list[tuple[int, Any]]:
        """Wait until something is done, if anything is given: numbers and answers.

        The answer for a task whose process died is the exit status, negative for the signal that killed it.
        """
        answers: list[tuple[int, Any]] = []
        for ready in connection.wait(list(self._busy)) if self._busy else ():
            assert isinstance(ready, Connection)
            member = self._busy.pop(ready)
            try:
                answers.append((member.number, ready.recv()))
                self._resting.append(member)
            except (EOFError, OSError):
                answers.append((member.number, member.end()))
        return answers

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        members = [*self._resting, *self._busy.values()]
        for member in members:
            member.process.terminate()
        for member in members:
            member.end()


class _Member:
    """A process and the pipe to it."""

    number: int

    def __init__(self, work: Callable[[Any, Any], Any], about: Any) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_serve, args=(theirs, work, about), daemon=True)
        _start_deaf_to_interrupts(self.process)
        theirs.close()

    def end(self) -> int:
        """Wait for its end; its exit status, negative for the signal that killed it."""
        self.process.join()
        self.pipe.close()
        status = self.process.exitcode
        assert status is not None
        return status


def _start_deaf_to_interrupts(process: Any) -> None:
    """Start it so that Ctrl-C, which a terminal sends to all, ends the parent only, which then ends it.

    Blocked signals stay blocked in a new process, so that not even its start-up prints a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, work: Callable[[Any, Any], Any], about: Any) -> None:
    """The life of a process: tasks in, answers out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("POCHADE_THREADS", "1")  # the other cores have members of their own
    while True:
        try:
            pipe.send(work(pipe.recv(), about))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
