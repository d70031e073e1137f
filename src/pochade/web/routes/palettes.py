"""Palettes of a picture in the body, in memory, or at a URL."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.web.results import CLUSTERS, EXPORTED, FIDELITY, PALETTE_URL, REASONS
from pochade.web.schema import PICTURE_IN, answers, export_media_types, palette_parameters, picture_parameters
from pochade.web.service import Service
from pochade.web.work import palettes


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["palettes"])
    extra = {"parameters": [*picture_parameters(), *palette_parameters(format=True)]}
    plain = {"parameters": [*picture_parameters(), *palette_parameters()]}

    @routes.get("/palette", openapi_extra=extra, **answers(*export_media_types(), json=EXPORTED))
    async def get_palette(request: Request) -> Response:
        """The palette of a picture in memory or at a URL."""
        return await service.answer_palette(request, palettes.palette, format=True)

    @routes.post(
        "/palette",
        openapi_extra={**extra, **PICTURE_IN},
        **answers(*export_media_types(), has_body=True, json=EXPORTED),
    )
    async def post_palette(request: Request) -> Response:
        """The palette of the picture in the body."""
        return await service.answer_palette(request, palettes.palette, format=True)

    @routes.get("/clusters", openapi_extra=plain, **answers(json=CLUSTERS))
    async def clusters(request: Request) -> Response:
        """Only the colors: {"clusters": [[r, g, b], ...]}."""
        return await service.answer_palette(request, palettes.clusters)

    @routes.get("/palette-url", openapi_extra=plain, **answers(json=PALETTE_URL))
    async def palette_url(request: Request) -> Response:
        """The URL of the palette at coolors.co."""
        return await service.answer_palette(request, palettes.palette_url)

    @routes.get("/explain", openapi_extra=plain, **answers(json=REASONS))
    async def explain(request: Request) -> Response:
        """The reasons for each color, in words and figures."""
        return await service.answer_palette(request, palettes.reasons)

    @routes.get("/fidelity", openapi_extra=plain, **answers(json=FIDELITY))
    async def fidelity(request: Request) -> Response:
        """The CIEDE2000 error of the palette over the pixels of the picture: mean and worst."""
        return await service.answer_palette(request, palettes.fidelity)

    return routes
