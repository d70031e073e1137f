"""Read the body of a request with a limit on its bytes, and find the picture and the options in it."""

import asyncio
import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.requests import ClientDisconnect, Request

from pochade.extraction.preference import MAX_COLORS
from pochade.web.options import option_texts
from pochade.web.problems import Problem
from pochade.web.settings import MIB, Settings

MAX_OPTION_BYTES = 64 << 10
"""Bytes of options in a body, the same as in the first line of a request."""

MAX_DATA_URL_BYTES = 8 << 20
"""Bytes of a picture in a data URL: decoding it blocks other requests for some 50 ms. Send larger ones raw."""

FORM_OVERHEAD = 16 << 10
"""Bytes of a multipart body besides the file."""


class ArrivingBytes:
    """Count the bytes of all bodies that are arriving."""

    def __init__(self, most: int) -> None:
        self._most, self.bytes = most, 0

    def add(self, count: int) -> None:
        """Count more bytes; Problem if the total exceeds the limit."""
        self.bytes += count
        if self.bytes > self._most:
            raise Problem("busy", "Too many pictures are arriving at once: try again.", headers={"Retry-After": "2"})


@dataclass(slots=True)
class Inputs:
    """The inputs of a request: the bytes, URL or digest of a picture; the bytes of a mask; options as texts.

    sides : further pictures or palettes by field name, for addresses that take several.
    colors : the colors of a palette, as in JSON.
    """

    data: bytes | None = None
    url: str | None = None
    picture: str | None = None
    mask: bytes | None = None
    options: dict[str, str] = field(default_factory=dict)
    sides: dict[str, "Inputs"] = field(default_factory=dict)
    colors: list[Any] | None = None


