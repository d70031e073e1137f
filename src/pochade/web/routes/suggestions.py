"""Palettes by proposal: `/suggest`, and `/colormind` for clients of that service."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.errors import OptionError, UnknownNameError
from pochade.option import Option
from pochade.suggestion.complete import complete
from pochade.suggestion.known import collections
from pochade.suggestion.methods import methods
from pochade.web.body import body_of
from pochade.web.colors import MAX_COLOR_CHARACTERS, with_number_signs
from pochade.web.descriptions import describe_entry, summaries_of
from pochade.web.json_body import MAX_JSON_BYTES, parsed_json
from pochade.web.options import checked_magnitude, request_options
from pochade.web.results import MODELS, RESULT, SUGGESTION_METHODS, SUGGESTIONS
from pochade.web.routes.lists import listed
from pochade.web.schema import answers, json_in, parameter, picture_parameters
from pochade.web.service import Service, client
from pochade.web.work import suggestions as work

KEEP = Option("keep", str, "")
COLORS = "keep", "avoid", "on"
"""The options that are colors, whose # may be left out."""

FIVE = 5
"""The colors of a palette of Colormind."""

LOCKED_IN = json_in(
    {
        "model": {"type": "string", "description": "default, a method, or a collection."},
        "input": {
            "type": "array",
            "minItems": FIVE,
            "maxItems": FIVE,
            "items": {},
            "description": 'For each color three codes, which stay, or "N".',
        },
        "seed": {"type": "integer", "minimum": 0},
    }
)


def router(service: Service) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["suggestions"])

    @routes.get("/suggest", openapi_extra={"parameters": _parameters()}, **answers(json=SUGGESTIONS))
    async def suggest(request: Request) -> Response:
        """Palettes that contain the colors `keep`, or the most prominent ones of a picture; or from nothing."""
        inputs = await service.inputs(request)
        request.state.option_names = list(inputs.options)
        keywords = _keywords(inputs.options)
        if (inputs.picture, inputs.url) == (None, None):
            return service.answer(request, await service.run(request, work.suggested, None, {"keywords": keywords}))
        if "keep" in inputs.options:
            raise OptionError("keep is not allowed with a picture, whose colors are kept: leave one of them out.")
        picture = await service.resolve(request, inputs)
        done = await service.run(request, work.suggested, picture.digest, {"keywords": keywords}, picture.data)
        return service.answer(request, done, picture)

    @routes.get("/suggest/methods", **listed(SUGGESTION_METHODS))
    async def list_methods() -> list[dict[str, Any]]:
        """The methods of `/suggest`, each with its options."""
        return [
            {"name": entry.name, "summary": entry.summary, "options": describe_entry(entry)}
            for entry in methods.entries
        ]

    @routes.post("/colormind", openapi_extra=LOCKED_IN, **answers(has_body=True, json=RESULT))
    async def colormind(request: Request) -> Response:
        """Five colors, as Colormind's API takes and answers them; the same request has the same answer."""
        return await _colormind(service, request)

    @routes.get("/colormind/list", **listed(MODELS))
    async def list_models() -> dict[str, list[str]]:
        """The models of `/colormind`: the default, the methods, and the collections of known palettes."""
        return {"result": _models()}

    return routes


def as_colormind(service: Service) -> APIRouter:
    """Colormind's own addresses, so that a client moves by changing the host."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/api/")
    async def api(request: Request) -> Response:
        return await _colormind(service, request)

    @routes.get("/list/")
    async def models() -> dict[str, list[str]]:
        return {"result": _models()}

    return routes


async def _colormind(service: Service, request: Request) -> Response:
    await service.rates.spend("any", client(request))
    body = parsed_json(await body_of(request, service.settings, service.bodies, MAX_JSON_BYTES))
    return service.answer(request, await service.run(request, work.colormind, None, _locked(body)))


def _models() -> list[str]:
    return ["default", *methods.names, *collections()]


def _parameters() -> list[dict[str, Any]]:
    """The parameters of `/suggest`."""
    said = summaries_of(complete)
    names = {"method": methods.names}
    result = [parameter(KEEP, "Colors that every palette contains, with commas between them; # may be left out.")]
    result += picture_parameters()
    result += [parameter(o, said.get(n, ""), names.get(n)) for n, o in request_options(complete).items()]
    for entry in methods.entries:
        about = summaries_of(entry.value)
        result += [
            parameter(option, f"Option of {entry.name}. {about.get(name, '')}".strip())
            for name, option in entry.options.items()
        ]
    return result


def _keywords(texts: dict[str, str]) -> dict[str, Any]:
    """The keywords of complete() from the texts of a request.

    Raises
    ------
    OptionError, UnknownNameError : an option does not exist, or its text has no value.
    """
    known = {"keep": KEEP, **request_options(complete)}
    entry = methods.entry(texts.get("method", str(known["method"].default)))
    result: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in known and name not in entry.options:
            raise UnknownNameError(f"option of {entry.name}:", name, [*known, *entry.options])
        if name in COLORS:
            if len(text) > MAX_COLOR_CHARACTERS:
                raise OptionError(f"{name} is longer than any palette: give fewer colors.")
            result[name] = with_number_signs(text)
        else:
            option = known[name] if name in known else entry.options[name]
            result[name] = checked_magnitude(name, option.parse(text))
    return result


def _locked(body: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the work from a request as Colormind takes it.

    Raises
    ------
    OptionError, UnknownNameError : a field is unknown, or has a value that is not allowed.
    """
    for name in body:
        if name not in ("model", "input", "seed"):
            raise UnknownNameError("field:", name, ["model", "input", "seed"])
    model, seed = body.get("model", "default"), body.get("seed", 0)
    if model not in _models():
        raise UnknownNameError("model", model, _models())
    colors = body.get("input", ["N"] * FIVE)
    if not isinstance(colors, list) or len(colors) != FIVE:
        count = f"{len(colors)} values" if isinstance(colors, list) else repr(colors)
        raise OptionError(f'input has {count}: give a list of {FIVE}, each three codes or "N".')
    places = [_codes(at, color) for at, color in enumerate(colors)]
    if None not in places:
        raise OptionError(f'input has {FIVE} colors, which leaves none to find: give "N" for one of them.')
    options = {"method": model} if model in methods else {} if model == "default" else {"collection": model}
    return {"places": places, "keywords": {"seed": seed, **options}}


def _codes(at: int, color: Any) -> tuple[int, int, int] | None:
    """The codes of a color that stays; None for one to find."""
    if color == "N":
        return None
    whole = isinstance(color, list) and len(color) == 3 and all(type(code) is int for code in color)
    if not whole or not all(0 <= code <= 255 for code in color):
        raise OptionError(f'input[{at}]={color!r:.60} is not allowed: give three whole numbers from 0 to 255, or "N".')
    red, green, blue = color
    return red, green, blue
