"""Sheets to paint by."""

from typing import Any, Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.areas import numbers
from pochade.option import Option
from pochade.web.colors import with_number_signs
from pochade.web.keywords import keywords_of
from pochade.web.negotiation import response_format
from pochade.web.results import NUMBERS
from pochade.web.routes.paints import check_box
from pochade.web.schema import PICTURE_IN, answers, function_parameters, picture_parameters
from pochade.web.service import RequestPicture, Service
from pochade.web.work.numbers import MEDIA_TYPES, draw_numbers

PAGE = Option("page", Literal["sheet", "answer", "legend"], None)
OWN = {
    "page": "sheet (lines and numbers), answer (colors) or legend. By default a PDF has all, another file the sheet.",
    "colors": "Colors to paint with, numbered in their order: hex or CSS colors, with commas between them.",
    "box": "Mix the colors from this box of paint: a name, or the content of a .json or .csv file.",
    "own": "The names of tubes at home, with commas between them. They are always among the tubes.",
}


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["paint"])
    parameters = function_parameters(numbers, OWN, [*MEDIA_TYPES], options={"page": PAGE})
    extra = {"parameters": [*picture_parameters(), *parameters]}
    kinds = [*MEDIA_TYPES.values()]

    async def answer(request: Request) -> Response:
        def arguments(picture: RequestPicture) -> dict[str, Any]:
            return _arguments(service, request, picture)

        return await service.answer_picture(request, draw_numbers, arguments)

    @routes.get("/numbers", openapi_extra=extra, **answers(*kinds, json=NUMBERS))
    async def get_numbers(request: Request) -> Response:
        """A sheet to paint by, of a picture in memory or at a URL: lines and numbers, colored answer, or legend."""
        return await answer(request)

    @routes.post("/numbers", openapi_extra={**extra, **PICTURE_IN}, **answers(*kinds, has_body=True, json=NUMBERS))
    async def post_numbers(request: Request) -> Response:
        """A sheet to paint by, of the picture in the body."""
        return await answer(request)

    return routes


def _arguments(service: Service, request: Request, picture: RequestPicture) -> dict[str, Any]:
    """The keywords of numbers(), the page and the format."""
    options = dict(picture.inputs.options)
    format = response_format(request, options, MEDIA_TYPES, "svg")
    own = {name: options.pop(name) for name in OWN if name in options}
    keywords = keywords_of(options, service.settings, numbers, (*OWN,), mask=picture.inputs.mask_bytes)
    if "colors" in own:
        keywords["colors"] = with_number_signs(own["colors"])
    if "own" in own:
        keywords["own"] = own["own"]
    page = PAGE.check(PAGE.parse(own["page"])) if "page" in own else None
    is_content = "box" in own and check_box(own["box"])
    if "box" in own and not is_content:
        keywords["box"] = own["box"]
    own_box = own["box"] if is_content else None
    return {"keywords": keywords, "own_box": own_box, "page": page, "format": format, "name": picture.name}
