"""The options of a request: read from text as the signatures of extract(), read() and registered functions say.

Nothing is listed here that is declared elsewhere. What a value may be is judged by who takes it; here it is only turned
from text into the type that is asked for.
"""

import inspect
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pochade.cluster import methods
from pochade.errors import OptionError, UnknownNameError
from pochade.export import exporters
from pochade.extraction.extract import READING, check_wishes, extract
from pochade.option import Option, Within, options_of
from pochade.palette import Palette
from pochade.registry import Entry
from pochade.source import read
from pochade.web.settings import Settings

ABSURD = 1e9
"""No option of a method or format means anything beyond it. (It is not allowed where it is not a number, either.)"""

QUICK = 1000
"""Options of so many characters are checked at once; longer ones, lists of thousands of colors, by a worker: that may
take seconds."""

_LIMITED = {"max_pixels": "max_pixels", "max_bytes": "max_bytes", "timeout": "fetch_seconds"}
"""What the server bounds, and under which name of its settings."""

BOUNDS = "minimum", "exclusiveMinimum", "maximum"
"""What a number must reach, exceed, and not exceed, as JSON Schema and OpenAPI call it."""

_SERVERS = frozenset({"source", "options", "public_only", "mask"})
"""Parameters that no option of a request fills in; the mask comes as a picture does."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a request asks for.

    extract : what extract() takes. arrange : sort, reverse, names, unique_names. format : the export format, or None.
    export : the options of the format. texts : all as they were given, for a digest.
    """

    extract: Mapping[str, Any]
    arrange: Mapping[str, Any]
    format: str | None
    export: Mapping[str, Any]
    texts: Mapping[str, str]


@lru_cache
def declared(function: Callable[..., Any]) -> dict[str, Option]:
    """The options of a function that a request may fill in, by name."""
    return {name: option for name, option in options_of(function).items() if name not in _SERVERS}


@lru_cache
def described(function: Callable[..., Any]) -> dict[str, str]:
    """What the docstring says of each parameter: the lines `name, name : text` of its section Parameters."""
    section = re.search(r"Parameters\n-+\n(.*?)(\n\n\S|\Z)", inspect.getdoc(function) or "", re.DOTALL)
    said: dict[str, str] = {}
    for entry in re.split(r"\n(?=\w)", section[1] if section else ""):
        names, _, text = entry.partition(" : ")
        for name in names.split(", "):
            said[name] = " ".join(text.split())
    return said


def arranging() -> dict[str, Option]:
    """sort, reverse, names, unique_names: as Palette.sort and Palette.named declare them."""
    order, vocabulary = declared(Palette.sort), declared(Palette.named)
    return {
        "sort": Option("sort", str | None, None),
        "reverse": order["reverse"],
        "names": Option("names", str | None, None),
        "unique_names": Option("unique_names", bool, vocabulary["unique"].default),
    }


def palette_options() -> dict[str, tuple[Option, str]]:
    """Every option that a palette may be asked with, whatever the method, and what it means."""
    found = {}
    for function in (extract, read):
        for name, option in declared(function).items():
            found[name] = option, described(function).get(name, "")
    for name, option in arranging().items():
        found[name] = option, _ARRANGING[name]
    return found


_ARRANGING = {
    "sort": "The order of the colors, a registered name; without it, most telling first.",
    "reverse": "The order the other way round.",
    "names": "The vocabulary that names the colors, a registered name.",
    "unique_names": "No name twice.",
}


def wishes_of(given: Mapping[str, str], settings: Settings, *, format: str | None = None) -> Wishes:
    """What the options of a request ask for, checked as far as that can be without the picture.

    given : texts by name; `format` among them, or as the parameter.

    Raises
    ------
    OptionError, UnknownNameError : an option does not exist or has a value that is not allowed.
    """
    texts = dict(given)
    format = texts.pop("format", None) or format
    common = declared(extract) | declared(read)
    arrange = {name: option.parse(texts[name]) for name, option in arranging().items() if name in texts}
    wanted = {name: option.parse(texts[name]) for name, option in common.items() if name in texts}
    rest = {name: text for name, text in texts.items() if name not in arrange and name not in wanted}
    method = methods.entry(wanted.get("method", common["method"].default))
    exporter = exporters.entry(format) if format is not None else None
    export = {}
    for name, text in rest.items():
        if name in method.options:
            wanted[name] = bounded(name, method.options[name].parse(text))
        elif exporter is not None and name in exporter.options:
            export[name] = bounded(name, exporter.options[name].parse(text))
        else:  # nothing else passes: extract() takes more, such as paths, than strangers may give
            raise UnknownNameError(f"option of {method.name}:", name, [*method.options, *common, *arranging()])
    check_limits(wanted, settings)
    if sum(map(len, texts.values())) <= QUICK:
        check_wishes(wanted)
    _check_arrange(arrange)
    if exporter is not None:
        exporter.check(export)
    return Wishes(wanted, arrange, format, export, {**given, "format": format or ""})


