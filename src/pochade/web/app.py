"""The ASGI app: routes, error handlers and middleware."""

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

import pochade
from pochade.errors import PochadeError
from pochade.web.body import Release
from pochade.web.guard import Guard
from pochade.web.head import Head
from pochade.web.negotiation import preferred_format
from pochade.web.problems import Problem, problem_of
from pochade.web.reference import index, reference_page
from pochade.web.results import INDEX
from pochade.web.routes import (
    background,
    collections,
    compare,
    exports,
    films,
    lists,
    numbers,
    paints,
    palettes,
    pictures,
    quantize,
    recolor,
    suggestions,
    system,
    views,
)
from pochade.web.schema import answers
from pochade.web.service import Service, option_names
from pochade.web.settings import Settings
from pochade.web.signature import Signatures

BASE = "/api/v1"
GROUPS = (
    palettes,
    pictures,
    views,
    quantize,
    recolor,
    background,
    compare,
    numbers,
    paints,
    exports,
    suggestions,
    films,
    collections,
    lists,
    system,
)
"""The routes, a module for each group, in the order of the reference."""
STATIC = Path(__file__).parent / "static"
MOVED = {
    **dict.fromkeys(("/docs/", "/redoc", f"{BASE}/docs", f"{BASE}/redoc"), "/docs"),
    f"{BASE}/": BASE,
    "/openapi.json": f"{BASE}/openapi.json",
}
"""Where people and programs look for the reference and the schema, and where these are."""

SWEEP_SECONDS = 5.0
"""Seconds between searches for expired pictures."""

ABOUT = """The palette of colors that people would name in a picture.

Options and answers are those of the library and the command line. Errors are problem documents (RFC 9457)."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The ASGI app; its worker processes start and end with its lifespan."""
    service = Service(settings or Settings())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await service.pool.start()
        sweeper = asyncio.ensure_future(_sweep(service))
        yield
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper
        await service.close()

    app = FastAPI(
        title="pochade",
        description=ABOUT,
        version=pochade.__version__,
        openapi_url=f"{BASE}/openapi.json",
        docs_url=None,  # their pages load scripts from other hosts; ours is at /docs
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.service = service
    for group in GROUPS:
        app.include_router(group.router(service), prefix=BASE)
    app.include_router(suggestions.as_colormind(service))
    _add_page(app)
    handlers: dict[Any, Callable[[Request, Any], Awaitable[Response]]] = {
        Problem: _problem,
        PochadeError: _refused,
        HTTPException: _framework,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(Release, bodies=service.bodies)
    app.add_middleware(Head)
    if service.settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(service.settings.origins),
            allow_methods=["GET", "HEAD", "POST", "DELETE"],
            allow_headers=["Content-Type", "If-None-Match"],
            expose_headers=[
                "ETag",
                "Location",
                "Pochade-Picture",
                "Pochade-Lut-Size",
                "Pochade-Notes",
                "Server-Timing",
                "Retry-After",
            ],
        )
    if service.settings.url_keys:
        app.add_middleware(Signatures, keys=service.settings.url_keys)
    app.add_middleware(
        Guard, settings=service.settings, metrics=service.metrics, drain=service.drain
    )  # added last, so it is the outermost layer
    return app


def _add_page(app: FastAPI) -> None:
    """Serve the page at /, the reference at /docs, and their files under /static/."""

    @app.get("/", include_in_schema=False)
    async def page() -> Response:
        if not (STATIC / "index.html").exists():
            raise Problem("not-found", "This installation has no page; the API is at /api/v1.")
        folders = app.state.service.settings.folders
        if not folders:
            return FileResponse(STATIC / "index.html", media_type="text/html", headers={"Cache-Control": "no-cache"})
        known = html.escape(json.dumps([*folders], ensure_ascii=False))
        text = (STATIC / "index.html").read_text("utf-8").replace("<html ", f'<html data-collections="{known}" ', 1)
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    @app.get("/docs", include_in_schema=False)
    async def reference(request: Request) -> Response:
        return _reference(request, "html", app.openapi())

    @app.get(BASE, tags=["system"], **answers("application/json", "text/html", no_input=True, json=INDEX))
    async def addresses(request: Request) -> Response:
        """The list of all addresses; for a browser, the page `/docs`."""
        return _reference(request, "json", index(app.openapi()))

    for path, place in MOVED.items():
        app.add_route(path, partial(_moved, place), include_in_schema=False)
    if not STATIC.is_dir():
        return
    files = StaticFiles(directory=STATIC)
    app.mount("/static", GZipMiddleware(_revalidate(files), minimum_size=500))


def _reference(request: Request, usual: str, content: dict[str, Any]) -> Response:
    """The reference as a page, or its content in JSON, as the Accept header prefers."""
    kinds = {"html": "text/html", "json": "application/json"}
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    if preferred_format(request.headers.get("accept", ""), kinds, usual) == "json":
        return JSONResponse(content, headers=headers)
    return HTMLResponse(reference_page(request.app.openapi()), headers=headers)


async def _moved(place: str, request: Request) -> Response:
    return RedirectResponse(place, 308)


def _revalidate(files: Any) -> Any:
    """Add `Cache-Control: no-cache` to files: browsers revalidate them each time and get 304 for unchanged ones."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"cache-control", b"no-cache")]
            await send(message)

        await files(scope, receive, sending)

    return app


async def _sweep(service: Service) -> None:
    """Drop expired pictures from the server and its workers, and expired films, until cancelled."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        if dropped := service.store.swept():
            service.pool.forget(dropped)
        if service.films is not None:
            service.films.sweep()


async def _problem(request: Request, problem: Problem) -> Response:
    request.state.problem = problem.kind  # for the metrics
    return problem.response()


async def _refused(request: Request, error: PochadeError) -> Response:
    return await _problem(request, problem_of(error, option_names(request)))


async def _framework(request: Request, error: HTTPException) -> Response:
    kind = {404: "not-found", 405: "wrong-method"}.get(error.status_code, "bad-request")
    said = {
        "not-found": "Nothing is at this address; /docs lists all addresses, for programs /api/v1/openapi.json.",
        "wrong-method": f"This address does not take {request.method if request.method.isalpha() else 'that'}.",
    }.get(kind, str(error.detail))
    headers = dict(error.headers or {})
    if kind == "wrong-method":  # the framework lists the methods of one route, and the address may have several
        headers["Allow"] = ", ".join(_methods_at(request)) or headers.get("Allow", "GET")
    return await _problem(request, Problem(kind, said, headers=headers))


def _methods_at(request: Request) -> list[str]:
    """The methods that an address of the API takes, from its schema."""
    for path, operations in request.app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request.url.path):
            methods = [method.upper() for method in operations]
            return sorted({*methods, "HEAD"} if "GET" in methods else methods)
    return []
