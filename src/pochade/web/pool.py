"""The pool: processes that open strangers' pictures, one task each, with a bounded queue before them.

A process that takes too long, or dies, costs only the task that it had: the next one has taken its place before anybody
asks. Of the ready-made pools, that of concurrent.futures loses all tasks with one process; and none gives a task to the
process that holds its picture already.
"""

import asyncio
import contextlib
import os
import signal
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

from pochade.errors import PochadeError
from pochade.web.settings import Settings
from pochade.web.worker import Done, Failed, NotSent, serve

_CONTEXT = get_context("spawn")

KNOWN = 64
"""Of so many pictures it is remembered which process had them last."""

START = 60.0
"""Seconds that a process may need to start."""

Work = Callable[..., Done]


class Full(Exception):
    """Too many tasks are waiting."""


class Late(Exception):
    """The task took too long, and its process was ended."""


class Died(Exception):
    """The task's process ended by itself. status : its exit status, negative for the signal that killed it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """Nobody waits for the answer any more."""


class _Worker:
    """A process, and the pipe to it. Its methods block, and are called in threads."""

    def __init__(self, settings: Settings) -> None:
        self.known: OrderedDict[str, None] = OrderedDict()
        self.forget: set[str] = set()
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=serve, args=(theirs, settings), daemon=True, name="pochade-worker")
        with _deaf_to_signals():
            self.process.start()
        theirs.close()
        if not self.pipe.poll(START):
            self.end()
            raise Late
        self._answer()

    def do(
        self,
        work: Work,
        digest: str | None,
        given: dict[str, Any],
        pictures: Mapping[str, bytes | None],
        seconds: float,
    ) -> Any:
        """What the process answers; Late, or Died."""
        forget, self.forget = self.forget, set()
        send = [one for one in pictures if one not in self.known]
        for one in pictures:
            self.known[one] = None
            self.known.move_to_end(one)
        while len(self.known) > max(KNOWN, len(pictures)):
            self.known.popitem(last=False)
        task = work, digest, given
        answer = self._asked((*task, forget, [*pictures], send), [pictures[one] for one in send], seconds)
        if isinstance(answer, NotSent):  # it had to make room meanwhile
            answer = self._asked((*task, (), [*pictures], [*pictures]), [*pictures.values()], seconds)
        return answer

    def _asked(self, message: Any, data: Iterable[bytes | None], seconds: float) -> Any:
        try:
            self.pipe.send(message)
            for one in data:
                self.pipe.send_bytes(one or b"")
        except OSError:  # it is dead, as reading will tell
            pass
        if not self.pipe.poll(seconds):
            self.end()
            raise Late
        return self._answer()

    def _answer(self) -> Any:
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            raise Died(self.end()) from None

    def end(self) -> int:
        """Kill it, if it lives; its exit status."""
        self.process.join(0.2 if self.process.exitcode is None else 0)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode or 0


class Pool:
    """Processes for `settings.workers` tasks at once, and a queue of `settings.queue`.

    told : called with what became of each task: "done", "refused", "late", "died", "full", "gone", "defect".
    """

    def __init__(self, settings: Settings, told: Callable[[str], None] = lambda what: None) -> None:
        self._settings, self._told = settings, told
        self._threads = ThreadPoolExecutor(settings.workers, "pochade-pool")
        self._all: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._jobs: set[asyncio.Future[Any]] = set()
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many tasks wait for a process."""
        return len(self._waiting)

    @property
    def full(self) -> bool:
        """Whether one more task would be turned away."""
        return not self._idle and self.waiting >= self._settings.queue

    @property
    def pids(self) -> list[int]:
        """The processes."""
        return [worker.process.pid or 0 for worker in self._all]

    async def start(self) -> None:
        """Start the processes; they have imported all they need when this returns."""
        started = await asyncio.gather(*(self._start() for _ in range(self._settings.workers)))
        for worker in started:
            self._release(worker)

    async def run(
        self,
        work: Work,
        digest: str | None,
        given: dict[str, Any],
        data: bytes | None = None,
        gone: Callable[[], Awaitable[bool]] | None = None,
        others: Mapping[str, bytes] | None = None,
    ) -> Done:
        """What `work(held, digest, **given)` answers in a process that holds the picture's bytes, or is sent them.

        Parameters
        ----------
        others : more pictures that the work needs, by their digests.
        gone : asked when its turn has come: whether nobody waits for the answer any more.

        Raises
        ------
        Full, Late, Died, Gone : as their names say. PochadeError : what the library refuses.
        """
        if self.full:
            self._told("full")
            raise Full
        worker = await self._living(digest)
        if gone is not None and await gone():
            self._release(worker)
            self._told("gone")
            raise Gone
        pictures = {**({} if digest is None else {digest: data}), **(others or {})}
        job = asyncio.ensure_future(self._done(worker, work, digest, given, pictures))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        answer = await asyncio.shield(job)  # who waits may be cancelled; the process is busy all the same
        if isinstance(answer, PochadeError | Late | Died):
            raise answer
        if isinstance(answer, Failed):
            raise RuntimeError(answer.trace)
        assert isinstance(answer, Done)
        return answer

    def forget(self, digests: Iterable[str]) -> None:
        """Have all processes drop pictures: those that rest at once, the others when they are done."""
        digests = set(digests)
        for worker in self._all:
            worker.forget |= digests & worker.known.keys()
            for digest in digests:
                worker.known.pop(digest, None)
        for worker in [worker for worker in self._idle if worker.forget]:
            self._idle.remove(worker)
            self._forgotten(worker)

    async def close(self) -> None:
        """End the processes, whatever they do."""
        self._closed = True
        for future in self._waiting:
            future.cancel()
        for worker in self._all:
            worker.process.kill()
        if self._jobs:
            await asyncio.wait(self._jobs)
        for worker in self._all:
            worker.end()
        self._threads.shutdown(wait=False)

    async def _start(self) -> _Worker:
        worker = await asyncio.get_running_loop().run_in_executor(self._threads, _Worker, self._settings)
        self._all.add(worker)
        return worker

    async def _living(self, digest: str | None) -> _Worker:
        """A process that is free. That one has died at rest, as where memory is short, costs no task."""
        while True:
            worker = await self._taken(digest)
            if worker.process.is_alive():
                return worker
            self._told("died")
            self._all.discard(worker)
            self._replace()

    async def _taken(self, digest: str | None) -> _Worker:
        """A process that rests: one that holds the picture where there is one."""
        if self._idle:
            worker = next((w for w in self._idle if digest in w.known), self._idle[0])
            self._idle.remove(worker)
            return worker
        future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._release(future.result())
            else:
                with contextlib.suppress(ValueError):
                    self._waiting.remove(future)
            raise

    def _release(self, worker: _Worker) -> None:
        """To who waits longest, or to rest."""
        if worker.forget and not self._closed:
            self._forgotten(worker)
            return
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)

    def _forgotten(self, worker: _Worker) -> None:
        from pochade.web.work.pictures import nothing

        job = asyncio.ensure_future(self._done(worker, nothing, None, {}, {}, quiet=True))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    async def _done(
        self,
        worker: _Worker,
        work: Work,
        digest: str | None,
        given: dict[str, Any],
        pictures: Mapping[str, bytes | None],
        *,
        quiet: bool = False,
    ) -> Any:
        """The answer, or the error; the process, or one in its place, is free again."""
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(
                self._threads, worker.do, work, digest, given, pictures, self._settings.seconds
            )
        except (Late, Died) as error:
            self._told("late" if isinstance(error, Late) else "died")
            self._all.discard(worker)
            self._replace()
            return error
        if not quiet:
            self._told(_OUTCOMES.get(type(answer), "refused"))
        self._release(worker)
        return answer

    def _replace(self) -> None:
        """Start a process for one that has ended."""
        if self._closed:
            return

        async def replaced() -> None:
            while not self._closed:
                try:
                    worker = await self._start()
                except (Late, Died, OSError):  # no memory for another process now
                    await asyncio.sleep(1)
                    continue
                if self._closed:
                    worker.end()
                else:
                    self._release(worker)
                return

        job = asyncio.ensure_future(replaced())
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)


_OUTCOMES = {Done: "done", Failed: "defect"}


@contextlib.contextmanager
def _deaf_to_signals() -> Any:
    """What is started within it has SIGINT and SIGTERM blocked: the server ends its workers itself."""
    if os.name == "nt":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
