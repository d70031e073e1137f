"""The OpenAPI descriptions of parameters, bodies and answers, made from signatures and registries."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from pochade.cluster import methods
from pochade.color.difference import differences
from pochade.color.names import vocabularies
from pochade.color.spaces import spaces
from pochade.export import exporters
from pochade.extraction.preference.mood import MOODS
from pochade.option import Option
from pochade.quantization import dithers
from pochade.sort import orders
from pochade.source import read
from pochade.web.descriptions import BOUNDS, palette_options, schema_of, summaries_of
from pochade.web.keywords import Function, function_options
from pochade.web.options import request_options
from pochade.web.problems import KINDS, MEDIA_TYPE
from pochade.web.results import Schema, of_media_type

_BYTES = {"type": "string", "format": "binary"}
PICTURE_IN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": _BYTES},
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": _BYTES, "mask": _BYTES}, "required": ["file"]}
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "url": {"type": "string", "description": "An http or https URL."},
                        "data": {"type": "string", "description": "A data URL."},
                        "picture": {"type": "string", "description": "The digest of a picture in memory."},
                    },
                    "description": "One of these, and options by name.",
                }
            },
        },
    }
}
_SIDE = {
    "type": "object",
    "properties": {
        "picture": {"type": "string", "description": "The digest of a picture in memory."},
        "url": {"type": "string", "description": "An http or https URL."},
        "data": {"type": "string", "description": "A data URL."},
        "colors": {"type": "array", "minItems": 1, "maxItems": 256, "items": {}},
    },
    "description": "One of these; colors as in the answer of GET /palette, or hex.",
}
SIDES_IN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"a": _BYTES, "b": _BYTES}, "required": ["a", "b"]}
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"a": _SIDE, "b": _SIDE},
                    "description": "The two pictures or palettes, and options by name.",
                }
            },
        },
    }
}
FILM_IN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": _BYTES},
            "multipart/form-data": {"schema": {"type": "object", "properties": {"file": _BYTES}, "required": ["file"]}},
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"url": {"type": "string", "description": "An http or https URL."}},
                    "required": ["url"],
                    "description": "The address of a film, and options by name.",
                }
            },
        },
    }
}


def json_in(properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A request with an object in JSON as its body. more : `required` and `description` of the object."""
    schema = {"type": "object", "properties": properties, **more}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


PALETTE_IN = json_in(
    {"colors": {"type": "array", "minItems": 1, "maxItems": 256, "items": {}}},
    required=["colors"],
    description="A palette as GET /palette answers it; only `colors` is required, a list of hex.",
)
COLORS: dict[str, Any] = {
    "parameters": [
        {
            "name": "colors",
            "in": "query",
            "required": True,
            "description": "Hex, with commas between them; # may be left out.",
            "schema": {"type": "string"},
            "example": "8e1a24,f2e8d5",
        }
    ]
}
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "option": {"type": "string", "description": "The option at fault."},
    },
    "required": ["type", "title", "status", "detail"],
}


def parameter(option: Option, summary: str, names: list[str] | None = None) -> dict[str, Any]:
    """An option as a parameter of the query.

    names : the allowed names, if they are registered.
    """
    schema = schema_of(option)
    if names is not None:
        schema = {**schema, "type": "string", "enum": names}
    return {"name": option.name, "in": "query", "required": False, "description": summary, "schema": schema}


def palette_parameters(*, format: bool = False) -> list[dict[str, Any]]:
    """The options of a palette: extract()'s, read()'s, sort and names, and those of all methods."""
    about = "The format of the answer; by default from Accept, else json. It may have options of its own."
    formatted = [parameter(Option("format", str, None), about, exporters.names)] if format else []
    return [*_parameters(palette_options()), *formatted]


def function_parameters(
    function: Function,
    own: Mapping[str, str],
    formats: Sequence[str] = (),
    *,
    options: Mapping[str, Option] | None = None,
    palette: bool = True,
) -> list[dict[str, Any]]:
    """The options of a function of a picture, of extract() and read(), and of all methods.

    own : options that the route reads itself, with summaries. options : those of `own` that are not text.
    formats : the formats of the answer. palette : whether the function takes the options of extract().
    """
    mine = [parameter((options or {}).get(name) or Option(name, str, None), said) for name, said in own.items()]
    if formats:
        about = "The format of the answer; by default from Accept, else the first."
        mine.append(parameter(Option("format", str, None), about, [*formats]))
    return [*mine, *_parameters(function_options(function, (*own, "format"), palette=palette))]


