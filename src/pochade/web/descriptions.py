"""Descriptions of options for programs: JSON schemas and lists, from signatures, docstrings and registries."""

import inspect
import re
import typing
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from pochade.extraction.extract import extract
from pochade.option import Option, Within
from pochade.registry import Entry
from pochade.source import read
from pochade.web.options import arrangement_options, request_options

BOUNDS = "minimum", "exclusiveMinimum", "maximum"
"""The JSON Schema keywords for the bounds of a number: least, above, most."""


@lru_cache
def summaries_of(function: Callable[..., Any]) -> dict[str, str]:
    """The summary of each parameter, from the lines `name, name : text` in section Parameters of the docstring."""
    section = re.search(r"Parameters\n-+\n(.*?)(\n\n\S|\Z)", inspect.getdoc(function) or "", re.DOTALL)
    said: dict[str, str] = {}
    for entry in re.split(r"\n(?=\w)", section[1] if section else ""):
        names, _, text = entry.partition(" : ")
        for name in names.split(", "):
            said[name] = " ".join(text.split())
    return said


def palette_options() -> dict[str, tuple[Option, str]]:
    """Every option of a palette except those of methods, with its summary."""
    result = {}
    for function in (extract, read):
        for name, option in request_options(function).items():
            result[name] = option, summaries_of(function).get(name, "")
    for name, option in arrangement_options().items():
        result[name] = option, _ARRANGING[name]
    return result


_ARRANGING = {
    "sort": "The order of the colors, a registered name; by default the largest share first.",
    "reverse": "Reverse the order.",
    "names": "The vocabulary that names the colors, a registered name.",
    "unique_names": "Use each name only once.",
}


def schema_of(option: Option) -> dict[str, Any]:
    """The JSON schema of an option's value."""
    kinds = [kind for member in option.members if (kind := _bounded(_schema(member), option.bounds))]
    schema: dict[str, Any] = kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {"type": "string"}
    if isinstance(option.default, str | int | float | bool):
        schema = {**schema, "default": option.default}
    return schema


def _bounded(schema: dict[str, Any], bounds: Within | None) -> dict[str, Any]:
    """Add bounds to the schema of a number; return other schemas unchanged."""
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


def describe_entry(entry: Entry[Any, Any]) -> list[dict[str, Any]]:
    """The options of a registered function as JSON: name, type, default, choices, bounds, summary."""
    said = summaries_of(entry.value)
    return [describe_option(option, said.get(option.name, "")) for option in entry.options.values()]


def describe_option(option: Option, summary: str) -> dict[str, Any]:
    """One option as JSON."""
    schema = schema_of(option)
    choices = schema.get("enum")
    kind = schema.get("type") or "/".join(dict.fromkeys(s["type"] for s in schema.get("anyOf", ())))
    default = option.default if isinstance(option.default, str | int | float | bool) else None
    result = {"name": option.name, "type": kind, "default": default, "choices": choices, "summary": summary}
    for one in (schema, *schema.get("anyOf", ())):
        result |= {name: one[name] for name in BOUNDS if name in one}
    return result
