"""The service behind all routes: find the picture of a request, run work on it, and answer with headers."""

import asyncio
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

import pochade
from pochade.export import exporters
from pochade.source.url import Halt, fetch
from pochade.source.url.allowed import allowed_source
from pochade.web.answer import Answer
from pochade.web.body import FORM_OVERHEAD, Bodies, Inputs, client_of, query_inputs, read_inputs
from pochade.web.clients import Full, Tally, share_of
from pochade.web.drain import Drain
from pochade.web.films.jobs import Jobs
from pochade.web.logs import LOGGER
from pochade.web.metrics import Metrics
from pochade.web.negotiation import preferred_format
from pochade.web.options import PaletteRequest, palette_request
from pochade.web.pool import Disconnected, NotHeld, Pool, QueueFull
from pochade.web.problems import DEFECT, Problem
from pochade.web.process import TaskTimeout, Work, WorkerDied
from pochade.web.rates import Rates
from pochade.web.settings import Settings
from pochade.web.store import Store
from pochade.web.threads import T, in_thread
from pochade.web.work.data_url import decode_data_url

DIGEST = re.compile(r"[0-9a-f]{64}")
CACHING_BY_DIGEST = "private, max-age=600"
"""The digest and the options determine the answer for a given version of pochade."""

CACHING_BY_URL = "private, no-cache"
CACHING_EMBEDDED = "public, max-age=3600"
"""Drawings of a picture at a public URL: the proxies of chats and code hosts keep them for an hour."""

LOOK_SECONDS = 0.5
"""Seconds between looks whether the client of a fetch is still connected."""


@dataclass(slots=True)
class RequestPicture:
    """The picture of a request: its digest, bytes, name (a URL, or None) and the inputs of the request.

    data : None for a picture in memory; the worker gets it when the task starts.
    others : further pictures for the work, by digest.
    """

    digest: str
    data: bytes | None
    name: str | None
    inputs: Inputs
    others: dict[str, bytes | None] = field(default_factory=dict)


