"""A pool of worker processes, each with one task at a time, behind a bounded queue.

If a process takes too long or dies, only its task is lost and a new process replaces it. After a number of tasks a new
one replaces it without a gap. The pool of concurrent.futures loses all tasks with one process, and no ready-made pool
sends a task to the process that has its picture in the cache.
"""

import asyncio
import time
import traceback
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pochade.errors import PochadeError
from pochade.web.answer import Answer, Defect
from pochade.web.clients import Tally, share_of
from pochade.web.process import Process, Task, TaskTimeout, Work, WorkerDied
from pochade.web.settings import Settings
from pochade.web.work.pictures import no_op


class QueueFull(Exception):
    """Too many tasks are waiting."""


class NotHeld(Exception):
    """A picture of the task is no longer in memory."""


class Disconnected(Exception):
    """The client has disconnected."""


RESERVE_SECONDS = 60.0
"""Seconds after a task of another client in which no client alone may occupy the last process."""


class Pool:
    """Processes for `settings.workers` tasks at once, and a queue of `settings.queue`.

    The next process goes to the client whose last task started longest ago, so a client waits for at most one task of
    each other client. While several are active, one alone may not occupy all processes.

    report : called with the outcome of each task: "done", "refused", "late", "died", "full", "gone", "defect".
    find : the bytes of a picture that a task only names, when the task starts, so a queue holds no such bytes.
    """

    def __init__(
        self,
        settings: Settings,
        report: Callable[[str], None] = lambda what: None,
        find: Callable[[str], bytes | None] | None = None,
    ) -> None:
        self._settings, self._report, self._find = settings, report, find
        self._threads = ThreadPoolExecutor(2 * settings.workers, "pochade-pool")  # each may work while another starts
        self._all: set[Process] = set()
        self._idle: list[Process] = []
        self._waiting: dict[str | None, deque[asyncio.Future[Process]]] = {}
        self._places = Tally(settings.queue, share_of(settings.queue, settings.share))
        self._started: OrderedDict[str | None, float] = OrderedDict()
        self._coming: list[Task] = []
        self._jobs: set[asyncio.Future[Any]] = set()
        self._closed = False

    @property
    def waiting(self) -> int:
        """The number of tasks that wait for a process."""
        return sum(map(len, self._waiting.values()))

    @property
    def busy(self) -> int:
        """The number of processes with a task."""
        return len(self._all) - len(self._idle)

    def full_for(self, client: str | None) -> bool:
        """Whether another task of a client would be refused."""
        return not (self._idle and self._may_start(client)) and self._places.refuses(client)

    @property
    def pids(self) -> list[int]:
        """The process ids."""
        return [worker.process.pid or 0 for worker in self._all]

    async def start(self) -> None:
        """Start the processes and wait until they are warmed up."""
        started = await asyncio.gather(*(self._start() for _ in range(self._settings.workers)))
        for worker in started:
            self._release(worker)

    async def run(
        self,
        work: Work,
        digest: str | None,
        arguments: dict[str, Any],
        data: bytes | None = None,
        gone: Callable[[], Awaitable[bool]] | None = None,
        others: Mapping[str, bytes | None] | None = None,
        client: str | None = None,
    ) -> Answer:
        """Run `work(cache, digest, **arguments)` in a process that has the picture in its cache, or send it the bytes.

        Parameters
        ----------
        data, others : the bytes of the picture, and further pictures by digest. None for a picture in memory.
        gone : called before the task starts; returns whether the client has disconnected.
        client : whose task it is; tasks of None have no limit of their own.

        Raises
        ------
        QueueFull, NotHeld, TaskTimeout, WorkerDied, Disconnected : as their names say.
        PochadeError : an error of the library.
        """
        if self.full_for(client):
            self._report("full")
            raise QueueFull
        pictures = {**({} if digest is None else {digest: data}), **(others or {})}
        task = Task(work, digest, arguments, pictures, client=client)
        worker = await self._turn(task, gone)
        answer = await asyncio.shield(
            self._begin(worker, task)
        )  # the caller may be cancelled while the process is busy
        if isinstance(answer, PochadeError | TaskTimeout | WorkerDied):
            raise answer
        if isinstance(answer, Defect):
            raise RuntimeError(answer.trace)
        assert isinstance(answer, Answer)
        return answer

    def forget(self, digests: Iterable[str]) -> None:
        """Make all processes drop pictures: idle ones at once, the others after their task."""
        digests = set(digests)
        for task in self._coming:
            task.dropped |= digests & task.pictures.keys()
        for worker in self._all:
            worker.drop(digests)
        for worker in [worker for worker in self._idle if worker.forget]:
            self._idle.remove(worker)
            self._forget(worker)

    async def close(self) -> None:
        """Kill the processes, including busy ones."""
        self._closed = True
        for futures in self._waiting.values():
            for future in futures:
                future.cancel()
        self.kill()
        if self._jobs:
            await asyncio.wait(self._jobs)
        for worker in self._all:
            worker.end()
        self._threads.shutdown(wait=False)

    def kill(self) -> None:
        """Kill the processes, and wait for nothing; also called by a handler of signals."""
        for worker in self._all:
            worker.process.kill()

    async def _start(self) -> Process:
        worker = await asyncio.get_running_loop().run_in_executor(self._threads, Process, self._settings)
        self._all.add(worker)
        return worker

    async def _turn(self, task: Task, gone: Callable[[], Awaitable[bool]] | None) -> Process:
        """Wait for a process for a task; Disconnected if the client has left by then."""
        self._coming.append(task)
        try:
            worker = await self._living_process(task)
            try:
                if gone is not None and await gone():
                    self._report("gone")
                    raise Disconnected
                self._look_up(task)
            except BaseException:  # also if cancelled: the process is free for others
                self._release(worker)
                raise
            return worker
        finally:
            self._coming.remove(task)

    def _look_up(self, task: Task) -> None:
        """Add the bytes of the pictures that a task only names; NotHeld if one was dropped meanwhile."""
        if self._find is None:
            return
        task.pictures = {one: self._find(one) if data is None else data for one, data in task.pictures.items()}
        if any(data is None for data in task.pictures.values()):
            self._report("refused")
            raise NotHeld

    async def _living_process(self, task: Task) -> Process:
        """Wait for a free process that is alive. An idle one may have died, for example if memory was short."""
        while True:
            worker = await self._acquire(task)
            if worker.process.is_alive():
                return worker
            self._report("died")
            self._replace_ended(worker)

    async def _acquire(self, task: Task) -> Process:
        """Wait for an idle process, preferably one with the picture in its cache."""
        client = task.client
        if self._idle and self._may_start(client):
            worker = next((w for w in self._idle if task.digest in w.known), self._idle[0])
            self._idle.remove(worker)
            self._occupy(worker, client)
            return worker
        future: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._places.take(client)
        self._waiting.setdefault(client, deque()).append(future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._release(future.result())
            elif future in self._waiting.get(client, ()):
                self._waiting[client].remove(future)
                if not self._waiting[client]:
                    del self._waiting[client]
            raise
        finally:
            self._places.give(client)

    def _release(self, worker: Process) -> None:
        """Give the process to the client whose turn it is, else mark it idle; end it if another has its place."""
        worker.client = _NOBODY
        if worker.replaced:
            self._retire(worker)
            if self._idle:  # a client that had to leave it to others may now start
                self._release(self._idle.pop())
            return
        if worker.forget and not self._closed:
            self._forget(worker)
            return
        turns = sorted(self._waiting, key=lambda client: self._started.get(client, 0.0))
        for client in filter(self._may_start, turns):
            futures = self._waiting[client]
            while futures:
                future = futures.popleft()
                if not future.done():
                    self._occupy(worker, client)
                    future.set_result(worker)
                    break
            if not futures:
                del self._waiting[client]
            if worker.client is not _NOBODY:
                return
        self._idle.append(worker)

    def _may_start(self, client: str | None) -> bool:
        """Whether a client may occupy one more process: not the last one while others are active."""
        busy = sum(worker.client == client for worker in self._all)
        if client is None or busy == 0 or busy < self._settings.workers - 1:
            return True
        since = time.monotonic() - RESERVE_SECONDS
        active = {*self._waiting, *(other for other, start in self._started.items() if start > since)}
        return not active - {client}

    def _occupy(self, worker: Process, client: str | None) -> None:
        """Note that a task of a client starts; forget those of long ago."""
        now = time.monotonic()
        worker.client = client
        self._started[client] = now
        self._started.move_to_end(client)
        while next(iter(self._started.values())) < now - RESERVE_SECONDS:
            self._started.popitem(last=False)

    def _forget(self, worker: Process) -> None:
        self._begin(worker, Task(no_op, None, {}, {}), quiet=True)

    def _begin(self, worker: Process, task: Task, *, quiet: bool = False) -> asyncio.Future[Any]:
        """Start a task; the future is its answer or error. Then the process, or its replacement, is free again."""
        order = worker.order(task)

        async def done() -> Any:
            loop = asyncio.get_running_loop()
            try:
                answer = await loop.run_in_executor(self._threads, worker.do, order, self._settings.seconds)
            except (TaskTimeout, WorkerDied) as error:
                self._report("late" if isinstance(error, TaskTimeout) else "died")
                self._replace_ended(worker)
                return error
            except Exception:  # a defect on this side: the pipe may contain a partial message
                self._report("defect")
                trace = traceback.format_exc()
                await loop.run_in_executor(self._threads, worker.end)
                self._replace_ended(worker)
                return Defect(trace)
            if not quiet:
                self._report(_OUTCOMES.get(type(answer), "refused"))
                worker.tasks += 1
                if worker.tasks == self._settings.worker_tasks:
                    self._replace(worker)
            self._release(worker)
            return answer

        return self._job(done())

    def _job(self, what: Coroutine[Any, Any, Any]) -> asyncio.Future[Any]:
        """Start a coroutine; close() waits for it."""
        job = asyncio.ensure_future(what)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return job

    def _replace_ended(self, worker: Process) -> None:
        """Start a process in place of one that has ended."""
        self._all.discard(worker)
        self._replace(worker)

    def _replace(self, worker: Process) -> None:
        """Start a process in place of another, which works until then; nothing if that has begun."""
        if self._closed or worker.leaving:
            return
        worker.leaving = True

        async def replaced() -> None:
            while not self._closed:
                try:
                    other = await self._start()
                except (TaskTimeout, WorkerDied, OSError):  # no memory for another process now
                    await asyncio.sleep(1)
                    continue
                worker.replaced = True
                if worker in self._idle:
                    self._idle.remove(worker)
                    self._retire(worker)
                if self._closed:
                    other.end()
                else:
                    self._release(other)
                return

        self._job(replaced())

    def _retire(self, worker: Process) -> None:
        """End a process that has no task."""

        async def ended() -> None:
            await asyncio.get_running_loop().run_in_executor(self._threads, worker.end)

        self._all.discard(worker)
        self._job(ended())


_NOBODY = ""
_OUTCOMES = {Answer: "done", Defect: "defect"}
