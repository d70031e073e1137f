"""The jobs of a server: films that wait, are counted, or are done and kept for some time."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from pochade.errors import PochadeError
from pochade.web.answer import Defect
from pochade.web.clients import Full, Tally, share_of
from pochade.web.films.child import Count, Write, key_of
from pochade.web.films.job import FILM, STILL, Job
from pochade.web.films.options import FilmRequest
from pochade.web.films.process import FilmProcess
from pochade.web.films.upload import Spool
from pochade.web.logs import LOGGER
from pochade.web.problems import DEFECT, Problem, problem_of
from pochade.web.process import TaskTimeout, WorkerDied
from pochade.web.settings import Settings
from pochade.web.threads import in_thread

FILMS_ON_DISK = 4
"""Films of the largest size that may be on the disk at once: arriving and waiting."""

WRITES = 2
"""Files that are written at once for films that are done."""

MAX_FILES = 64
"""Files that are kept of one film: formats, and views of them."""


class Counts(Protocol):
    """A counter of Prometheus with a label."""

    def labels(self, outcome: str) -> Any:
        """The counter of an outcome."""


class Jobs:
    """The jobs of one server.

    Films wait for a process; the next is one of the client with the fewest under way. outcomes : counts them.
    """

    def __init__(self, settings: Settings, outcomes: Counts) -> None:
        self._settings, self._outcomes = settings, outcomes
        self._jobs: dict[str, Job] = {}
        self._most_each = share_of(settings.film_places, settings.share)
        most = FILMS_ON_DISK * settings.film_bytes
        self._disk = Tally(most, max(settings.film_bytes, share_of(most, settings.share)))
        self._writes = Tally(WRITES, share_of(WRITES, settings.share))
        self._writers: set[FilmProcess] = set()
        self._work: set[asyncio.Future[Any]] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def pids(self) -> list[int]:
        """The process ids of the films that are counted."""
        return [job.process.pid for job in self._jobs.values() if job.process.pid and not job.over]

    def spool(self, client: str | None) -> Spool:
        """A place for a film that arrives; Problem if the client, or all, have too many films."""
        self._room(client, make=False)
        return Spool(self._disk, client)

    def add(self, client: str | None, request: FilmRequest, spool: Spool) -> Job:
        """A job for a film; it takes the place of the oldest that is done, if there are too many."""
        self._room(client, make=True)
        job = Job(client, request, spool)
        self._jobs[job.id] = job
        self._begin()
        return job

    def get(self, id: str) -> Job:
        """A job; Problem if there is none."""
        job = self._jobs.get(id)
        if job is None:
            raise Problem("no-job", "The job does not exist, was deleted, or has expired: send the film again.")
        job.used = time.monotonic()
        return job

    def drop(self, job: Job) -> None:
        """Delete a job, and end its process."""
        self._jobs.pop(job.id, None)
        if not job.over:
            self._outcomes.labels("gone").inc()
        job.free()
        self._begin()

    def sweep(self) -> None:
        """Delete jobs that are over and were not used for long."""
        now = time.monotonic()
        for job in [job for job in self._jobs.values() if job.over and now - job.used > self._settings.film_hold]:
            self.drop(job)

    async def file(self, job: Job, format: str, options: Mapping[str, Any]) -> bytes:
        """A file of a film that is done; a process writes it if it is not there.

        Raises
        ------
        Problem : the film is not done, or has failed; or too many files are being written.
        """
        key = key_of(format, options)
        if job.state == "done" and key not in job.shelf:
            await self._write(job, format, options)
        return await self.content(job, key)

    async def content(self, job: Job, name: str) -> bytes:
        """A file that is kept of a film; Problem if the film is not done, or has failed."""
        if job.problem is not None:
            raise job.problem
        if name not in job.shelf:
            raise Problem("not-done", "The film is not counted yet.", headers={"Retry-After": "2"})
        return await asyncio.to_thread(job.shelf.get, name)

    def kill(self) -> None:
        """Kill all processes, and wait for nothing; also called by a handler of signals."""
        for process in [*(job.process for job in self._jobs.values()), *self._writers]:
            process.kill()

    async def close(self) -> None:
        """Kill all processes, and free the disk."""
        self._closed = True
        self.kill()
        if self._work:
            await asyncio.wait(self._work)
        for job in [*self._jobs.values()]:
            job.free()

    def _room(self, client: str | None, *, make: bool) -> None:
        """Problem if there is no room for another job. make : delete jobs that are done to make it."""
        own = [job for job in self._jobs.values() if client is not None and job.client == client]
        for jobs, most, whose in (
            (own, self._most_each, "This client has"),
            ([*self._jobs.values()], self._settings.film_places, "The server has"),
        ):
            if len(jobs) < most:
                continue
            over = sorted((job for job in jobs if job.over), key=lambda job: job.used)
            if not over:
                self._outcomes.labels("full").inc()
                said = f"{whose} {len(jobs)} films that wait or are counted: try again when one is done."
                raise Problem("busy", said, headers={"Retry-After": "30"})
            if make and over[0].id in self._jobs:
                self.drop(over[0])

    def _begin(self) -> None:
        """Start jobs for which there are processes."""
        while not self._closed:
            busy = Counter(job.client for job in self._jobs.values() if job.state in ("counting", "writing"))
            waiting = [job for job in self._jobs.values() if job.state == "waiting"]
            if not waiting or busy.total() >= self._settings.film_jobs:
                return
            self._start(min(waiting, key=lambda job: busy[job.client]))

    def _start(self, job: Job) -> None:
        job.state, job.began = "counting", time.monotonic()
        settings, request, loop = self._settings, job.request, asyncio.get_running_loop()
        order = Count(request.name, request.keywords, request.files, settings.film_seconds)

        def tell(kind: str, *what: Any) -> None:
            if kind == "shot":
                shot, still = what
                job.shelf.put(STILL.format(shot["number"]), still)
                what = (shot,)
            elif kind == "file":
                job.shelf.put(*what)
            elif kind == "film":
                job.shelf.put(FILM, what[1])
            loop.call_soon_threadsafe(job.told, kind, *what)

        async def done() -> None:
            run = partial(job.process.run, settings, order, job.spool.pieces, tell, settings.film_seconds)
            sent = partial(loop.call_soon_threadsafe, job.spool.close)
            try:
                problem = _problem(await in_thread(partial(run, sent), "pochade-film"), self._outcomes)
            except TaskTimeout:
                minutes = f"{settings.film_seconds / 60:g} minutes"
                problem = Problem("too-much-work", f"The work takes longer than the {minutes} that this server allows.")
                self._outcomes.labels("late").inc()
            except WorkerDied as error:
                problem = self._died(job, error)
            except Exception as error:  # the disk is full, or a file was closed because the job was deleted
                problem = self._failed(job, error)
            if job.id in self._jobs:
                job.state, job.problem, job.used = "done" if problem is None else "failed", problem, time.monotonic()
                job.spool.close()
            self._begin()

        self._keep(done())

    def _died(self, job: Job, error: WorkerDied) -> Problem:
        if job.id in self._jobs and not self._closed:
            LOGGER.warning("film died", extra={"facts": {"status": error.status}})
            self._outcomes.labels("died").inc()
        said = "The process that counted the film died, most likely because it ran out of memory: send the film again."
        return Problem("too-much-work", said)

    def _failed(self, job: Job, error: Exception) -> Problem:
        job.process.kill()
        if job.id in self._jobs and not self._closed:
            LOGGER.error("defect", extra={"facts": {"trace": repr(error)}})
            self._outcomes.labels("defect").inc()
        return Problem("defect", DEFECT)

    async def _write(self, job: Job, format: str, options: Mapping[str, Any]) -> None:
        """Let a process write a file of a film that is done."""
        if len(job.shelf) - len(job.shots) > MAX_FILES:
            raise Problem("busy", f"The job has {MAX_FILES} files already: send the film again for others.")
        try:
            self._writes.take(job.client)
        except Full:
            said = "Too many files of films are being written: try again."
            raise Problem("busy", said, headers={"Retry-After": "2"}) from None
        process = FilmProcess()
        self._writers.add(process)
        order = Write(((format, options),))

        def tell(kind: str, *what: Any) -> None:
            job.shelf.put(*what)

        run = partial(process.run, self._settings, order, partial(job.shelf.pieces, FILM), tell)
        future = in_thread(partial(run, self._settings.film_seconds), "pochade-film")

        def ended(_: Any) -> None:
            self._writes.give(job.client)
            self._writers.discard(process)

        future.add_done_callback(ended)
        self._keep(future)
        try:
            problem = _problem(await asyncio.shield(future), self._outcomes, quiet=True)
        except TaskTimeout:
            problem = Problem("too-much-work", "The file takes longer than this server allows.")
        except WorkerDied:
            problem = Problem("too-much-work", "The process that wrote the file died: it needs too much memory.")
        finally:
            process.kill()
        if problem is not None:
            raise problem

    def _keep(self, what: Any) -> None:
        """Let close() wait for work."""
        work = asyncio.ensure_future(what)
        self._work.add(work)
        work.add_done_callback(self._work.discard)


def _problem(end: Any, outcomes: Counts, *, quiet: bool = False) -> Problem | None:
    """The problem of what a process ends with; None if it has none."""
    if isinstance(end, PochadeError):
        problem = problem_of(end)
        if problem.kind == "not-a-picture":
            problem = Problem("not-a-film", problem.detail)
    elif isinstance(end, Defect):
        LOGGER.error("defect", extra={"facts": {"trace": end.trace}})
        problem = Problem("defect", DEFECT)
    else:
        problem = None
    if not quiet:
        outcomes.labels("done" if problem is None else "defect" if problem.kind == "defect" else "refused").inc()
    return problem