class Service:
    """The pool, pictures, limits and metrics of one server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.store = Store(settings.hold_bytes, settings.hold_seconds)
        self.pool = Pool(settings, self._count_task, self.store.get)
        self.rates = Rates(settings.rate, settings.upload_rate)
        least = settings.max_bytes + FORM_OVERHEAD
        most, most_each = settings.body_bytes, share_of(settings.body_bytes, settings.share)
        self.bodies = Bodies(max(most, least), max(most_each, least))
        self.drain = Drain()
        self.films = Jobs(settings, self.metrics.films) if settings.films else None
        self.metrics.watch(self.pool, self.store)
        self._sources = tuple(map(allowed_source, settings.allow_sources))
        self._fetches = Tally(settings.fetches, share_of(settings.fetches, settings.share))

    def kill(self) -> None:
        """Kill all processes, and wait for nothing; also called by a handler of signals."""
        self.pool.kill()
        if self.films is not None:
            self.films.kill()

    async def close(self) -> None:
        """Kill all processes, and wait for their threads."""
        if self.films is not None:
            await self.films.close()
        await self.pool.close()

    async def answer_palette(
        self, request: Request, work: Work, *, own: tuple[str, ...] = (), format: bool = False, **more: Any
    ) -> Response:
        """Answer a request for a palette with `work(cache, digest, keywords, arrange, **more)`.

        own : names of options that the route reads itself. format : whether the request may choose a format.
        """

        def arguments_of(picture: RequestPicture) -> dict[str, Any]:
            parsed_options = self.palette_request(request, picture.inputs, own=own, format=format)
            mask = picture.inputs.mask_bytes
            if mask is not None:
                parsed_options = _masked(parsed_options, mask)
            written = (
                {"format": parsed_options.format, "options": parsed_options.export, "name": picture.name}
                if format
                else {}
            )
            return {"keywords": parsed_options.extract, "arrange": parsed_options.arrange, **written, **more}

        return await self.answer_picture(request, work, arguments_of)

    async def answer_picture(
        self, request: Request, work: Work, arguments_of: Callable[[RequestPicture], dict[str, Any]]
    ) -> Response:
        """Answer a request for a picture with `work(cache, digest, **arguments_of(picture))`."""
        digest = query_inputs(request).picture
        if digest is not None and (cached := self.unchanged(request, digest)):
            return cached
        picture = await self.picture(request)
        request.state.option_names = list(picture.inputs.options)
        arguments = arguments_of(picture)
        done = await self.run(request, work, picture.digest, arguments, picture.data, picture.others)
        return self.answer(request, done, picture)

    def palette_request(
        self, request: Request, inputs: Inputs, *, own: tuple[str, ...] = (), format: bool = False
    ) -> PaletteRequest:
        """Parse the options of a palette; PochadeError if one is not allowed."""
        options = {name: text for name, text in inputs.options.items() if name not in own}
        request.state.option_names = list(inputs.options)
        if not format and "format" in options:
            raise Problem("bad-option", "format: this address has only one format.", option="format")
        kinds = {entry.name: str(entry.about.media_type) for entry in exporters.entries} if format else {}
        chosen = preferred_format(request.headers.get("accept", ""), kinds, "json") if format else None
        return palette_request(options, self.settings, format=chosen)

    async def picture(self, request: Request) -> RequestPicture:
        """The picture that a request sends or names.

        Raises
        ------
        Problem, PochadeError : the picture is missing or cannot be fetched.
        """
        return await self.resolve(request, await self.inputs(request))

    async def inputs(self, request: Request, sides: Sequence[str] = ()) -> Inputs:
        """Read the inputs of a request after checking its rate limits and the queue."""
        await self.rates.spend("any", client(request))
        if request.method == "POST" or query_inputs(request).url is not None:
            self._turn_away_if_full(request)
            await self.rates.spend("upload", client(request))
        inputs = await read_inputs(request, self.settings, self.bodies, sides)
        if any(one.url is not None for one in (inputs, *inputs.sides.values())):
            self.check_signed(request)
        return inputs

    def check_signed(self, request: Request) -> None:
        """Problem if the server has keys and the request, which names a URL, is not signed.

        The body of a POST request is not signed, so it may not name a URL.
        """
        if not self.settings.url_keys:
            return
        if request.method not in ("GET", "HEAD") or not getattr(request.state, "signed", False):
            said = "This server fetches from a URL only for a GET request that is signed: add signature= at its end."
            raise Problem("not-signed", said)

    async def resolve(self, request: Request, inputs: Inputs, option: str = "picture") -> RequestPicture:
        """The picture of the inputs: sent, fetched or stored. option : the name of the option with its digest."""
        data = inputs.long_data if inputs.data is None else inputs.data
        given = {"data": data, "url": inputs.url, "picture": inputs.picture}
        sources = [name for name, value in given.items() if value is not None]
        if len(sources) != 1:
            said = f"{' and '.join(sources)} are given: give one." if sources else "Give bytes, url= or picture=."
            raise Problem("no-picture", said)
        if inputs.picture is not None:
            return self.stored(inputs.picture, inputs, option)
        if inputs.data is not None:
            return self._put(inputs.data.data, inputs.data.digest, inputs)
        if inputs.url is not None:
            return self._put(*await self.fetched(request, inputs.url), inputs)
        return self._put(*await self._decoded(request, inputs), inputs)

    def _put(self, data: bytes, digest: str, inputs: Inputs) -> RequestPicture:
        return RequestPicture(self.store.put(data, digest), data, inputs.url, inputs)

    def stored(self, digest: str, inputs: Inputs, option: str = "picture") -> RequestPicture:
        """A picture in memory; Problem if it is not there."""
        if not DIGEST.fullmatch(digest):
            raise Problem("bad-option", f"{option} is not a SHA-256 digest of 64 hexadecimal digits.", option=option)
        if self.store.get(digest) is None:
            raise not_held()
        return RequestPicture(digest, None, None, inputs)

    async def run(
        self,
        request: Request | None,
        work: Work,
        digest: str | None,
        arguments: dict[str, Any],
        data: bytes | None = None,
        others: Mapping[str, bytes | None] | None = None,
    ) -> Answer:
        """The answer of a worker.

        Raises
        ------
        Problem : the queue is full, or the work takes too much time or memory. PochadeError : an error of the library.
        """
        try:
            gone = None if request is None else request.is_disconnected
            whose = None if request is None else client_of(request)
            done = await self.pool.run(work, digest, arguments, data, gone, others, whose)
        except QueueFull:
            raise self._busy() from None
        except NotHeld:
            raise not_held() from None
        except Disconnected:
            raise Problem("bad-request", "The connection ended.") from None
        except TaskTimeout:
            said = f"The work takes longer than the {self.settings.seconds:g} s that this server allows for a request."
            raise Problem("too-much-work", said) from None
        except WorkerDied as error:
            LOGGER.warning("worker died", extra={"facts": {"status": error.status}})
            said = "The worker process died, most likely because it ran out of memory."
            raise Problem("too-much-work", said) from None
        except RuntimeError as error:
            LOGGER.error("defect", extra={"facts": {"trace": str(error)}})
            raise Problem("defect", DEFECT) from None
        for phase, milliseconds in done.timings.items():
            if milliseconds:
                self.metrics.phases.labels(phase).observe(milliseconds / 1000)
        return done

    def answer(self, request: Request, done: Answer, picture: RequestPicture | None = None) -> Response:
        """The HTTP answer, with headers for the picture, timings and caching."""
        headers = {"Cache-Control": "no-store", **done.headers}
        if picture is not None:
            headers["Pochade-Picture"] = picture.digest
            headers["ETag"] = self.tag(request, picture.digest, picture.inputs)
            headers["Vary"] = "Accept"
            if request.method == "GET":
                headers["Cache-Control"] = self._caching(picture, done.media_type)
        if done.timings:
            headers["Server-Timing"] = ", ".join(f"{name};dur={value:g}" for name, value in done.timings.items())
        if headers.get("ETag") in _tags(request) and request.method == "GET":
            return Response(status_code=304, headers=headers)
        return Response(done.content, media_type=_with_charset(done.media_type), headers=headers)

    def _caching(self, picture: RequestPicture, media_type: str) -> str:
        """How long an answer to GET may be kept, and by whom."""
        if picture.inputs.url is None:
            return CACHING_BY_DIGEST
        is_public = media_type.startswith("image/") and not self.settings.private_urls
        return CACHING_EMBEDDED if is_public else CACHING_BY_URL

    def tag(self, request: Request, digest: str, inputs: Inputs | None = None) -> str:
        """The ETag, from all that determines an answer: the picture, the options, the address and the version.

        inputs : the inputs of a request with a body; its options count as those of the query do.
        """
        query = sorted((n, v) for n, v in request.query_params.multi_items() if n != "picture")
        body = None
        if inputs is not None and request.method != "GET":
            mask = None if inputs.mask is None else inputs.mask.digest
            sides = [(name, side.picture, side.url, side.colors) for name, side in sorted(inputs.sides.items())]
            body = sorted(inputs.options.items()), inputs.url, mask, sides
        accept = request.headers.get("accept", "")
        said = repr((pochade.__version__, request.url.path, digest, query, body, accept))
        return f'"{sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:32]}"'

    def unchanged(self, request: Request, digest: str) -> Response | None:
        """A 304 if the client has the answer; digest and options tell without any work. Else None."""
        if request.method != "GET" or self.tag(request, digest) not in _tags(request):
            return None
        headers = {"ETag": self.tag(request, digest), "Cache-Control": CACHING_BY_DIGEST, "Vary": "Accept"}
        return Response(status_code=304, headers=headers)

    async def _decoded(self, request: Request, inputs: Inputs) -> tuple[bytes, str]:
        """The bytes and digest of a long data URL, which a worker decodes."""
        assert inputs.long_data is not None
        request.state.option_names = ["data", *inputs.options]
        done = await self.run(request, decode_data_url, None, {"escaped": inputs.long_data.escaped})
        self.bodies.add(request, len(done.content))
        inputs.long_data = None
        return done.content, done.headers["Pochade-Picture"]

    async def fetched(self, request: Request, url: str) -> tuple[bytes, str]:
        """The bytes at a URL and their digest; NotPublicError for a private address, before any connection."""
        client = client_of(request)
        try:
            self._fetches.take(client)
        except Full:
            raise self._busy() from None
        start, halt = time.monotonic(), Halt()

        def fetched() -> tuple[bytes, str]:
            data = self._fetch(url, halt)
            return data, sha256(data).hexdigest()

        future = in_thread(fetched)
        future.add_done_callback(lambda _: self._fetches.give(client))  # also if the client has left before
        try:
            data, digest = await while_connected(request, future)
        finally:
            halt()
            LOGGER.info("fetch", extra={"facts": {"ms": round(1000 * (time.monotonic() - start), 1)}})
        self.bodies.add(request, len(data))
        return data, digest

    def _fetch(self, url: str, halt: Halt) -> bytes:
        with self.metrics.fetch():
            return fetch(
                url,
                timeout=self.settings.fetch_seconds,
                max_bytes=self.settings.max_bytes,
                public_only=not self.settings.private_urls,
                sources=self._sources,
                halt=halt,
            )

    def _turn_away_if_full(self, request: Request) -> None:
        """Refuse a request before its body is read if the queue is full."""
        if self.pool.full_for(client_of(request)):
            self._count_task("full")
            raise self._busy()

    def _busy(self) -> Problem:
        return Problem("busy", "Too many requests are waiting: try again.", headers={"Retry-After": "1"})

    def _count_task(self, what: str) -> None:
        self.metrics.tasks.labels(what).inc()


async def while_connected(request: Request, future: asyncio.Future[T]) -> T:
    """The result of a future; Problem if the client disconnects before."""
    while not (await asyncio.wait({future}, timeout=LOOK_SECONDS))[0]:
        if await request.is_disconnected():
            raise Problem("bad-request", "The connection ended.")
    return future.result()


def not_held() -> Problem:
    """The problem for a picture that is not in memory."""
    return Problem("not-held", "The picture is not in memory, or no longer: send it again.")


def client(request: Request) -> str | None:
    """The address of the client."""
    return request.client.host if request.client else None


def _masked(parsed_options: PaletteRequest, mask: bytes) -> PaletteRequest:
    return PaletteRequest(
        {**parsed_options.extract, "mask": mask},
        parsed_options.arrange,
        parsed_options.format,
        parsed_options.export,
        parsed_options.texts,
    )


def _tags(request: Request) -> set[str]:
    header = request.headers.get("if-none-match", "")
    return {tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()}


def has_tag(request: Request, tag: str) -> bool:
    """Whether the client has the answer with an ETag."""
    return tag in _tags(request)


def _with_charset(media_type: str) -> str:
    textual = media_type.startswith("text/") and "charset" not in media_type
    return f"{media_type}; charset=utf-8" if textual else media_type


def option_names(request: Request) -> list[str]:
    """The names of the options of a request, including those in its body if it was read."""
    return [*request.query_params, *getattr(request.state, "option_names", ())]