async def body_of(request: Request, settings: Settings, arriving: ArrivingBytes, most: int | None = None) -> bytes:
    """The bytes of the body.

    Raises
    ------
    Problem : the body has more than `most` bytes (by default the limit of a picture), or is too
        slow. The rest of a long body is not read.
    """
    most = settings.max_bytes + FORM_OVERHEAD if most is None else most
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise _too_large(int(length), most, settings)
    body = bytearray()
    try:
        async with asyncio.timeout(settings.patience):
            async for chunk in request.stream():
                arriving.add(len(chunk))
                body += chunk
                if len(body) > most:
                    raise _too_large(None, most, settings)
    except TimeoutError:
        said = f"The body did not arrive within {settings.patience:g} s."
        raise Problem("slow-body", said, headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise Problem("bad-request", "The connection ended before the body did.") from None
    finally:
        arriving.bytes -= len(body)
    return bytes(body)


async def read_inputs(
    request: Request, settings: Settings, arriving: ArrivingBytes, sides: Sequence[str] = ()
) -> Inputs:
    """The picture and the options in the query and body of a request.

    sides : names of further picture fields: digests, files of a form, or JSON objects.

    Raises
    ------
    Problem, PochadeError : the request is malformed or too large.
    """
    inputs = query_inputs(request)
    if request.method in ("POST", "PUT"):
        await _add_body(inputs, request, settings, arriving, sides)
    for name in sides:
        if name in inputs.options:
            inputs.sides[name] = Inputs(picture=inputs.options.pop(name))
    return inputs


async def _add_body(
    inputs: Inputs, request: Request, settings: Settings, arriving: ArrivingBytes, sides: Sequence[str]
) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        most = min(settings.max_bytes, MAX_DATA_URL_BYTES) * 4 // 3 + MAX_OPTION_BYTES
        body = await body_of(request, settings, arriving, most)
        _from_json(inputs, parsed_json(body), sides)
    elif kind == "multipart/form-data":
        _from_form(inputs, request.headers["content-type"], await body_of(request, settings, arriving), sides)
    else:
        inputs.data = await body_of(request, settings, arriving) or None
    for data in (inputs.data, *(side.data for side in inputs.sides.values())):
        if data is not None and len(data) > settings.max_bytes:
            raise _too_large(len(data), settings.max_bytes, settings)


def query_inputs(request: Request) -> Inputs:
    """The picture and the options in the query; Problem if one is repeated."""
    inputs = Inputs()
    for name, value in request.query_params.multi_items():
        if name in inputs.options:
            said = f"{name} is given twice: give it once; separate several values with commas."
            raise Problem("bad-option", said, option=name)
        inputs.options[name] = value
    inputs.url = inputs.options.pop("url", None)
    inputs.picture = inputs.options.pop("picture", None)
    return inputs


def parsed_json(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; Problem if the body is something else."""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem("bad-request", "The body is not JSON.") from None
    if not isinstance(parsed, dict):
        raise Problem("bad-request", "The JSON is not an object: give fields by name.")
    return parsed


def _from_json(inputs: Inputs, fields: dict[str, Any], sides: Sequence[str] = ()) -> None:
    for name in sides:
        if isinstance(fields.get(name), dict):
            inputs.sides[name] = _side(name, fields.pop(name))
    data, url, picture = (_string(fields, name) for name in ("data", "url", "picture"))
    inputs.options |= option_texts(fields)
    inputs.url, inputs.picture = url or inputs.url, picture or inputs.picture
    if sum(len(name) + len(text) for name, text in inputs.options.items()) > MAX_OPTION_BYTES:
        raise Problem("too-large", f"The options are more than {MAX_OPTION_BYTES:,} bytes.")
    if data is not None:
        inputs.data = _from_data_url(data)


def _side(name: str, fields: dict[str, Any]) -> Inputs:
    """The picture or palette in a nested JSON object."""
    side, colors = Inputs(), fields.pop("colors", None)
    _from_json(side, fields)
    if colors is not None and not (isinstance(colors, list) and 1 <= len(colors) <= MAX_COLORS):
        raise Problem("bad-option", f"{name}.colors is not a list of 1 to {MAX_COLORS} colors.", option=name)
    if side.options:
        said = f"{name} has {', '.join(side.options)}: give picture, url, data or colors."
        raise Problem("bad-option", said, option=name)
    if colors is not None and (side.data, side.url, side.picture) != (None,) * 3:
        said = f"{name} has colors and a picture: give one of them."
        raise Problem("bad-option", said, option=name)
    side.colors = colors
    return side


def _string(fields: dict[str, Any], name: str) -> str | None:
    value = fields.pop(name, None)
    if value is not None and not isinstance(value, str):
        raise Problem("bad-option", f"{name} is not text.", option=name)
    return value


def _from_data_url(text: str) -> bytes:
    """The bytes in a data URL (RFC 2397), or in plain base64."""
    head, comma, content = text.partition(",") if text[:5].lower() == "data:" else ("data:;base64", ",", text)
    try:
        if not comma:
            raise ValueError
        if head.lower().endswith(";base64"):
            try:
                return binascii.a2b_base64(content, strict_mode=True)
            except binascii.Error:  # it may contain line breaks
                return base64.b64decode("".join(content.split()), validate=True)
        return unquote_to_bytes(content)
    except (binascii.Error, ValueError):
        said = "data is not a data URL: give data:image/png;base64,... with the picture's bytes in base64."
        raise Problem("bad-option", said, option="data") from None


def _from_form(inputs: Inputs, content_type: str, body: bytes, sides: Sequence[str]) -> None:
    """Read the fields of a form: `file`, `mask` and `sides` are pictures, all others are options."""
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import MultipartParser, parse_options_header

    boundary = parse_options_header(content_type)[1].get(b"boundary", b"")
    parts: list[tuple[dict[bytes, bytes], bytearray]] = []
    name, value = bytearray(), bytearray()

    def header_ends() -> None:
        parts[-1][0][bytes(name).lower()] = bytes(value)
        name.clear()
        value.clear()

    parser = None
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": lambda: parts.append(({}, bytearray())),
                "on_part_data": lambda data, start, end: parts[-1][1].extend(memoryview(data)[start:end]),
                "on_header_field": lambda data, start, end: name.extend(data[start:end]),
                "on_header_value": lambda data, start, end: value.extend(data[start:end]),
                "on_header_end": header_ends,
            },
        )
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError):
        raise Problem("bad-request", "The multipart body is broken.") from None
    for headers, content in parts:
        name_of, is_file = _field(headers, parse_options_header)
        if name_of in sides and is_file:
            inputs.sides[name_of] = Inputs(data=bytes(content))
        else:
            _take(inputs, name_of, bytes(content))


def _field(headers: Mapping[bytes, bytes], parse: Any) -> tuple[str, bool]:
    """A field's name, and whether it is a file."""
    disposition = parse(headers.get(b"content-disposition", b""))[1]
    return str(disposition.get(b"name", b"").decode("utf-8", "replace")), b"filename" in disposition


def _take(inputs: Inputs, name: str, content: bytes) -> None:
    if name == "file":
        inputs.data = content
    elif name == "mask":
        inputs.mask = content
    elif len(content) > MAX_OPTION_BYTES:
        raise Problem("too-large", f"The field {name[:50]!r} is more than {MAX_OPTION_BYTES:,} bytes.")
    else:
        text = content.decode("utf-8", "replace")
        if name in ("url", "picture"):
            setattr(inputs, name, text)
        elif name:
            inputs.options[name] = text


def _too_large(length: int | None, most: int, settings: Settings) -> Problem:
    size = "More than" if length is None else f"{length / MIB:.1f} MiB are more than"
    said = f"{size} the {min(most, settings.max_bytes) / MIB:g} MiB that a body may have here."
    return Problem("too-large", said)
