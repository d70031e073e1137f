"""Read the body of a request with limits on its bytes and its pace, and find the picture and the options in it."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from starlette.requests import Request

from pochade.extraction.preference import MAX_COLORS
from pochade.web.clients import Full, Tally, network
from pochade.web.content import Content
from pochade.web.forms import Form, Part
from pochade.web.json_body import MAX_JSON_BYTES, LongText, parsed_json
from pochade.web.options import option_texts
from pochade.web.problems import Problem
from pochade.web.settings import MIB, Settings
from pochade.web.work.data_url import bytes_of_data_url

MAX_OPTION_BYTES = MAX_JSON_BYTES
"""Bytes of all options in a body together."""

MAX_OPTIONS = 256
"""Options of a request: more than there are."""

MAX_DATA_URL_BYTES = 8 << 20
"""Bytes of a picture in a data URL. Send larger ones raw."""

MAX_MASK_BYTES = 16 << 20
"""Bytes of a mask. As a PNG, one of 50 megapixels has a tenth of them."""

FORM_OVERHEAD = 16 << 10
"""Bytes of a multipart body besides the file."""

PACE_SECONDS = 5.0
"""Seconds over which the rate of arrival is measured. A network that changes its mast is silent for 2 or 3."""


class Counting(Protocol):
    """Counts the bytes of bodies as they arrive."""

    def add(self, request: Request, count: int) -> None:
        """Count bytes for a request; Problem if a limit is exceeded."""


class Bodies:
    """The bytes of the bodies of all requests under way: arriving, waiting for a worker, or in work.

    most, most_each : the limits in all and for one client.
    """

    def __init__(self, most: int, most_each: int | None = None) -> None:
        self._tally = Tally(most, most_each)

    @property
    def bytes(self) -> int:
        """The bytes at the moment."""
        return self._tally.held

    def add(self, request: Request, count: int) -> None:
        """Count bytes for a request; Problem if a limit is exceeded."""
        client = client_of(request)
        try:
            self._tally.take(client, count)
        except Full as full:
            whose = "from this client " if full.own else ""
            said = f"Too many bytes of pictures are arriving or waiting {whose}at once: try again."
            raise Problem("busy", said, headers={"Retry-After": "2"}) from None
        held = request.scope.setdefault("pochade.body", [client, 0])
        held[1] += count

    def release(self, scope: Any) -> None:
        """Give back all bytes of a request, after its answer."""
        client, count = scope.pop("pochade.body", (None, 0))
        self._tally.give(client, count)


class Release:
    """Middleware that gives back the bytes of the body of each request, after its answer."""

    def __init__(self, app: Any, bodies: Bodies) -> None:
        self._app, self._bodies = app, bodies

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on."""
        try:
            await self._app(scope, receive, send)
        finally:
            self._bodies.release(scope)


@dataclass(slots=True)
class Inputs:
    """The inputs of a request: the bytes, URL or digest of a picture; the bytes of a mask; options as texts.

    long_data : a data URL too long to decode in the event loop, as a text of JSON.
    sides : further pictures or palettes by field name, for addresses that take several.
    colors : the colors of a palette, as in JSON.
    """

    data: Content | None = None
    long_data: LongText | None = None
    url: str | None = None
    picture: str | None = None
    mask: Content | None = None
    options: dict[str, str] = field(default_factory=dict)
    sides: dict[str, "Inputs"] = field(default_factory=dict)
    colors: list[Any] | None = None

    @property
    def mask_bytes(self) -> bytes | None:
        """The bytes of the mask."""
        return None if self.mask is None else self.mask.data


def client_of(request: Request) -> str | None:
    """The client that sent a request."""
    return network(request.client.host) if request.client else None


async def pieces_of(request: Request, settings: Settings, bodies: Counting, most: int) -> AsyncIterator[bytes]:
    """The pieces of the body as they arrive.

    Raises
    ------
    Problem : the body has more than `most` bytes or is too slow, or too many bodies are arriving. The rest of it is
        not read.
    """
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise _too_large(int(length), most, settings)
    total, more, pace = 0, True, Pace(settings)
    while more:
        try:
            async with asyncio.timeout(pace.left()):
                message = await request.receive()
        except TimeoutError:
            pace.check()
            continue
        if message["type"] == "http.disconnect":
            raise Problem("bad-request", "The connection ended before the body did.")
        piece, more = message.get("body", b""), message.get("more_body", False)
        total += len(piece)
        if total > most:
            raise _too_large(None, most, settings)
        bodies.add(request, len(piece))
        pace.count(len(piece))
        if more:
            pace.check()
        yield piece


