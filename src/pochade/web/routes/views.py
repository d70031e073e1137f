"""What is shown beside a palette: label map, color cloud, poster."""

from typing import Any, Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.color.spaces import spaces
from pochade.errors import OptionError
from pochade.registry import Option
from pochade.web.options import parsed
from pochade.web.schema import answers, palette_parameters, parameter, picture_parameters
from pochade.web.service import Service
from pochade.web.work import views

WIDTH = Option("width", int, 1024)
CLOUD = Option("cloud_space", str, "oklab")
POSTER = {
    "layout": Option("layout", str, "card"),
    "dark": Option("dark", bool, False),
    "title": Option("title", str, ""),
    "type": Option("type", Literal["png", "svg"], "png"),
}
WIDEST = 4096


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["views"])
    shared = [*picture_parameters(), *palette_parameters()]
    width = parameter(WIDTH, "The most pixels across, up to 4096.")
    space = parameter(CLOUD, "The space of the points; any registered name.")
    poster_options = [parameter(option, "") for option in POSTER.values()]

    @routes.get("/labels", openapi_extra={"parameters": [*shared, width]}, **answers("image/png"))
    async def labels(request: Request) -> Response:
        """Which color stands for each pixel: a gray PNG of the colors' indices, 255 for none."""
        return await service.solved(
            request, views.labels, own=("width",), width=width_of(request.query_params.get("width"))
        )

    @routes.get("/cloud", openapi_extra={"parameters": [*shared, space]}, **answers("application/json"))
    async def cloud(request: Request) -> Response:
        """The picture's colors as points in a space, with the color of the palette that each belongs to."""
        name = request.query_params.get("cloud_space", str(CLOUD.default))
        return await service.solved(request, views.cloud, own=("cloud_space",), space=spaces[name].name)

    @routes.get(
        "/poster", openapi_extra={"parameters": [*shared, *poster_options]}, **answers("image/png", "image/svg+xml")
    )
    async def poster(request: Request) -> Response:
        """The picture with its palette, to be shared."""
        given: dict[str, Any] = {
            name: parsed(option, request.query_params[name])
            for name, option in POSTER.items()
            if name in request.query_params
        }
        type = given.pop("type", "png")
        return await service.solved(request, views.poster, own=tuple(POSTER), type=type, options=given)

    return routes


def width_of(text: str | None) -> int:
    """The width that a text asks for; OptionError where it is not allowed."""
    value = parsed(WIDTH, str(WIDTH.default) if text is None else text)
    if not isinstance(value, int) or not 1 <= value <= WIDEST:
        raise OptionError(f"width={value!r} is not allowed: give a whole number from 1 to {WIDEST}.")
    return value
