"""Health, metrics and the kinds of problems."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

import pochade
from pochade.web.drain import stopping
from pochade.web.metrics import TYPE
from pochade.web.problems import KINDS, Problem
from pochade.web.results import PROBLEM_KIND
from pochade.web.schema import answers
from pochade.web.service import Service


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["system"])

    @routes.get("/health")
    async def health() -> dict[str, str]:
        """Status and version: the server is alive. Answered without a worker, even if the queue is full."""
        return {"status": "ok", "version": pochade.__version__}

    @routes.get("/ready", **answers("application/json", no_input=True))
    async def ready() -> Response:
        """Whether the server takes requests: not while it stops, and not without a worker."""
        if not service.drain.accepting:
            raise stopping()
        if not service.pool.pids:
            raise Problem("busy", "No worker process runs: one is starting.", headers={"Retry-After": "1"})
        return JSONResponse(
            {"status": "ready", "workers": len(service.pool.pids)}, headers={"Cache-Control": "no-store"}
        )

    @routes.get("/metrics", **answers("text/plain", no_input=True))
    async def metrics() -> Response:
        """Metrics for Prometheus."""
        return Response(service.metrics.text(), headers={"Content-Type": TYPE, "Cache-Control": "no-store"})

    @routes.get("/problems/{kind}", **answers(json=PROBLEM_KIND, by_digest=True))
    async def problem(kind: str) -> Response:
        """The meaning of a type of problem."""
        if kind not in KINDS:
            raise Problem("not-found", "This kind of problem does not exist.")
        return JSONResponse(KINDS[kind]._asdict())

    return routes
