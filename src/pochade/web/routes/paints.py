"""Tubes of paint for pictures."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.errors import OptionError, UnknownNameError
from pochade.option import Option, Within
from pochade.paint import boxes, paints
from pochade.web.body import Inputs
from pochade.web.colors import parse_colors
from pochade.web.keywords import keywords_of
from pochade.web.negotiation import response_format
from pochade.web.options import request_options
from pochade.web.problems import Problem
from pochade.web.results import PAINTS
from pochade.web.schema import PICTURE_IN, answers, function_parameters, picture_parameters
from pochade.web.service import RequestPicture, Service
from pochade.web.work.paints import MEDIA_TYPES, choose_paints, paint_colors

DARK = Option("dark", bool, False)
WEIGHT = Option("weights", float, None, bounds=Within(above=0, most=1e9))
OWN = {
    "box": f"{', '.join(boxes.names)}, or the content of a .json or .csv file with a box of paint.",
    "own": "The names of tubes at home, with commas between them. They are always in.",
    "dark": "Draw the sheet on a dark ground.",
    "colors": "A palette instead of a picture: hex or CSS colors, with commas between them.",
    "weights": "The shares of `colors`: numbers above 0, with commas between them; alike by default.",
}


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["paint"])
    parameters = function_parameters(paints, OWN, [*MEDIA_TYPES], options={"dark": DARK})
    extra = {"parameters": [*picture_parameters(), *parameters]}
    kinds = [*MEDIA_TYPES.values()]

    async def answer(request: Request) -> Response:
        if request.method == "GET" and "colors" not in request.query_params:
            return await service.answer_picture(
                request, choose_paints, lambda picture: _of_picture(service, request, picture)
            )
        inputs = await service.inputs(request)
        request.state.option_names = list(inputs.options)
        if "colors" in inputs.options:
            arguments = _arguments(service, request, inputs) | {"palette": _palette(inputs)}
            return service.answer(request, await service.run(request, paint_colors, None, arguments))
        picture = await service.resolve(request, inputs)
        arguments = _of_picture(service, request, picture)
        done = await service.run(request, choose_paints, picture.digest, arguments, picture.data)
        return service.answer(request, done, picture)

    @routes.get("/paints", openapi_extra=extra, **answers(*kinds, json=PAINTS))
    async def get_paints(request: Request) -> Response:
        """The tubes of paint for a picture in memory or at a URL, and recipes for its colors; or a sheet to print."""
        return await answer(request)

    @routes.post("/paints", openapi_extra={**extra, **PICTURE_IN}, **answers(*kinds, has_body=True, json=PAINTS))
    async def post_paints(request: Request) -> Response:
        """The tubes of paint for the picture in the body, and recipes for its colors; or a sheet to print."""
        return await answer(request)

    return routes


def _of_picture(service: Service, request: Request, picture: RequestPicture) -> dict[str, Any]:
    """The arguments of `choose_paints`."""
    arguments = _arguments(service, request, picture.inputs)
    keywords: dict[str, Any] = arguments.pop("keywords")
    keywords.setdefault("k", request_options(paints)["k"].default)
    return arguments | {"keywords": keywords, "name": picture.name}


def _arguments(service: Service, request: Request, inputs: Inputs) -> dict[str, Any]:
    """The options of paints(), the keywords of extract(), and the format."""
    options = dict(inputs.options)
    format = response_format(request, options, MEDIA_TYPES, "json")
    own = {name: options.pop(name) for name in OWN if name in options}
    keywords = keywords_of(options, service.settings, paints, (*OWN,), mask=inputs.mask_bytes)
    defaults = request_options(paints)
    asked = {
        name: keywords.pop(name, option.default) for name, option in defaults.items() if name not in ("k", "box", "own")
    }
    box = own.get("box", str(defaults["box"].default))
    is_content = check_box(box)
    if "weights" in own and "colors" not in own:
        raise OptionError("weights are those of colors: give colors too.")
    return {
        "keywords": keywords,
        "asked": asked | {"box": None if is_content else box, "own": own.get("own")},
        "own_box": box if is_content else None,
        "format": format,
        "dark": DARK.parse(own["dark"]) if "dark" in own else False,
    }


def check_box(box: str) -> bool:
    """Whether the text is the content of a box and not its name; UnknownNameError if it is neither."""
    if "\n" in box or box.lstrip()[:1] == "{":
        return True
    if box not in boxes:
        more = " Or give the content of a .json or .csv file; a server opens no files."
        raise UnknownNameError("box", box, boxes.names, more)
    return False


def _palette(inputs: Inputs) -> list[tuple[tuple[int, int, int], float]]:
    """The codes and the share of each color in the options; Problem if there is a picture too."""
    if (inputs.data, inputs.long_data, inputs.url, inputs.picture, inputs.mask) != (None,) * 5:
        raise Problem("bad-option", "colors are given with a picture or a mask: give one of them.", option="colors")
    colors = parse_colors("colors", inputs.options["colors"])
    texts = inputs.options["weights"].split(",") if "weights" in inputs.options else ["1"] * len(colors)
    weights = [WEIGHT.check(WEIGHT.parse(text)) for text in texts]
    if len(weights) != len(colors):
        raise OptionError(f"weights has {len(weights)} numbers for {len(colors)} colors: give one for each.")
    return [(color, weight / sum(weights)) for color, weight in zip(colors, weights, strict=True)]