def film_parameters() -> list[dict[str, Any]]:
    """The options of a film, with those of all methods."""
    from pochade.web.films.options import film_options

    return _parameters(film_options())


def _parameters(options: Mapping[str, tuple[Option, str]]) -> list[dict[str, Any]]:
    """Options as parameters, with the options of all methods."""
    known = {
        "method": methods.names,
        "space": spaces.names,
        "mood": list(MOODS),
        "sort": orders.names,
        "names": vocabularies.names,
        "difference": differences.names,
        "dither": dithers.names,
    }
    parameters = {name: parameter(option, said, known.get(name)) for name, (option, said) in options.items()}
    for entry in methods.entries:
        said = summaries_of(entry.value)
        for name, option in entry.options.items():
            summary = f"Option of {entry.name}. {said.get(name, '')}".strip()
            _add(parameters, parameter(option, summary))
    return list(parameters.values())


def _add(parameters: dict[str, dict[str, Any]], other: dict[str, Any]) -> None:
    """Add a parameter. If the name exists, the entry keeps only the bounds that both share."""
    first = parameters.setdefault(other["name"], other)
    if first is other:
        return
    first["description"] += f" {other['description']}"
    for name in BOUNDS:
        if first["schema"].get(name) != other["schema"].get(name):
            first["schema"].pop(name, None)


def reading_parameters() -> list[dict[str, Any]]:
    """The options of read()."""
    said = summaries_of(read)
    return [parameter(option, said.get(name, "")) for name, option in request_options(read).items()]


def picture_parameters() -> list[dict[str, Any]]:
    """The parameters that locate the picture: url and picture."""
    return [
        parameter(Option("url", str, None), "An http or https URL of the picture."),
        parameter(Option("picture", str, None), "The digest of a picture in memory."),
    ]


def format_parameters() -> list[dict[str, Any]]:
    """The format, and the options of all formats."""
    parameters: dict[str, dict[str, Any]] = {}
    for entry in exporters.entries:
        said = summaries_of(entry.value)
        for name, option in entry.options.items():
            _add(parameters, parameter(option, f"Option of {entry.name}. {said.get(name, '')}".strip()))
    path = {"name": "format", "in": "path", "required": True, "schema": {"type": "string", "enum": exporters.names}}
    return [path, *parameters.values()]


def export_media_types() -> list[str]:
    """The media types of the export formats, each once."""
    return sorted({str(entry.about.media_type) for entry in exporters.entries})


def answers(
    *media_types: str,
    has_body: bool = False,
    by_digest: bool = False,
    colors: bool = False,
    no_input: bool = False,
    status: int = 200,
    json: Schema | None = None,
    also: tuple[int, ...] = (),
) -> dict[str, Any]:
    """The keywords of a route that describe its answers, including problems.

    has_body : the request has a body. by_digest : it names only a digest. colors : only colors. no_input : nothing.
    json : the schema of an answer in JSON, which is the only kind of answer if no media types are given.
    also : statuses of further problems.
    """
    success: dict[str, Any] = {"description": "The requested result."}
    if json is not None:
        media_types = media_types or ("application/json",)
    if media_types:
        success["content"] = {kind: {"schema": of_media_type(kind, json)} for kind in media_types}
    responses: dict[int | str, Any] = {status: success}
    statuses = {400, 404, 413, 415, 422, 429, 503} | ({408} if has_body else {304})
    if by_digest or colors:
        statuses = {400, 404, 413, 415, 422, 429, 503, 304} if by_digest else {400, 413, 429, 503}
    for code in () if no_input else sorted({*statuses, *also}):
        titles = ", ".join(kind.title for kind in KINDS.values() if kind.status == code)
        problem = {"content": {MEDIA_TYPE: {"schema": _PROBLEM}}} if code != 304 else {}
        responses[code] = {"description": titles or "Not modified", **problem}
    return {"responses": responses, "response_class": Response, "response_model": None}
