"""The collections of the server: their palettes, the search among them, and their pictures."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pochade.errors import FormatError, OptionError
from pochade.option import Option, Within
from pochade.web.body import Inputs, body_of
from pochade.web.json_body import MAX_JSON_BYTES, parsed_json
from pochade.web.problems import Problem
from pochade.web.results import COUNT, EXPORTED, HEX, NUMBER, TEXT, list_of, object_of, or_null
from pochade.web.schema import answers, export_media_types, json_in, palette_parameters, parameter
from pochade.web.service import Service, client
from pochade.web.work import collections as work

MAX_WISHES = 16
"""The colors that one search may wish for, and those that it may exclude."""

MAX_WISH = 100
"""The characters of a wish."""

MAX_TOP = 200
"""The most pictures of one answer."""

MAX_ID = 4096
"""The characters of an id, as of a path."""

WIDTH = Option("width", int, 320, bounds=Within(1, 1024))
ID = Option("id", str, None)

COLLECTIONS = object_of(
    {
        "collections": list_of(object_of({"name": TEXT, "pictures": COUNT, "failed": COUNT})),
    }
)
PLACE = or_null(list_of(NUMBER))
WHY = object_of(
    {
        "wish": TEXT,
        "hex": or_null(HEX),
        "share": or_null(NUMBER),
        "distance": NUMBER,
        "ciede2000": or_null(NUMBER),
        "position": PLACE,
    },
    about="The color that answered a wish, and how far it is from it in Oklab.",
)
MATCH = object_of(
    {
        "id": TEXT,
        "distance": NUMBER,
        "colors": list_of(object_of({"hex": HEX, "weight": NUMBER, "position": PLACE})),
        "why": list_of(WHY),
    }
)
FOUND = object_of({"of": COUNT, "fits": COUNT, "empty": or_null(TEXT), "pictures": list_of(MATCH)})
_TEXTS = {"type": "array", "maxItems": MAX_WISHES, "items": {"type": "string", "maxLength": MAX_WISH}}
WISHES_IN = json_in(
    {
        "wishes": {**_TEXTS, "description": "Colors such as teal:60%, #c32727 or any green."},
        "without": {**_TEXTS, "description": "Colors that the pictures must not have."},
        "like": {
            "anyOf": [{"type": "string"}, {"type": "object", "properties": {"picture": {"type": "string"}}}],
            "description": "The id of a picture of the collection, or the digest of one in memory.",
        },
        "within": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        "trace": {"type": "number", "minimum": 0, "maximum": 1},
        "top": {"type": "integer", "minimum": 1, "maximum": MAX_TOP},
    },
    description="The arguments of `find`; at least one of wishes, without and like.",
)


def router(service: Service) -> APIRouter:
    """The routes; without --collection, a list without collections."""
    routes = APIRouter(tags=["collections"])
    folders = service.settings.folders

    @routes.get("/collections", **answers(json=COLLECTIONS, no_input=True))
    async def list_collections(request: Request) -> Response:
        """The collections of this server, with the numbers of their pictures."""
        await service.rates.spend("any", client(request))
        return service.answer(request, await run(request, work.facts, None, {"folders": folders}))

    async def run(request: Request, task: Any, digest: str | None, arguments: dict[str, Any]) -> Any:
        try:
            return await service.run(request, task, digest, arguments)
        except FormatError as error:
            if task is work.picture or digest is not None:
                raise
            raise Problem("broken-collection", _without_folders(str(error), folders)) from None

    def folder_of(name: str) -> str:
        if name not in folders:
            raise Problem("no-collection", f"No collection {name!r:.60} is here: /api/v1/collections lists them.")
        return folders[name]

    if not folders:

        @routes.api_route("/collections/{rest:path}", methods=["GET", "POST"], include_in_schema=False)
        async def none() -> Response:
            raise Problem("no-collection", "This server has no collections: pochade serve --collection adds one.")

        return routes

    @routes.get(
        "/collections/{name}/palette",
        openapi_extra={"parameters": [*palette_parameters(format=True)]},
        **answers(*export_media_types(), json=EXPORTED),
    )
    async def get_palette(request: Request, name: str) -> Response:
        """The palette of a collection, the sum of its pictures."""
        folder = folder_of(name)
        await service.rates.spend("any", client(request))
        parsed = service.palette_request(request, Inputs(options=dict(request.query_params)), format=True)
        arguments = {
            "folder": folder,
            "keywords": parsed.extract,
            "arrange": parsed.arrange,
            "format": parsed.format,
            "options": parsed.export,
        }
        return service.answer(request, await run(request, work.palette, None, arguments))

    @routes.post("/collections/{name}/find", openapi_extra=WISHES_IN, **answers(has_body=True, json=FOUND))
    async def find_pictures(request: Request, name: str) -> Response:
        """The pictures of a collection that fit wishes best, and which color answered which wish."""
        folder = folder_of(name)
        await service.rates.spend("any", client(request))
        body = parsed_json(await body_of(request, service.settings, service.bodies, MAX_JSON_BYTES))
        request.state.option_names = list(body)
        options, wishes, like = _search(body)
        digest = None
        if isinstance(like, dict):
            digest = service.stored(like["picture"], Inputs(), "like").digest
        id = like if isinstance(like, str) else None
        arguments = {"folder": folder, "wishes": wishes, "options": options, "like": id}
        return service.answer(request, await run(request, work.found, digest, arguments))

    @routes.get(
        "/collections/{name}/pictures",
        openapi_extra={
            "parameters": [
                parameter(ID, "The id of the picture.") | {"required": True},
                parameter(WIDTH, "The maximum width in pixels, up to 1024."),
            ]
        },
        **answers("image/jpeg", "image/png"),
    )
    async def get_picture(request: Request, name: str) -> Response:
        """A picture of a collection, small; only files inside its root are read, and no URL is fetched."""
        folder = folder_of(name)
        await service.rates.spend("any", client(request))
        given = dict(request.query_params)
        for other in given.keys() - {"id", "width"}:
            raise Problem("bad-option", f"{other}: the options here are id and width.", option=other)
        id = given.get("id", "")
        if not 0 < len(id) <= MAX_ID:
            raise Problem("bad-option", "id is missing or too long: give the id of a picture.", option="id")
        width = WIDTH.check(WIDTH.parse(given["width"])) if "width" in given else WIDTH.default
        done = await run(request, work.picture, None, {"folder": folder, "id": id, "width": width})
        if not done.content:
            raise Problem("not-found", "The collection has no file of this id.")
        return service.answer(request, done)

    return routes


def _search(body: dict[str, Any]) -> tuple[dict[str, Any], list[str], Any]:
    """The options, the wishes and what to resemble, of a body.

    Raises
    ------
    OptionError : one does not exist, or has a value that is not allowed.
    """
    known = WISHES_IN["requestBody"]["content"]["application/json"]["schema"]["properties"]
    for name in body:
        if name not in known:
            raise OptionError(f"{name!r:.60} is no option here: give {', '.join(known)}.")
    wishes, without = (_texts(name, body.get(name, [])) for name in ("wishes", "without"))
    like = body.get("like")
    named = isinstance(like, dict) and list(like) == ["picture"] and isinstance(like["picture"], str)
    if not (like is None or named or (isinstance(like, str) and len(like) <= MAX_ID)):
        raise OptionError('like: give the id of a picture of the collection, or {"picture": digest}.')
    options = {name: body[name] for name in ("within", "trace", "top") if name in body}
    top = options.get("top", 1)
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MAX_TOP:
        raise OptionError(f"top={top!r:.60} is not allowed: give a whole number from 1 to {MAX_TOP} here.")
    return options | ({"without": without} if without else {}), wishes, like


def _texts(name: str, value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or len(texts) > MAX_WISHES:
        raise OptionError(f"{name}: give at most {MAX_WISHES} colors, in a list.")
    for text in texts:
        if not isinstance(text, str) or len(text) > MAX_WISH:
            raise OptionError(f"{name}: each color is a text of at most {MAX_WISH} characters.")
    return texts


def _without_folders(text: str, folders: dict[str, str]) -> str:
    """A message without paths of the server."""
    for name, folder in folders.items():
        text = text.replace(folder, name)
    return text
