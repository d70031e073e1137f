"""Pictures with few colors."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.errors import OptionError
from pochade.quantization import fitted, formats, quantize
from pochade.web.colors import with_number_signs
from pochade.web.descriptions import summaries_of
from pochade.web.keywords import keywords_of
from pochade.web.negotiation import response_format
from pochade.web.options import request_options
from pochade.web.process import Work
from pochade.web.results import REPORT, TABLE
from pochade.web.schema import PICTURE_IN, answers, function_parameters, picture_parameters
from pochade.web.service import RequestPicture, Service
from pochade.web.work import quantize as work

TARGETS = "target_kb", "max_difference"
USUAL = "png"


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["edited pictures"])
    targets: dict[str, str] = {name: summaries_of(fitted)[name] for name in TARGETS}
    aimed = {name: request_options(fitted)[name] for name in TARGETS}
    names = [USUAL, *(name for name in formats.names if name != USUAL)]
    extra = [*picture_parameters(), *function_parameters(quantize, targets, names, options=aimed, palette=False)]
    tabled = [one for one in extra if one["name"] not in (*TARGETS, "k", "palette")]
    types_of = {entry.name: str(entry.about.media_type) for entry in formats.entries}
    kinds = sorted(set(types_of.values()))

    def arguments(request: Request, picture: RequestPicture, *, table: bool = False) -> dict[str, Any]:
        options = dict(picture.inputs.options)
        format = response_format(request, options, types_of, USUAL)
        aims: dict[str, str] = {name: options.pop(name) for name in TARGETS if name in options}
        keywords = keywords_of(options, service.settings, quantize, palette=False, mask=picture.inputs.mask_bytes)
        _check_together(keywords, aims, table=table)
        if "palette" in keywords:
            keywords["palette"] = with_number_signs(keywords["palette"])
        target = {name: aimed[name].parse(text) for name, text in aims.items()}
        return {"keywords": keywords, "format": format, **({} if table else {"target": target})}

    async def answer(request: Request, work: Work, *, table: bool = False) -> Response:
        return await service.answer_picture(request, work, lambda picture: arguments(request, picture, table=table))

    @routes.get("/quantize", openapi_extra={"parameters": extra}, **answers(*kinds))
    async def get_quantized(request: Request) -> Response:
        """A picture in memory or at a URL, with only the colors of a palette."""
        return await answer(request, work.picture)

    @routes.post("/quantize", openapi_extra={"parameters": extra, **PICTURE_IN}, **answers(*kinds, has_body=True))
    async def post_quantized(request: Request) -> Response:
        """The picture in the body with only the colors of a palette."""
        return await answer(request, work.picture)

    @routes.get("/quantize/report", openapi_extra={"parameters": extra}, **answers(json=REPORT))
    async def get_report(request: Request) -> Response:
        """Size and error of `GET /quantize`: bytes before and after, colors, CIEDE2000, PSNR and SSIM."""
        return await answer(request, work.report)

    @routes.post(
        "/quantize/report",
        openapi_extra={"parameters": extra, **PICTURE_IN},
        **answers(json=REPORT, has_body=True),
    )
    async def post_report(request: Request) -> Response:
        """Size and error of `POST /quantize`."""
        return await answer(request, work.report)

    @routes.get("/quantize/table", openapi_extra={"parameters": tabled}, **answers(json=TABLE))
    async def get_table(request: Request) -> Response:
        """Reports for 2, 4, 8 ... 256 colors."""
        return await answer(request, work.table_rows, table=True)

    @routes.post(
        "/quantize/table",
        openapi_extra={"parameters": tabled, **PICTURE_IN},
        **answers(json=TABLE, has_body=True),
    )
    async def post_table(request: Request) -> Response:
        """Reports on the picture in the body for 2, 4, 8 ... 256 colors."""
        return await answer(request, work.table_rows, table=True)

    return routes


def _check_together(keywords: dict[str, Any], aims: dict[str, str], *, table: bool) -> None:
    """Refuse options that exclude each other, as the command line does."""
    if table and (aims or "k" in keywords):
        one = next(iter(aims), "k")
        raise OptionError(f"{one} is not allowed here: the table covers all numbers of colors; leave it out.")
    if aims and "k" in keywords:
        raise OptionError(f"k is not allowed with {next(iter(aims))}, which finds the number of colors: leave k out.")
