"""A pool of worker processes, each with one task at a time, behind a bounded queue.

If a process takes too long or dies, only its task is lost and a new process replaces it. After a number of tasks a new
one replaces it without a gap. The pool of concurrent.futures loses all tasks with one process, and no ready-made pool
sends a task to the process that has its picture in the cache.
"""

import asyncio
import contextlib
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pochade.errors import PochadeError
from pochade.web.answer import Answer, Defect
from pochade.web.process import Process, Task, TaskTimeout, Work, WorkerDied
from pochade.web.settings import Settings
from pochade.web.work.pictures import no_op


class QueueFull(Exception):
    """Too many tasks are waiting."""


class Disconnected(Exception):
    """The client has disconnected."""


class Pool:
    """Processes for `settings.workers` tasks at once, and a queue of `settings.queue`.

    report : called with the outcome of each task: "done", "refused", "late", "died", "full", "gone", "defect".
    """

    def __init__(self, settings: Settings, report: Callable[[str], None] = lambda what: None) -> None:
        self._settings, self._report = settings, report
        self._threads = ThreadPoolExecutor(2 * settings.workers, "pochade-pool")  # each may work while another starts
        self._all: set[Process] = set()
        self._idle: list[Process] = []
        self._waiting: deque[asyncio.Future[Process]] = deque()
        self._coming: list[Task] = []
        self._jobs: set[asyncio.Future[Any]] = set()
        self._closed = False

    @property
    def waiting(self) -> int:
        """The number of tasks that wait for a process."""
        return len(self._waiting)

    @property
    def busy(self) -> int:
        """The number of processes with a task."""
        return len(self._all) - len(self._idle)

    @property
    def full(self) -> bool:
        """Whether another task would be refused."""
        return not self._idle and self.waiting >= self._settings.queue

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
        others: Mapping[str, bytes] | None = None,
    ) -> Answer:
        """Run `work(cache, digest, **arguments)` in a process that has the picture in its cache, or send it the bytes.

        Parameters
        ----------
        others : further pictures for the work, by digest.
        gone : called before the task starts; returns whether the client has disconnected.

        Raises
        ------
        QueueFull, TaskTimeout, WorkerDied, Disconnected : as their names say. PochadeError : an error of the library.
        """
        if self.full:
            self._report("full")
            raise QueueFull
        task = Task(work, digest, arguments, {**({} if digest is None else {digest: data}), **(others or {})})
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
        for future in self._waiting:
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
            worker = await self._living_process(task.digest)
            try:
                if gone is not None and await gone():
                    self._report("gone")
                    raise Disconnected
            except BaseException:  # also if cancelled: the process is free for others
                self._release(worker)
                raise
            return worker
        finally:
            self._coming.remove(task)

    async def _living_process(self, digest: str | None) -> Process:
        """Wait for a free process that is alive. An idle one may have died, for example if memory was short."""
        while True:
            worker = await self._acquire(digest)
            if worker.process.is_alive():
                return worker
            self._report("died")
            self._replace_ended(worker)

    async def _acquire(self, digest: str | None) -> Process:
        """Wait for an idle process, preferably one with the picture in its cache."""
        if self._idle:
            worker = next((w for w in self._idle if digest in w.known), self._idle[0])
            self._idle.remove(worker)
            return worker
        future: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
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

    def _release(self, worker: Process) -> None:
        """Give the process to the oldest waiter, else mark it idle; end it if another has taken its place."""
        if worker.replaced:
            self._retire(worker)
            return
        if worker.forget and not self._closed:
            self._forget(worker)
            return
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)

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


_OUTCOMES = {Answer: "done", Defect: "defect"}
