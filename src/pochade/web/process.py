"""The server side of a worker process: its pipe, and a record of the pictures in its cache."""

import contextlib
import os
import signal
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from pochade.web.answer import Answer, Missing
from pochade.web.settings import Settings
from pochade.web.worker import serve

CONTEXT = get_context("spawn")

MAX_REMEMBERED = 64
"""Pictures that are remembered for each process, to send their tasks there."""

START_SECONDS = 60.0
"""Seconds that a process may need to start."""

Work = Callable[..., Answer]


class TaskTimeout(Exception):
    """The task took too long and its process was killed."""


class WorkerDied(Exception):
    """The process of the task died. status : its exit status; negative for the signal that killed it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True, eq=False)
class Task:
    """A task: `work(cache, digest, **arguments)`.

    pictures : the bytes of all pictures that it needs, by digest.
    dropped : digests of those that were deleted while the task waited. client : whose task it is, if anyone's.
    """

    work: Work
    digest: str | None
    arguments: dict[str, Any]
    pictures: Mapping[str, bytes | None]
    dropped: set[str] = field(default_factory=set)
    client: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A task for one process, with the pictures to drop first and the pictures to send."""

    task: Task
    forget: set[str]
    send: list[str]


class Process:
    """A process that works on one task at a time. client : whose task it is working on; empty for nobody's.

    The constructor, `do` and `end` block, and are called in threads. The record of cached pictures changes only in the
    event loop, where pictures are also deleted, so the two cannot race.

    tasks : the tasks done. leaving : whether another process starts in its place. replaced : whether that has started.
    """

    def __init__(self, settings: Settings) -> None:
        self.tasks, self.leaving, self.replaced = 0, False, False
        self.known: OrderedDict[str, None] = OrderedDict()
        self.forget: set[str] = set()
        self.client: str | None = ""
        self.pipe, theirs = CONTEXT.Pipe()
        self.process = CONTEXT.Process(target=serve, args=(theirs, settings), daemon=True, name="pochade-worker")
        with signals_blocked():
            self.process.start()
        theirs.close()
        if not self.pipe.poll(START_SECONDS):
            self.end()
            raise TaskTimeout
        self._answer()

    def order(self, task: Task) -> Order:
        """An order for a task; records that this process now has the pictures of the task."""
        order = Order(task, self.forget, [one for one in task.pictures if one not in self.known])
        self.forget = set()
        for one in task.pictures:
            self.known[one] = None
            self.known.move_to_end(one)
        while len(self.known) > max(MAX_REMEMBERED, len(task.pictures)):
            self.known.popitem(last=False)
        self.drop(task.dropped)
        return order

    def drop(self, digests: Iterable[str]) -> None:
        """Make the process drop pictures with its next task."""
        for digest in self.known.keys() & digests:
            del self.known[digest]
            self.forget.add(digest)

    def do(self, order: Order, seconds: float) -> Any:
        """Run an order and return the answer of the process; TaskTimeout or WorkerDied."""
        task = order.task
        about, pictures = (task.work, task.digest, task.arguments), task.pictures
        answer = self._ask((*about, order.forget, [*pictures], order.send), map(pictures.get, order.send), seconds)
        if isinstance(answer, Missing):  # the worker dropped it to make room
            answer = self._ask((*about, (), [*pictures], [*pictures]), pictures.values(), seconds)
        return answer

    def _ask(self, message: Any, data: Iterable[bytes | None], seconds: float) -> Any:
        try:
            self.pipe.send(message)
            for one in data:
                self.pipe.send_bytes(one or b"")
        except OSError:  # the process is dead; reading raises WorkerDied
            pass
        if not self.pipe.poll(seconds):
            self.end()
            raise TaskTimeout
        return self._answer()

    def _answer(self) -> Any:
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            raise WorkerDied(self.end()) from None

    def end(self) -> int:
        """Kill the process if it is alive; return its exit status."""
        self.process.join(0.2 if self.process.exitcode is None else 0)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode or 0


@contextlib.contextmanager
def signals_blocked() -> Iterator[None]:
    """Block SIGINT and SIGTERM in processes started within it: the server ends its workers itself."""
    if os.name == "nt":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
