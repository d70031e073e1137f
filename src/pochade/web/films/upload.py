"""The body of a request with a film, written to a file without a name as it arrives."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.requests import Request

from pochade.web.body import (
    FORM_OVERHEAD,
    MAX_OPTION_BYTES,
    Bodies,
    body_of,
    check_option_bytes,
    pieces_of,
    query_inputs,
    twice,
)
from pochade.web.clients import Full, Tally
from pochade.web.forms import Form, Part
from pochade.web.json_body import MAX_JSON_BYTES, LongText, parsed_json
from pochade.web.options import option_texts
from pochade.web.problems import Problem
from pochade.web.settings import MIB, Settings

MAX_NAME = 200
"""Characters of the name of a film."""

PIECE = MIB
"""Bytes that are written and sent at once."""


class Spool:
    """The bytes of a film in a file that has no name, so nothing of it stays even if the server is killed.

    disk : the bytes of all films. client : whose film it is.
    """

    def __init__(self, disk: Tally, client: str | None) -> None:
        self._disk, self._client = disk, client
        self._file = tempfile.TemporaryFile(prefix="pochade-film-")  # noqa: SIM115
        self._waiting = bytearray()
        self._bytes = self._held = 0

    def __len__(self) -> int:
        return self._bytes

    def hold(self, count: int) -> None:
        """Count bytes that arrive; Problem if a limit is exceeded."""
        try:
            self._disk.take(self._client, count)
        except Full as full:
            whose = "from this client " if full.own else ""
            said = f"Too many bytes of films {whose}are arriving or waiting: try again when one is done."
            raise Problem("busy", said, headers={"Retry-After": "30"}) from None
        self._held += count

    def add(self, piece: bytes | memoryview) -> None:
        """Append a piece; `flush` writes it."""
        self._waiting += piece
        self._bytes += len(piece)

    async def flush(self, least: int = PIECE) -> None:
        """Write the pieces that wait, if they have at least so many bytes; Problem if the disk is full."""
        if len(self._waiting) < least:
            return
        waiting, self._waiting = self._waiting, bytearray()
        try:
            await asyncio.to_thread(self._file.write, waiting)
            if least == 0:
                await asyncio.to_thread(self._file.flush)
        except OSError:
            said = "The server has no room on its disk for this film: try again later."
            raise Problem("busy", said, headers={"Retry-After": "60"}) from None

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the start."""
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece

    def close(self) -> None:
        """Free the disk."""
        self._file.close()
        self._disk.give(self._client, self._held)
        self._held = 0


class _Charge:
    """Counts the bytes of a body for its film."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def add(self, request: Request, count: int) -> None:
        """Count bytes for a request; Problem if a limit is exceeded."""
        self._spool.hold(count)


@dataclass(slots=True)
class Upload:
    """What a request sends: the URL of a film or nothing, the name of its file, and options as texts."""

    url: str | None = None
    name: str = ""
    options: dict[str, str] = field(default_factory=dict)


async def read_upload(request: Request, settings: Settings, bodies: Bodies, spool: Spool) -> Upload:
    """Read the body of a request; the film goes to the spool.

    Raises
    ------
    Problem, PochadeError : the request is malformed or too large, or has no film.
    """
    inputs = query_inputs(request)
    upload = Upload(inputs.url, "", inputs.options)
    limits = replace(settings, max_bytes=settings.film_bytes, body_bytes=0, patience=settings.film_seconds)
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        _from_json(upload, parsed_json(await body_of(request, settings, bodies, MAX_JSON_BYTES)))
    elif kind == "multipart/form-data":
        form = Form(content_type, lambda part: _check_part(part, limits, spool))
        async for piece in pieces_of(request, limits, _Charge(spool), limits.max_bytes + FORM_OVERHEAD):
            form.add(piece)
            await spool.flush()
        _from_form(upload, form.finish())
    else:
        async for piece in pieces_of(request, limits, _Charge(spool), limits.max_bytes):
            spool.add(piece)
            await spool.flush()
    await spool.flush(0)
    check_option_bytes(upload.options)
    if inputs.picture is not None or (upload.url is None) == (len(spool) == 0):
        said = "bytes and url are given: give one." if len(spool) else "Give the bytes of a film, or url=."
        raise Problem("no-picture", said)
    return upload


def _from_json(upload: Upload, fields: dict[str, Any]) -> None:
    for name in ("data", "picture"):
        if name in fields:
            raise Problem("bad-option", f"{name}: give a film as the body, in a form, or as url.", option=name)
    for name, value in fields.items():
        if isinstance(value, LongText):
            raise Problem("too-large", f"{name[:50]!r} is too long: options have at most {MAX_OPTION_BYTES:,} bytes.")
    url = fields.pop("url", None)
    if url is not None and not isinstance(url, str):
        raise Problem("bad-option", "url is not text.", option="url")
    upload.url = url or upload.url
    for name, text in option_texts(fields).items():
        if name in upload.options:
            raise twice(name)
        upload.options[name] = text


def _check_part(part: Part, limits: Settings, spool: Spool) -> None:
    """Direct the film to the spool; Problem if a part of a form is not what its name says, or is too long."""
    if part.name == "file":
        part.content = spool  # type: ignore[assignment]  # it takes pieces and has a length, too
        if len(spool) > limits.max_bytes:
            said = f"file has more than the {limits.max_bytes / MIB:g} MiB that a film may have here."
            raise Problem("too-large", said)
    elif part.is_file:
        said = f"The form has a file in the field {part.name[:50]!r}: give the film in the field 'file'."
        raise Problem("bad-option", said, option=part.name[:50])
    elif len(part.content) > MAX_OPTION_BYTES:
        raise Problem("too-large", f"The field {part.name[:50]!r} is more than {MAX_OPTION_BYTES:,} bytes.")


def _from_form(upload: Upload, parts: list[Part]) -> None:
    names = [part.name for part in parts]
    for part in parts:
        if names.count(part.name) > 1 or part.name in upload.options:
            raise twice(part.name)
        if part.name == "file":
            name = part.filename.replace("\\", "/").rsplit("/", 1)[-1]
            upload.name = "".join(filter(str.isprintable, name))[-MAX_NAME:]  # its end has the suffix
        elif part.name == "url":
            upload.url = part.content.data.decode("utf-8", "replace")
        else:
            upload.options[part.name] = part.content.data.decode("utf-8", "replace")
