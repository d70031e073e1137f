"""Palettes: of a picture that is sent, named by its digest, or at a URL."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.web.schema import PICTURE_IN, answers, export_media_types, palette_parameters, picture_parameters
from pochade.web.service import Service
from pochade.web.work import palettes


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["palettes"])
    said = {"parameters": [*picture_parameters(), *palette_parameters(format=True)]}
    plain = {"parameters": [*picture_parameters(), *palette_parameters()]}

    @routes.get("/palette", openapi_extra=said, **answers(*export_media_types()))
    async def get_palette(request: Request) -> Response:
        """The palette of a picture that is held, or at a URL."""
        return await service.answer_palette(request, palettes.palette, format=True)

    @routes.post("/palette", openapi_extra={**said, **PICTURE_IN}, **answers(*export_media_types(), posted=True))
    async def post_palette(request: Request) -> Response:
        """The palette of the picture in the body."""
        return await service.answer_palette(request, palettes.palette, format=True)

    @routes.get("/clusters", openapi_extra=plain, **answers("application/json"))
    async def clusters(request: Request) -> Response:
        """The colors and nothing else: {"clusters": [[r, g, b], ...]}."""
        return await service.answer_palette(request, palettes.clusters)

    @routes.get("/palette-url", openapi_extra=plain, **answers("application/json"))
    async def palette_url(request: Request) -> Response:
        """The palette as a page of coolors.co."""
        return await service.answer_palette(request, palettes.palette_url)

    @routes.get("/explain", openapi_extra=plain, **answers("application/json"))
    async def explain(request: Request) -> Response:
        """Why each color is in the palette, in words and figures."""
        return await service.answer_palette(request, palettes.reasons)

    @routes.get("/fidelity", openapi_extra=plain, **answers("application/json"))
    async def fidelity(request: Request) -> Response:
        """How far the picture's pixels are from the palette by CIEDE2000: the mean, and the worst."""
        return await service.answer_palette(request, palettes.fidelity)

    return routes