class Pace:
    """The pace of a body: seconds in all, and a least rate over each `PACE_SECONDS`."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._start = settings, time.monotonic()
        self._since, self._bytes = self._start, 0

    def left(self) -> float:
        """Seconds until the next check."""
        ends = self._start + self._settings.patience, self._since + PACE_SECONDS
        return max(0.0, min(ends) - time.monotonic())

    def count(self, count: int) -> None:
        """Count bytes that arrived."""
        self._bytes += count

    def check(self) -> None:
        """Problem if the body is too slow."""
        now = time.monotonic()
        if now - self._start >= self._settings.patience:
            raise self._slow(f"The body did not arrive within {self._settings.patience:g} s.")
        if now - self._since < PACE_SECONDS:
            return
        if self._bytes < self._settings.least_rate * (now - self._since):
            least = f"{self._settings.least_rate:,} bytes a second"
            raise self._slow(f"The body arrived too slowly: fewer than {least} over {PACE_SECONDS:g} s.")
        self._since, self._bytes = now, 0

    def _slow(self, said: str) -> Problem:
        return Problem("slow-body", said, headers={"Connection": "close"})


async def body_of(request: Request, settings: Settings, bodies: Bodies, most: int | None = None) -> bytearray:
    """The bytes of the body, by default at most those of a picture; Problem as in `pieces_of`."""
    body = bytearray()
    async for piece in pieces_of(request, settings, bodies, settings.max_bytes if most is None else most):
        body += piece
    return body


async def read_inputs(request: Request, settings: Settings, bodies: Bodies, sides: Sequence[str] = ()) -> Inputs:
    """The picture and the options in the query and body of a request.

    sides : names of further picture fields: digests, files of a form, or JSON objects.

    Raises
    ------
    Problem, PochadeError : the request is malformed or too large.
    """
    inputs = query_inputs(request)
    if request.method in ("POST", "PUT"):
        await _add_body(inputs, request, settings, bodies, sides)
        check_option_bytes(inputs.options)
    for name in sides:
        if name in inputs.options:
            inputs.sides[name] = Inputs(picture=inputs.options.pop(name))
    return inputs


async def _add_body(inputs: Inputs, request: Request, settings: Settings, bodies: Bodies, sides: Sequence[str]) -> None:
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        most = min(settings.max_bytes, MAX_DATA_URL_BYTES) * 4 // 3 + MAX_JSON_BYTES
        _from_json(inputs, parsed_json(await body_of(request, settings, bodies, most)), sides)
    elif kind == "multipart/form-data":
        form = Form(content_type, lambda part: _check_part(part, sides, settings))
        async for piece in pieces_of(request, settings, bodies, settings.max_bytes + FORM_OVERHEAD):
            form.add(piece)
        _from_form(inputs, form.finish(), sides)
    else:
        data = Content()
        async for piece in pieces_of(request, settings, bodies, settings.max_bytes):
            data.add(piece)
        inputs.data = data if len(data) else None


def query_inputs(request: Request) -> Inputs:
    """The picture and the options in the query; Problem if one is repeated."""
    if request.scope["query_string"].count(b"&") >= MAX_OPTIONS:
        raise Problem("bad-request", f"The query has more than {MAX_OPTIONS} options.")
    inputs = Inputs()
    for name, value in request.query_params.multi_items():
        if name in inputs.options:
            raise twice(name)
        inputs.options[name] = value
    inputs.url = inputs.options.pop("url", None)
    inputs.picture = inputs.options.pop("picture", None)
    return inputs


def _from_json(inputs: Inputs, fields: dict[str, Any], sides: Sequence[str] = ()) -> None:
    for name in sides:
        if isinstance(fields.get(name), dict):
            inputs.sides[name] = _side(name, fields.pop(name))
    data = fields.pop("data", None)
    if isinstance(data, LongText):
        inputs.long_data = data
    elif isinstance(data, str):
        inputs.data = Content(bytes_of_data_url(data))
    elif data is not None:
        raise Problem("bad-option", "data is not text.", option="data")
    for name, value in fields.items():
        if isinstance(value, LongText):
            raise Problem("too-large", f"{name[:50]!r} is too long: options have at most {MAX_OPTION_BYTES:,} bytes.")
    url, picture = (_string(fields, name) for name in ("url", "picture"))
    inputs.options |= option_texts(fields)
    inputs.url, inputs.picture = url or inputs.url, picture or inputs.picture


def _side(name: str, fields: dict[str, Any]) -> Inputs:
    """The picture or palette in a nested JSON object."""
    side, colors = Inputs(), fields.pop("colors", None)
    _from_json(side, fields)
    if colors is not None and not (isinstance(colors, list) and 1 <= len(colors) <= MAX_COLORS):
        raise Problem("bad-option", f"{name}.colors is not a list of 1 to {MAX_COLORS} colors.", option=name)
    if side.options:
        said = f"{name} has {', '.join(side.options)}: give picture, url, data or colors."
        raise Problem("bad-option", said, option=name)
    if colors is not None and (side.data, side.long_data, side.url, side.picture) != (None,) * 4:
        said = f"{name} has colors and a picture: give one of them."
        raise Problem("bad-option", said, option=name)
    side.colors = colors
    return side


def _string(fields: dict[str, Any], name: str) -> str | None:
    value = fields.pop(name, None)
    if value is not None and not isinstance(value, str):
        raise Problem("bad-option", f"{name} is not text.", option=name)
    return value


def _check_part(part: Part, sides: Sequence[str], settings: Settings) -> None:
    """Problem if a part of a form is not what its name says, or is too long."""
    pictures = tuple(sides) or ("file",)
    remedy = f"give the picture in the field {' or '.join(map(repr, pictures))}."
    if part.name in (*pictures, "mask"):
        most = MAX_MASK_BYTES if part.name == "mask" else settings.max_bytes
        if len(part.content) > most:
            raise Problem("too-large", f"{part.name} has more than the {most / MIB:g} MiB that it may have here.")
    elif part.is_file:
        said = f"The form has a file in the field {part.name[:50]!r}: {remedy}"
        raise Problem("bad-option", said, option=part.name[:50])
    elif len(part.content) > MAX_OPTION_BYTES:
        said = f"The field {part.name[:50]!r} is more than {MAX_OPTION_BYTES:,} bytes: {remedy}"
        raise Problem("too-large", said)


def _from_form(inputs: Inputs, parts: Sequence[Part], sides: Sequence[str]) -> None:
    """Take the fields of a form: `file`, `mask` and `sides` are pictures, all others are options."""
    names = [part.name for part in parts]
    for part in parts:
        if names.count(part.name) > 1:
            raise twice(part.name)
        if part.name in sides and part.is_file:
            inputs.sides[part.name] = Inputs(data=part.content)
        elif part.name == "mask":
            inputs.mask = part.content
        elif part.name == "file" and not sides:
            inputs.data = part.content
        else:
            text = part.content.data.decode("utf-8", "replace")
            if part.name in ("url", "picture"):
                setattr(inputs, part.name, text)
            else:
                inputs.options[part.name] = text


def check_option_bytes(options: Mapping[str, str]) -> None:
    """Problem if there are too many options, or too long ones."""
    if len(options) > MAX_OPTIONS:
        raise Problem("bad-request", f"The request has more than {MAX_OPTIONS} options.")
    if sum(len(name) + len(text) for name, text in options.items()) > MAX_OPTION_BYTES:
        raise Problem("too-large", f"The options are more than {MAX_OPTION_BYTES:,} bytes.")


def twice(name: str) -> Problem:
    said = f"{name[:50]} is given twice: give it once; separate several values with commas."
    return Problem("bad-option", said, option=name[:50])


def _too_large(length: int | None, most: int, settings: Settings) -> Problem:
    size = "More than" if length is None else f"{length / MIB:.1f} MiB are more than"
    said = f"{size} the {min(most, settings.max_bytes) / MIB:g} MiB that a body may have here."
    return Problem("too-large", said)
