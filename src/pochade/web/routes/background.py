"""Pictures on a ground that fits them."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.backgrounds import background
from pochade.web.accept import format_of
from pochade.web.routes.views import WIDTH, width_of
from pochade.web.schema import PICTURE_IN, answers, made_parameters, parameter, picture_parameters
from pochade.web.service import Service, Taken
from pochade.web.wanted import colored, wanted
from pochade.web.work.background import MEDIA_TYPES, drawn


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["pictures made"])
    width = parameter(WIDTH, "Make the drawn picture so wide, where it is wider: for a preview.")
    del width["schema"]["default"]
    said = {"parameters": [*picture_parameters(), width, *made_parameters(background, {}, [*MEDIA_TYPES])]}
    kinds = sorted(set(MEDIA_TYPES.values()))

    async def answered(request: Request) -> Response:
        return await service.made(request, drawn, lambda taken: _given(service, request, taken))

    @routes.get("/background", openapi_extra=said, **answers(*kinds))
    async def get_background(request: Request) -> Response:
        """A picture that is held, or at a URL, on a ground that joins its border; the ground as CSS; or the choice."""
        return await answered(request)

    @routes.post("/background", openapi_extra={**said, **PICTURE_IN}, **answers(*kinds, posted=True))
    async def post_background(request: Request) -> Response:
        """The picture in the body on a ground, the ground as CSS, or the choice."""
        return await answered(request)

    return routes


def _given(service: Service, request: Request, taken: Taken) -> dict[str, Any]:
    options = dict(taken.given.options)
    format = format_of(request, options, MEDIA_TYPES, "png")
    width = width_of(options.pop("width")) if "width" in options else None
    wishes = wanted(options, service.settings, background, mask=taken.given.mask)
    if "palette" in wishes:
        wishes["palette"] = colored(wishes["palette"])
    return {"wishes": wishes, "format": format, "width": width}
