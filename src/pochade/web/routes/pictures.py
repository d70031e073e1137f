"""Pictures in the memory of the server, by digest."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.web.body import Inputs
from pochade.web.options import reading_options
from pochade.web.problems import Problem
from pochade.web.results import PICTURE
from pochade.web.routes.views import WIDTH, width_of
from pochade.web.schema import PICTURE_IN, answers, parameter
from pochade.web.service import CACHING_BY_DIGEST, Service
from pochade.web.work import pictures


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["pictures"])
    width = {"parameters": [parameter(WIDTH, "The maximum width in pixels, up to 4096.")]}

    @routes.post(
        "/pictures", status_code=201, openapi_extra=PICTURE_IN, **answers(json=PICTURE, has_body=True, status=201)
    )
    async def post_picture(request: Request) -> Response:
        """Keep a picture in memory for some minutes, under its digest; nothing is written to a disk."""
        picture = await service.picture(request)
        keywords = service.palette_request(request, picture.inputs)
        done = await service.run(
            request,
            pictures.picture_facts,
            picture.digest,
            {"reading": reading_options(keywords.extract)},
            picture.data,
        )
        response = service.answer(request, done, picture)
        response.status_code = 201
        response.headers["Location"] = f"/api/v1/pictures/{picture.digest}"
        return response

    @routes.get("/pictures/{digest}", openapi_extra=width, **answers("image/jpeg", "image/png", by_digest=True))
    async def get_picture(request: Request, digest: str) -> Response:
        """The picture for a browser: a JPEG, or a PNG if it is transparent; the first frame of an animation."""
        service.stored(digest, Inputs())
        await service.rates.spend("any", request.client.host if request.client else None)
        for name in request.query_params:
            if name != "width":
                raise Problem("bad-option", f"{name}: the only option here is width.", option=name)
        if cached := service.unchanged(request, digest):
            return cached
        arguments = {"reading": {}, "width": width_of(request.query_params.get("width"))}
        done = await service.run(request, pictures.view, digest, arguments)
        return Response(
            done.content,
            media_type=done.media_type,
            headers={"ETag": service.tag(request, digest), "Cache-Control": CACHING_BY_DIGEST},
        )

    @routes.delete("/pictures/{digest}", status_code=204, **answers(by_digest=True, status=204))
    async def forget(digest: str) -> Response:
        """Delete a picture at once, in all processes."""
        if not service.store.drop(digest):
            raise Problem("not-held", "The picture is not in memory, or no longer.")
        service.pool.forget(service.store.swept())
        return Response(status_code=204)

    return routes
