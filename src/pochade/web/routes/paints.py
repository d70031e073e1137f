"""Tubes of paint for pictures."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.errors import UnknownNameError
from pochade.option import Option
from pochade.paint import boxes, paints
from pochade.web.keywords import keywords_of
from pochade.web.negotiation import response_format
from pochade.web.options import request_options
from pochade.web.results import PAINTS
from pochade.web.schema import PICTURE_IN, answers, function_parameters, picture_parameters
from pochade.web.service import RequestPicture, Service
from pochade.web.work.paints import MEDIA_TYPES, choose_paints

DARK = Option("dark", bool, False)
OWN = {
    "box": f"{', '.join(boxes.names)}, or the content of a .json or .csv file with a box of paint.",
    "own": "The names of tubes at home, with commas between them. They are always in.",
    "dark": "Draw the sheet on a dark ground.",
}


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["paint"])
    parameters = function_parameters(paints, OWN, [*MEDIA_TYPES], options={"dark": DARK})
    extra = {"parameters": [*picture_parameters(), *parameters]}
    kinds = [*MEDIA_TYPES.values()]

    async def answer(request: Request) -> Response:
        return await service.answer_picture(
            request, choose_paints, lambda picture: _arguments(service, request, picture)
        )

    @routes.get("/paints", openapi_extra=extra, **answers(*kinds, json=PAINTS))
    async def get_paints(request: Request) -> Response:
        """The tubes of paint for a picture in memory or at a URL, and recipes for its colors; or a sheet to print."""
        return await answer(request)

    @routes.post("/paints", openapi_extra={**extra, **PICTURE_IN}, **answers(*kinds, has_body=True, json=PAINTS))
    async def post_paints(request: Request) -> Response:
        """The tubes of paint for the picture in the body, and recipes for its colors; or a sheet to print."""
        return await answer(request)

    return routes


def _arguments(service: Service, request: Request, picture: RequestPicture) -> dict[str, Any]:
    options = dict(picture.inputs.options)
    format = response_format(request, options, MEDIA_TYPES, "json")
    own = {name: options.pop(name) for name in OWN if name in options}
    keywords = keywords_of(options, service.settings, paints, (*OWN,), mask=picture.inputs.mask_bytes)
    defaults = request_options(paints)
    asked = {
        name: keywords.pop(name, option.default)
        for name, option in defaults.items()
        if name not in ("k", "dark", "box", "own")
    }
    keywords.setdefault("k", defaults["k"].default)
    box = own.get("box", str(defaults["box"].default))
    is_content = "\n" in box or box.lstrip()[:1] == "{"
    if not is_content and box not in boxes:
        more = " Or give the content of a .json or .csv file; a server opens no files."
        raise UnknownNameError("box", box, boxes.names, more)
    return {
        "keywords": keywords,
        "asked": asked | {"box": None if is_content else box, "own": own.get("own")},
        "own_box": box if is_content else None,
        "format": format,
        "dark": DARK.parse(own["dark"]) if "dark" in own else False,
        "name": picture.name,
    }
