"""The similarity of pictures."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.draw.heat import MAX_PICTURES
from pochade.errors import OptionError
from pochade.similarity import compare
from pochade.similarity.distance import check_difference
from pochade.web.body import Inputs, query_inputs
from pochade.web.keywords import keywords_of
from pochade.web.negotiation import response_format
from pochade.web.options import request_options
from pochade.web.problems import Problem
from pochade.web.process import Work
from pochade.web.results import COMPARED
from pochade.web.schema import SIDES_IN, answers, function_parameters
from pochade.web.service import RequestPicture, Service
from pochade.web.work import compare as work

SIDES = "a", "b"
OWN = {
    "a": "The digest of a picture in memory.",
    "b": "The digest of the other picture.",
    "pictures": f"Digests of 2 to {MAX_PICTURES} pictures in memory, with commas between them, instead of a and b.",
    "like": "The digest of a picture; ranks `pictures`, 1 or more, by their similarity to it.",
}
KINDS = {"json": work.JSON, "svg": work.SVG}


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["comparison"])
    extra = {"parameters": function_parameters(compare, OWN, [*KINDS])}

    async def answer_comparison(request: Request) -> Response:
        named = _named(request)
        if named and (cached := service.unchanged(request, ",".join(named))):
            return cached
        inputs = await service.inputs(request, SIDES)
        request.state.option_names = [*inputs.options, *inputs.sides]
        options = dict(inputs.options)
        format = response_format(request, options, KINDS, "json")
        own = {name: options.pop(name) for name in OWN if name in options}
        keywords = keywords_of(options, service.settings, compare, (*OWN,))
        difference = keywords.pop("difference", request_options(compare)["difference"].default)
        check_difference(difference)
        _check_sides(inputs, own)
        arguments = {"keywords": keywords, "difference": difference, "format": format}
        if "pictures" in own:
            return await answer_several(request, inputs, own, arguments)
        sides, pictures = {}, []
        for name in SIDES:
            side = inputs.sides[name]
            if side.colors is None:
                pictures.append(await service.resolve(request, side, name))
                sides[name] = work.Side(pictures[-1].digest, pictures[-1].name)
            else:
                sides[name] = work.Side(None, None, side.colors)
        return await run(request, work.compare_two, pictures, inputs, sides | arguments)

    async def answer_several(
        request: Request, inputs: Inputs, own: dict[str, str], arguments: dict[str, Any]
    ) -> Response:
        digests = [text.strip() for text in own["pictures"].split(",") if text.strip()]
        ranked = "like" in own
        if not (1 if ranked else 2) <= len(digests) <= MAX_PICTURES:
            raise OptionError(f"pictures has {len(digests)} digests: give {1 if ranked else 2} to {MAX_PICTURES}.")
        if ranked and arguments["format"] != "json":
            raise OptionError("format must be json when pictures are ranked: leave it out.")
        pictures = [service.stored(one, inputs, "pictures") for one in digests]
        arguments["pictures"] = digests
        if not ranked:
            return await run(request, work.distance_table, pictures, inputs, arguments)
        del arguments["format"]
        first = service.stored(own["like"], inputs, "like")
        return await run(request, work.rank, [first, *pictures], inputs, arguments)

    async def run(
        request: Request, work: Work, pictures: list[RequestPicture], inputs: Inputs, arguments: dict[str, Any]
    ) -> Response:
        if not pictures:
            return service.answer(request, await service.run(request, work, None, arguments))
        digest, data = pictures[0].digest, pictures[0].data
        others = {one.digest: one.data for one in pictures}
        answer = await service.run(request, work, digest, arguments, data, others)
        return service.answer(
            request, answer, RequestPicture(",".join(one.digest for one in pictures), b"", None, inputs)
        )

    @routes.get("/compare", openapi_extra=extra, **answers(*KINDS.values(), json=COMPARED))
    async def get_compared(request: Request) -> Response:
        """The similarity of pictures in memory: the flow between two, or the distances of all pairs of several."""
        return await answer_comparison(request)

    @routes.post(
        "/compare", openapi_extra={**extra, **SIDES_IN}, **answers(*KINDS.values(), has_body=True, json=COMPARED)
    )
    async def post_compared(request: Request) -> Response:
        """The similarity of two pictures or palettes in the body."""
        return await answer_comparison(request)

    return routes


def _named(request: Request) -> list[str]:
    """The digests in the query, in the order of the ETag."""
    if request.method != "GET":
        return []
    options = query_inputs(request).options
    if "pictures" in options:
        digests_text = [options.get("like", ""), *options["pictures"].split(",")]
    else:
        digests_text = [options.get(name, "") for name in SIDES]
    return [text.strip() for text in digests_text if text.strip()]


def _check_sides(inputs: Inputs, own: dict[str, str]) -> None:
    """Refuse a request that does not name either a and b or several pictures."""
    if (inputs.data, inputs.long_data, inputs.url, inputs.picture, inputs.mask) != (None,) * 5:
        raise Problem("no-picture", "Give the two pictures as a and b, or several as pictures.")
    if "pictures" in own and inputs.sides:
        name = next(iter(inputs.sides))
        raise OptionError(f"{name} is not allowed with pictures: give a and b, or pictures.")
    if "like" in own and "pictures" not in own:
        raise OptionError("like needs pictures: give pictures to rank, or a and b instead.")
    missing = [name for name in SIDES if name not in inputs.sides]
    if missing and "pictures" not in own:
        raise Problem("no-picture", f"{' and '.join(missing)} are missing: give a and b, or pictures.")
