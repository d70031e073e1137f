"""Backgrounds for pictures."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.backgrounds import background
from pochade.web.colors import with_number_signs
from pochade.web.keywords import keywords_of
from pochade.web.negotiation import response_format
from pochade.web.results import BACKGROUND
from pochade.web.routes.views import WIDTH, width_of
from pochade.web.schema import PICTURE_IN, answers, function_parameters, parameter, picture_parameters
from pochade.web.service import RequestPicture, Service
from pochade.web.work.background import MEDIA_TYPES, draw_background


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["edited pictures"])
    width = parameter(WIDTH, "Scale a wider picture down to this width, for a preview.")
    del width["schema"]["default"]
    extra = {"parameters": [*picture_parameters(), width, *function_parameters(background, {}, [*MEDIA_TYPES])]}
    kinds = sorted(set(MEDIA_TYPES.values()))

    async def answer(request: Request) -> Response:
        return await service.answer_picture(
            request, draw_background, lambda picture: _arguments(service, request, picture)
        )

    @routes.get("/background", openapi_extra=extra, **answers(*kinds, json=BACKGROUND))
    async def get_background(request: Request) -> Response:
        """A picture in memory or at a URL on a background that fits its border; or the background as CSS or JSON."""
        return await answer(request)

    @routes.post(
        "/background", openapi_extra={**extra, **PICTURE_IN}, **answers(*kinds, has_body=True, json=BACKGROUND)
    )
    async def post_background(request: Request) -> Response:
        """The picture in the body on a background; or the background as CSS or JSON."""
        return await answer(request)

    return routes


def _arguments(service: Service, request: Request, picture: RequestPicture) -> dict[str, Any]:
    options = dict(picture.inputs.options)
    format = response_format(request, options, MEDIA_TYPES, "png")
    width = width_of(options.pop("width")) if "width" in options else None
    keywords = keywords_of(options, service.settings, background, mask=picture.inputs.mask_bytes)
    if "palette" in keywords:
        keywords["palette"] = with_number_signs(keywords["palette"])
    return {"keywords": keywords, "format": format, "width": width}
