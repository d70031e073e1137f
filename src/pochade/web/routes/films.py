"""Films: a job counts each; its state, its stills and its files."""

from hashlib import sha256
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.option import Option
from pochade.web.body import client_of, query_inputs
from pochade.web.films.child import COLUMNS
from pochade.web.films.job import STILL, Job
from pochade.web.films.jobs import Jobs
from pochade.web.films.options import (
    ABOUT,
    FORMATS,
    FilmRequest,
    file_options,
    file_request,
    film_request,
    media_type,
)
from pochade.web.films.upload import Spool, read_upload
from pochade.web.problems import Problem
from pochade.web.results import FILM_COLUMNS, JOB
from pochade.web.schema import FILM_IN, answers, film_parameters, parameter
from pochade.web.service import CACHING_BY_DIGEST, Service, client, has_tag

OFF = "This server takes no films: start it with pochade serve --films."
SINCE = Option("since", int, 0)


def router(service: Service) -> APIRouter:
    """The routes; without --films, one that says so."""
    return _routes(service, service.films) if service.films is not None else _off()


def _off() -> APIRouter:
    routes = APIRouter()

    @routes.api_route("/films", methods=["GET", "POST", "DELETE"], include_in_schema=False)
    @routes.api_route("/films/{rest:path}", methods=["GET", "POST", "DELETE"], include_in_schema=False)
    async def off() -> Response:
        """Say that films are off."""
        raise Problem("films-off", OFF)

    return routes


def _routes(service: Service, jobs: Jobs) -> APIRouter:
    routes = APIRouter(tags=["films"])
    drawing = [parameter(option, said) for option, said in file_options().values()]
    own = [parameter(Option(name, str, None), ABOUT[name]) for name in ("name", "format")]
    url = parameter(Option("url", str, None), "An http or https URL of the film, of at most --max-mib.")
    posted = {"parameters": [url, *film_parameters(), *own, *drawing], **FILM_IN}
    since = {"parameters": [parameter(SINCE, "Leave out so many shots, which the client has.")]}
    chosen = {"name": "format", "in": "path", "required": True, "schema": {"type": "string", "enum": [*FORMATS]}}
    kinds = sorted({media_type(format) for format in FORMATS} - {"application/json"})

    @routes.post(
        "/films", status_code=202, openapi_extra=posted, **answers(json=JOB, has_body=True, status=202, also=(403,))
    )
    async def post_film(request: Request) -> Response:
        """Count a film: the answer is a job, at the address in Location; ask for it until its state is done."""
        await service.rates.spend("any", client(request))
        spool = jobs.spool(client_of(request))
        try:
            await service.rates.spend("upload", client(request))
            job = jobs.add(client_of(request), await _received(request, service, spool), spool)
        except BaseException:
            spool.close()
            raise
        return _report(job, 202)

    @routes.get("/films/{job}", openapi_extra=since, **answers(json=JOB, by_digest=True))
    async def get_film(request: Request, job: str) -> Response:
        """The state of a job: how much is counted, the shots so far, and in the end the palette of the whole."""
        await service.rates.spend("any", client(request))
        first = SINCE.parse(_only(request, "since").get("since", "0"))
        if first < 0:
            raise Problem("bad-option", f"since={first} is not allowed: give a whole number from 0.", option="since")
        return _report(jobs.get(job), 200, first)

    @routes.delete("/films/{job}", status_code=204, **answers(by_digest=True, status=204))
    async def delete_film(job: str) -> Response:
        """Cancel a job that waits or is counted, and delete all that is kept of it."""
        jobs.drop(jobs.get(job))
        return Response(status_code=204)

    @routes.get("/films/{job}/stills/{number}", **answers("image/jpeg", by_digest=True))
    async def get_still(request: Request, job: str, number: str) -> Response:
        """A frame from the middle of a shot, as a small JPEG; shots count from 1."""
        await service.rates.spend("any", client(request))
        shelf, name = jobs.get(job).shelf, STILL.format(number)
        if name not in shelf:
            raise Problem("not-found", f"The film has no shot {number[:20]!r}, or not yet.")
        return _file(request, shelf.get(name), "image/jpeg")

    @routes.get("/films/{job}/columns", **answers(json=FILM_COLUMNS, by_digest=True, also=(409,)))
    async def get_columns(request: Request, job: str) -> Response:
        """The film in 1200 equal slices of time, each with its mean in linear light and its palette."""
        await service.rates.spend("any", client(request))
        _only(request)
        return _file(request, await jobs.content(jobs.get(job), COLUMNS), "application/json")

    @routes.get(
        "/films/{job}/{format}",
        openapi_extra={"parameters": [chosen, *drawing]},
        **answers("application/json", *kinds, by_digest=True, also=(409,)),
    )
    async def get_file(request: Request, job: str, format: str) -> Response:
        """A file of a film that is done, in any format of the command line; no frame is decoded again."""
        await service.rates.spend("any", client(request))
        request.state.option_names = [*file_options()]
        options = file_request(format, _only(request, *file_options()))
        return _file(request, await jobs.file(jobs.get(job), format, options), media_type(format))

    return routes


async def _received(request: Request, service: Service, spool: Spool) -> FilmRequest:
    """The film of a request, in the spool, and its options."""
    if not request.headers.get("content-type", "").lower().startswith(("multipart/", "application/json")):
        film_request(query_inputs(request).options, service.settings)  # before a long body
    upload = await read_upload(request, service.settings, service.bodies, spool)
    request.state.option_names = [*upload.options]
    wish = film_request(upload.options, service.settings)
    if upload.url is not None:
        service.check_signed(request)
        data, _ = await service.fetched(request, upload.url)
        spool.hold(len(data))
        spool.add(data)
        await spool.flush(0)
    return FilmRequest(wish.keywords, wish.name or upload.name or upload.url or "film", wish.files)


def _only(request: Request, *known: str) -> dict[str, str]:
    """The query; Problem if it has other options than those known."""
    for name in request.query_params:
        if name not in known:
            said = f"{name[:50]}: the options here are {', '.join(known) or 'none'}."
            raise Problem("bad-option", said, option=name[:50])
    return dict(request.query_params)


def _report(job: Job, status: int, since: int = 0) -> Response:
    headers: dict[str, Any] = {"Cache-Control": "no-store"}
    if status == 202:
        headers["Location"] = f"/api/v1/films/{job.id}"
    if not job.over:
        headers["Retry-After"] = "1"
    return Response(job.report(since), status, headers, media_type="application/json")


def _file(request: Request, content: bytes, kind: str) -> Response:
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": CACHING_BY_DIGEST}
    if has_tag(request, tag):
        return Response(status_code=304, headers=headers)
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Response(content, headers=headers, media_type=kind + charset)
