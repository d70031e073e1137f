"""Palettes of a picture in the body, in memory, or at a URL."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.draw.heat import MAX_PICTURES
from pochade.errors import OptionError
from pochade.option import Option
from pochade.web.problems import Problem
from pochade.web.results import CLUSTERS, EXPORTED, FIDELITY, PALETTE_URL, REASONS
from pochade.web.schema import (
    PICTURE_IN,
    answers,
    export_media_types,
    palette_parameters,
    parameter,
    picture_parameters,
)
from pochade.web.service import RequestPicture, Service
from pochade.web.work import palettes

TOGETHER = Option("pictures", str, None)
TOGETHER_SUMMARY = f"Digests of 2 to {MAX_PICTURES} pictures in memory, with commas between them: one palette of all."


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["palettes"])
    extra = {"parameters": [*picture_parameters(), *palette_parameters(format=True)]}
    plain = {"parameters": [*picture_parameters(), *palette_parameters()]}

    together = {"parameters": [*extra["parameters"], parameter(TOGETHER, TOGETHER_SUMMARY)]}

    @routes.get("/palette", openapi_extra=together, **answers(*export_media_types(), json=EXPORTED))
    async def get_palette(request: Request) -> Response:
        """The palette of a picture in memory or at a URL, or one palette of several pictures in memory."""
        if TOGETHER.name in request.query_params:
            return await palette_together(request)
        return await service.answer_palette(request, palettes.palette, format=True)

    async def palette_together(request: Request) -> Response:
        digests = [text.strip() for text in request.query_params[TOGETHER.name].split(",") if text.strip()]
        if cached := service.unchanged(request, ",".join(digests)):
            return cached
        inputs = await service.inputs(request)
        if (inputs.url, inputs.picture) != (None, None):
            raise Problem("no-picture", "Give pictures=, or one picture by url= or picture=.")
        if not 2 <= len(digests) <= MAX_PICTURES:
            raise OptionError(f"pictures has {len(digests)} digests: give 2 to {MAX_PICTURES}.")
        options = service.palette_request(request, inputs, own=(TOGETHER.name,), format=True)
        pictures = [service.stored(one, inputs, TOGETHER.name) for one in digests]
        arguments = {
            "pictures": digests,
            "keywords": options.extract,
            "arrange": options.arrange,
            "format": options.format,
            "options": options.export,
        }
        others = {one.digest: one.data for one in pictures}
        done = await service.run(request, palettes.palette_together, digests[0], arguments, None, others)
        return service.answer(request, done, RequestPicture(",".join(digests), None, None, inputs))

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
