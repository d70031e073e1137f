"""Metrics for Prometheus."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from pochade.source.url.address import NotPublicError
from pochade.source.url.allowed import NotAllowedError
from pochade.web.pool import Pool
from pochade.web.problems import KINDS
from pochade.web.store import Store

TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The metrics of one server; none has a label for client, picture or URL."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "pochade_requests", "Requests answered.", ["route", "method", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "pochade_request_seconds",
            "Seconds from the head of a request to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.phases = Histogram(
            "pochade_phase_seconds",
            "Seconds of each step of the work on a picture: reading, counting, clustering, making.",
            ["phase"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.tasks = Counter("pochade_tasks", "Tasks of the workers by outcome.", ["outcome"], registry=self._registry)
        for outcome in ("done", "refused", "late", "died", "full", "gone", "defect"):
            self.tasks.labels(outcome)
        self.refusals = Counter(
            "pochade_refusals", "Requests answered by a problem, by its kind.", ["reason"], registry=self._registry
        )
        for kind in KINDS:
            self.refusals.labels(kind)
        self.fetches = Counter("pochade_fetches", "Fetches of URLs by outcome.", ["outcome"], registry=self._registry)
        for outcome in ("done", "refused", "failed"):
            self.fetches.labels(outcome)
        self.films = Counter("pochade_films", "Jobs of films by outcome.", ["outcome"], registry=self._registry)
        for outcome in ("done", "refused", "late", "died", "full", "gone", "defect"):
            self.films.labels(outcome)
        self._fetching = Gauge("pochade_fetching", "Fetches that run.", registry=self._registry)
        self._fetch_seconds = Histogram(
            "pochade_fetch_seconds", "Seconds of each fetch.", buckets=_SECONDS, registry=self._registry
        )
        self.received = Counter("pochade_received_bytes", "Bytes of request bodies.", registry=self._registry)

    def watch(self, pool: Pool, store: Store) -> None:
        """Add gauges of the pool and the store."""
        for name, says, ask in (
            ("pochade_waiting", "Tasks that wait for a worker.", lambda: pool.waiting),
            ("pochade_workers", "Worker processes.", lambda: len(pool.pids)),
            ("pochade_busy_workers", "Worker processes with a task.", lambda: pool.busy),
            ("pochade_held_pictures", "Pictures in memory.", lambda: len(store)),
            ("pochade_held_bytes", "Bytes of pictures in memory.", lambda: store.bytes),
        ):
            Gauge(name, says, registry=self._registry).set_function(ask)

    def count_refusal(self, kind: str) -> None:
        """Count a request that is answered by a problem."""
        self.refusals.labels(kind).inc()

    @contextmanager
    def fetch(self) -> Iterator[None]:
        """Count a fetch with its time and outcome."""
        outcome = "failed"
        try:
            with self._fetching.track_inprogress(), self._fetch_seconds.time():
                yield
            outcome = "done"
        except (NotPublicError, NotAllowedError):
            outcome = "refused"
            raise
        finally:
            self.fetches.labels(outcome).inc()

    def text(self) -> bytes:
        """All metrics, in the text format of Prometheus."""
        return generate_latest(self._registry)
