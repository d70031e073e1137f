"""Whether the server lives, what it counted, and what its problems mean."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

import pochade
from pochade.web.metrics import TYPE
from pochade.web.problems import KINDS, Problem
from pochade.web.schema import answers
from pochade.web.service import Service


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["system"])

    @routes.get("/health")
    async def health() -> dict[str, str]:
        """That it lives: answered without any worker, however many requests wait."""
        return {"status": "ok", "version": pochade.__version__}

    @routes.get("/metrics", **answers("text/plain", plain=True))
    async def metrics() -> Response:
        """Counts of what happened, for Prometheus."""
        return Response(service.metrics.text(), headers={"Content-Type": TYPE, "Cache-Control": "no-store"})

    @routes.get("/problems/{kind}", **answers("application/json", held=True))
    async def problem(kind: str) -> Response:
        """What a problem's type means."""
        if kind not in KINDS:
            raise Problem("not-found", "There is no such kind of problem.")
        return JSONResponse(KINDS[kind]._asdict())

    return routes
