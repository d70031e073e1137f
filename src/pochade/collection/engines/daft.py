"""Daft: this machine, or a cluster of Ray by its address.

Daft carries the names of shards only. Pictures are read in a crew of Daft's worker, so one that kills its process
becomes a row: it neither ends the job, as on this machine without a crew, nor is it tried without end, as on Ray. A
shard that is written twice is the same, so a job that lost a worker is simply run again for the shards that it did not
report.
"""

import importlib
import logging
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any

from pochade.batch.batch import processors
from pochade.collection.engines import engines
from pochade.collection.work import Report, ShardWork, Step
from pochade.errors import OptionError, PochadeError
from pochade.option import Within

JOBS_AT_ONCE = 3
"""How often a job is run for shards that are not reported. Ray restarts a lost worker itself, up to 4 times."""

WATCH_SECONDS = 0.5
"""How often a worker looks whether its job goes on."""

SETTLING_SECONDS = 10.0
"""The most time for which the end of a job waits for Daft's threads."""

QUIET = {
    "DO_NOT_TRACK": "1",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_DASHBOARD": "1",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
"""Variables of the environment, unless they are set: no reports to the makers of Daft and Ray, and no output."""


@engines.register("daft")
def on_daft(
    work: ShardWork,
    shards: Sequence[str],
    *,
    step: Step,
    jobs: Annotated[int | None, Within(1)] = None,
    address: str | None = None,
) -> Iterator[Report]:
    """Daft, on this machine or on a cluster of Ray.

    jobs : the number of processes that read pictures; by default one for each processor, of all nodes with an address.
    address : of a cluster of Ray, such as "10.0.0.5:6379", or "auto"; by default Daft runs on this machine. All nodes
        have to reach the collection's folder and the pictures under the same paths, and need pochade[cluster].
    """
    daft, clustered = started(address)
    if clustered:
        ray = importlib.import_module("ray")
        workers, crew = jobs or int(ray.cluster_resources().get("CPU", 1)), 1
    else:
        workers, crew = 1, jobs or processors()
    waiting = list(shards)
    for last in (False,) * (JOBS_AT_ONCE - 1) + (True,):
        try:
            for report in _job(daft, work, waiting, min(workers, len(waiting)), crew, clustered):
                waiting.remove(report.shard)
                for _ in range(report.pictures):
                    step()
                yield report
        except PochadeError:
            raise
        except Exception as error:  # of Daft, Ray, or the loss of a worker
            if last:
                raise PochadeError(
                    f"{work.folder}: Daft ended with {len(waiting)} of {len(shards)} shards unwritten: "
                    f"{_said(error)} Collect again to go on."
                ) from error
        if not waiting:
            return


def started(address: str | None) -> tuple[Any, bool]:
    """The module daft with its runner, and whether that is a cluster.

    Raises
    ------
    PochadeError : Daft or Ray is not installed, or the cluster does not answer.
    OptionError : Daft runs on this machine already in this process, and an address is given.
    """
    daft = module("daft" if address is None else "cluster")
    if address is not None:
        _connect(address)
        try:
            daft.set_runner_ray(noop_if_initialized=True)
        except RuntimeError:
            raise OptionError(
                f"address={address!r}: in this process Daft runs on this machine already, and it cannot change: "
                "collect in a new process."
            ) from None
    return daft, daft.get_or_create_runner().name == "ray"


def module(extra: str = "daft") -> Any:
    """The module daft. extra : that of pochade that is needed; with "cluster", Ray is too.

    Raises
    ------
    PochadeError : Daft or Ray is not installed.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        if extra == "cluster":
            importlib.import_module("ray")
        return importlib.import_module("daft")
    except ModuleNotFoundError as error:
        raise PochadeError(
            f"the engine 'daft' needs {error.name}, which is not installed: pip install 'pochade[{extra}]'."
        ) from None


def _connect(address: str) -> None:
    """Connect to a cluster of Ray, unless this process is connected already."""
    ray = importlib.import_module("ray")
    if ray.is_initialized():
        return
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except Exception as error:
        raise PochadeError(f"address={address!r}: no cluster of Ray answers: {_said(error)}") from None


def _job(
    daft: Any, work: ShardWork, shards: Sequence[str], workers: int, crew: int, clustered: bool
) -> Iterator[Report]:
    """Run a job of Daft for shards: their reports, each when its shard is written."""
    kind = daft.DataType
    fields = {
        "shard": kind.string(),
        "pictures": kind.int64(),
        "read": kind.int64(),
        "failed": kind.list(kind.string()),
        "refusal": kind.string(),
    }

    class Shards:
        """The worker: one for each process of Daft, with a crew of its own."""

        def __init__(self, work: ShardWork, size: int, sign: str | None) -> None:
            self.worker = Worker(work, size, sign)

        @daft.method.batch(return_dtype=kind.struct(fields), batch_size=1)  # type: ignore[untyped-decorator]
        def run(self, shards: Any) -> list[dict[str, Any]]:
            return [self.worker.run(shard) for shard in shards.to_pylist()]

    frame = daft.from_pydict({"shard": list(shards)})
    if clustered:  # a partition is a task
        frame = frame.into_partitions(len(shards))
    with _at_work(clustered) as sign:
        instance = daft.cls(Shards, max_concurrency=workers, cpus=1)(work, crew, sign)
        for row in frame.select(instance.run(frame["shard"]).alias("report")).iter_rows(results_buffer_size=1):
            report = row["report"]
            if (refusal := report.pop("refusal")) is not None:
                raise PochadeError(refusal)
            yield Report(**{**report, "failed": tuple(report["failed"])})


@contextmanager
def _at_work(clustered: bool) -> Iterator[str | None]:
    """A file that is there while a job runs on this machine; its worker ends with it. None on a cluster, which ends its
    own.

    After a Ctrl-C Daft's threads still wait for the worker. Python must not end before them: that aborts the process.
    """
    if clustered:
        yield None
        return
    before = set(sys._current_frames())
    with tempfile.NamedTemporaryFile(prefix="pochade-", delete=False) as sign:
        pass
    try:
        yield sign.name
    finally:
        os.unlink(sign.name)
        until = time.monotonic() + SETTLING_SECONDS
        known = before | {one.ident for one in threading.enumerate() if not isinstance(one, threading._DummyThread)}
        while sys._current_frames().keys() - known and time.monotonic() < until:
            time.sleep(WATCH_SECONDS / 10)


class Worker:
    """A process of the engine: it runs shards with its crew, and ends with its parent, and with the job."""

    def __init__(self, work: ShardWork, size: int, sign: str | None) -> None:
        self._work = work
        self._crew = work.crew(size)
        threading.Thread(target=end_with, args=(os.getppid(), sign), daemon=True).start()

    def run(self, shard: str) -> dict[str, Any]:
        """The report of a shard as plain values; `refusal` is the reason why it could not be written, or None."""
        try:
            report = asdict(self._work.run(shard, self._crew))
            return {**report, "failed": list(report["failed"]), "refusal": None}
        except PochadeError as error:
            refusal = str(error)
        except OSError as error:
            refusal = (
                f"{error.filename or self._work.folder}: {error.strerror} on {socket.gethostname()}: all machines have "
                "to reach the collection's folder under the same path."
            )
        return {"shard": shard, "pictures": 0, "read": 0, "failed": [], "refusal": refusal}


def end_with(parent: int, sign: str | None) -> None:
    """End this process when the one that started it has ended, or when the sign of the job is gone."""
    while os.getppid() == parent and (sign is None or os.path.exists(sign)):
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def _said(error: BaseException) -> str:
    """The first line of a message of another library, as a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = lines[0] if lines else type(error).__name__
    return text[:200].rstrip(".") + "."