def bounded(name: str, value: Any) -> Any:
    """The value; OptionError where it is a number beyond all sense, which methods need not be proof against."""
    if isinstance(value, int | float) and not abs(value) <= ABSURD:
        raise OptionError(f"{name}={value!r} is not allowed: give a number from -{ABSURD:g} to {ABSURD:g}.")
    return value


def check_limits(wanted: Mapping[str, Any], settings: Settings) -> None:
    for name, setting in _LIMITED.items():
        most = getattr(settings, setting)
        value = wanted.get(name, most)
        if not (isinstance(value, int | float) and 0 < value <= most):
            raise OptionError(f"{name}={value!r} is not allowed: give a number above 0, at most {most:g} here.")


def _check_arrange(arrange: Mapping[str, Any]) -> None:
    from pochade.color.names import vocabularies
    from pochade.sort import orders

    if "sort" in arrange:
        orders[arrange["sort"]]
    if "names" in arrange:
        vocabularies[arrange["names"]]


def reading_of(wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The options of reading among those of extract()."""
    return {name: value for name, value in wishes.items() if name in READING}


def texts_of(given: Mapping[str, Any]) -> dict[str, str]:
    """The options in a JSON body as the same texts that a query would give them as.

    Raises
    ------
    OptionError : a value is no text, number, true, false, list of them, or object of texts.
    """
    return {name: _text(name, value) for name, value in given.items() if value is not None}


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ",".join(str(item) for item in value)
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return ",".join(f"{old}:{new}" for old, new in value.items())
    raise OptionError(f"{name} is not allowed as it is given: give text, a number, true, false, or a list.")


def schema_of(option: Option) -> dict[str, Any]:
    """The JSON schema of an option's value."""
    kinds = [kind for member in option.members if (kind := _bounded(_schema(member), option.bounds))]
    schema: dict[str, Any] = kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {"type": "string"}
    if isinstance(option.default, str | int | float | bool):
        schema = {**schema, "default": option.default}
    return schema


def _bounded(schema: dict[str, Any], bounds: Within | None) -> dict[str, Any]:
    """The schema of a number with its bounds; any other as it is."""
    if bounds is None or "enum" in schema or schema.get("type") not in ("integer", "number"):
        return schema
    ends = zip(BOUNDS, (bounds.least, bounds.above, bounds.most), strict=True)
    return schema | {name: end for name, end in ends if end is not None}


def _schema(type: Any) -> dict[str, Any]:
    if typing.get_origin(type) is typing.Literal:
        choices = list(typing.get_args(type))
        kind = {bool: "boolean", int: "integer", float: "number"}.get(choices[0].__class__, "string")
        return {"type": kind, "enum": choices}
    if typing.get_origin(type) in (Sequence, list):
        return {"type": "string", "description": "Numbers, with commas between them."}
    return {
        int: {"type": "integer"},
        float: {"type": "number"},
        bool: {"type": "boolean"},
        str: {"type": "string"},
    }.get(type, {})


def listed(entry: Entry[Any, Any]) -> list[dict[str, Any]]:
    """The options of a registered function, for a program that asks: name, type, default, choices, bounds, summary."""
    said = described(entry.value)
    return [told(option, said.get(option.name, "")) for option in entry.options.values()]


def told(option: Option, summary: str) -> dict[str, Any]:
    """One option, for a program that asks."""
    schema = schema_of(option)
    choices = schema.get("enum")
    kind = schema.get("type") or "/".join(dict.fromkeys(s["type"] for s in schema.get("anyOf", ())))
    default = option.default if isinstance(option.default, str | int | float | bool) else None
    found = {"name": option.name, "type": kind, "default": default, "choices": choices, "summary": summary}
    for one in (schema, *schema.get("anyOf", ())):
        found |= {name: one[name] for name in BOUNDS if name in one}
    return found
