"""Results from colors without a picture: files, contrast, color vision, roles, tints."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.errors import OptionError
from pochade.export import exporters
from pochade.web.body import body_of
from pochade.web.json_body import MAX_JSON_BYTES, parsed_json
from pochade.web.problems import Problem
from pochade.web.process import Work
from pochade.web.results import CONTRAST, EXPORTED, ROLES, SIGHT, TINTS
from pochade.web.schema import COLORS, PALETTE_IN, answers, export_media_types, format_parameters
from pochade.web.service import Service, client
from pochade.web.work import exports

MAX_COLORS = 256
"""The largest palette."""


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["colors"])

    @routes.post(
        "/export/{format}",
        openapi_extra={"parameters": format_parameters(), **PALETTE_IN},
        **answers(*export_media_types(), has_body=True, json=EXPORTED),
    )
    async def export(request: Request, format: str) -> Response:
        """A palette, as `GET /palette` answers it or edited, as a file of a registered format."""
        await service.rates.spend("any", client(request))
        entry = exporters.entry(format)
        options = {
            name: entry.options[name].parse(text) if name in entry.options else text
            for name, text in request.query_params.items()
        }
        arguments = {
            "palette": await palette_in(request, service),
            "format": entry.name,
            "options": entry.check(options),
        }
        done = await service.run(request, exports.export_palette, None, arguments)
        response = service.answer(request, done)
        response.headers["Content-Disposition"] = f'attachment; filename="palette{entry.about.suffix}"'
        return response

    async def of_colors(request: Request, work: Work) -> Response:
        await service.rates.spend("any", client(request))
        return service.answer(request, await service.run(request, work, None, {"colors": _colors(request)}))

    @routes.get("/contrast", openapi_extra=COLORS, **answers(json=CONTRAST, colors=True))
    async def contrast(request: Request) -> Response:
        """The contrast of every pair of colors: WCAG 2.2 and APCA."""
        return await of_colors(request, exports.contrast)

    @routes.get("/sight", openapi_extra=COLORS, **answers(json=SIGHT, colors=True))
    async def sight(request: Request) -> Response:
        """The colors as each color vision deficiency shows them, and the pairs it confuses."""
        return await of_colors(request, exports.sight)

    @routes.get("/roles", openapi_extra=COLORS, **answers(json=ROLES, colors=True))
    async def roles(request: Request) -> Response:
        """The roles of the colors: vibrant, muted, background, text, accent."""
        return await of_colors(request, exports.roles)

    @routes.get("/tints", openapi_extra=COLORS, **answers(json=TINTS, colors=True))
    async def tints(request: Request) -> Response:
        """Tints and shades of each color, 50 to 950, with the contrast of black and of white text on each."""
        return await of_colors(request, exports.tints)

    return routes


def _colors(request: Request) -> list[str]:
    for name in request.query_params:
        if name != "colors":
            raise Problem("bad-option", f"{name}: the only option here is colors.", option=name)
    colors = [text.strip() for text in request.query_params.get("colors", "").split(",") if text.strip()]
    if not 1 <= len(colors) <= MAX_COLORS:
        raise OptionError(f"colors has {len(colors)} colors: give 1 to {MAX_COLORS}, as hex with commas between them.")
    return [color if color.startswith("#") else f"#{color}" for color in colors]


async def palette_in(request: Request, service: Service) -> dict[str, Any]:
    """The palette in a body; OptionError if it has no list of colors. The worker checks the rest."""
    palette = parsed_json(await body_of(request, service.settings, service.bodies, MAX_JSON_BYTES))
    colors = palette.get("colors")
    if not isinstance(colors, list) or not 1 <= len(colors) <= MAX_COLORS:
        raise OptionError(f"colors: give a list of 1 to {MAX_COLORS} colors, each with `hex` or `srgb`.")
    return palette
