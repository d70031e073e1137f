"""Views of a palette: label map, color cloud, poster."""

from typing import Any, Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.color.spaces import spaces
from pochade.color.srgb import parse_hex, to_hex
from pochade.draw.layouts import layouts
from pochade.errors import OptionError, UnknownNameError
from pochade.option import Option, Within
from pochade.source import read
from pochade.theme.partners import SCHEMES, Scheme
from pochade.web.body import Inputs
from pochade.web.options import check_limits, request_options
from pochade.web.results import HARMONY, POINTS
from pochade.web.routes.exports import palette_in
from pochade.web.schema import (
    PALETTE_IN,
    answers,
    palette_parameters,
    parameter,
    picture_parameters,
    reading_parameters,
)
from pochade.web.service import Service, client
from pochade.web.work import views

MAX_WIDTH = 4096
WIDTH = Option("width", int, 1024, bounds=Within(1, MAX_WIDTH))
COLOR = Option("color", str, "")
SCHEME = Option("scheme", Scheme, "complementary")
CLOUD = Option("cloud_space", str, "oklab")
POSTER = {
    "layout": Option("layout", str, "card"),
    "dark": Option("dark", bool, False),
    "title": Option("title", str, ""),
    "type": Option("type", Literal["png", "svg"], "png"),
}


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["views"])
    shared = [*picture_parameters(), *palette_parameters()]
    width = parameter(WIDTH, "The maximum width in pixels, up to 4096.")
    space = parameter(CLOUD, "The space of the points; any registered name.")
    poster_options = [
        parameter(POSTER["layout"], "The arrangement; any of these.", layouts.names),
        parameter(POSTER["dark"], "Draw on a dark ground."),
        parameter(POSTER["title"], "The title; empty for none."),
        parameter(POSTER["type"], "The type of the file."),
    ]

    @routes.get("/labels", openapi_extra={"parameters": [*shared, width]}, **answers("image/png"))
    async def labels(request: Request) -> Response:
        """A gray PNG of the index of each pixel's color, 255 for none."""
        return await service.answer_palette(
            request, views.labels, own=("width",), width=width_of(request.query_params.get("width"))
        )

    @routes.get("/cloud", openapi_extra={"parameters": [*shared, space]}, **answers(json=POINTS))
    async def cloud(request: Request) -> Response:
        """The colors of the picture as points in a space, each with the index of its palette color."""
        name = request.query_params.get("cloud_space", str(CLOUD.default))
        return await service.answer_palette(request, views.cloud, own=("cloud_space",), space=spaces.entry(name).name)

    around = [
        parameter(COLOR, "The color, as hex; # may be left out."),
        parameter(SCHEME, "Only this scheme; all by default."),
    ]

    @routes.get("/harmony", openapi_extra={"parameters": [*shared, *around]}, **answers(json=HARMONY))
    async def harmony(request: Request) -> Response:
        """The colors in harmony with a color, by scheme: of the picture if it has them, otherwise generated."""
        color, schemes = _around(request)
        return await service.answer_palette(
            request, views.harmony, own=("color", "scheme"), color=color, schemes=schemes
        )

    @routes.get(
        "/poster", openapi_extra={"parameters": [*shared, *poster_options]}, **answers("image/png", "image/svg+xml")
    )
    async def poster(request: Request) -> Response:
        """The picture with its palette as a poster."""
        options, type = _poster_of(request)
        return await service.answer_palette(request, views.poster, own=tuple(POSTER), type=type, options=options)

    @routes.post(
        "/poster",
        openapi_extra={"parameters": [picture_parameters()[1], *poster_options, *reading_parameters()], **PALETTE_IN},
        **answers("image/png", "image/svg+xml", has_body=True),
    )
    async def poster_of_palette(request: Request) -> Response:
        """A poster of a palette, as `GET /palette` answers it or edited, optionally with a picture in memory."""
        await service.rates.spend("any", client(request))
        reading = request_options(read)
        for name in request.query_params:
            if name not in (*POSTER, *reading) and name != "picture":
                raise UnknownNameError("option:", name, [*POSTER, *reading, "picture"])
        options, type = _poster_of(request)
        texts = {name: text for name, text in request.query_params.items() if name in reading}
        read_options = {name: reading[name].parse(text) for name, text in texts.items()}
        check_limits(read_options, service.settings)
        digest = request.query_params.get("picture")
        if digest is None and texts:
            raise OptionError(f"{next(iter(texts))} is an option of a picture, and there is none: give picture=.")
        if digest is not None:
            service.stored(digest, Inputs())
        palette = await palette_in(request, service)
        arguments = {"palette": palette, "type": type, "options": options, "reading": read_options}
        return service.answer(request, await service.run(request, views.poster_of_palette, digest, arguments))

    return routes


def _around(request: Request) -> tuple[str, list[str]]:
    """The color of a harmony as #rrggbb, and the schemes."""
    if "color" not in request.query_params:
        raise OptionError("color is missing: give the color whose partners you want, such as color=bd2e2e.")
    text = request.query_params["color"].strip()
    codes = parse_hex(text if text.startswith("#") else f"#{text}")
    scheme = request.query_params.get("scheme")
    return to_hex(codes), list(SCHEMES) if scheme is None else [SCHEME.check(SCHEME.parse(scheme))]


def _poster_of(request: Request) -> tuple[dict[str, Any], str]:
    """The options of a poster in the query, and its type."""
    arguments = {
        name: option.parse(request.query_params[name])
        for name, option in POSTER.items()
        if name in request.query_params
    }
    return arguments, arguments.pop("type", "png")


def width_of(text: str | None) -> int:
    """The width in a text, by default 1024; OptionError if it is not allowed."""
    value: int = WIDTH.default if text is None else WIDTH.check(WIDTH.parse(text))
    return value
