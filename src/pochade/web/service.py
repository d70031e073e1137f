"""The service behind all routes: find the picture of a request, run work on it, and answer with headers."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

import pochade
from pochade.export import exporters
from pochade.source.url import fetch
from pochade.source.url.allowed import allowed_source
from pochade.web.answer import Answer
from pochade.web.body import ArrivingBytes, Inputs, query_inputs, read_inputs
from pochade.web.drain import Drain
from pochade.web.logs import LOGGER
from pochade.web.metrics import Metrics
from pochade.web.negotiation import preferred_format
from pochade.web.options import PaletteRequest, palette_request
from pochade.web.pool import Disconnected, Pool, QueueFull
from pochade.web.problems import DEFECT, Problem
from pochade.web.process import TaskTimeout, Work, WorkerDied
from pochade.web.rates import Rates
from pochade.web.settings import Settings
from pochade.web.store import Store

DIGEST = re.compile(r"[0-9a-f]{64}")
CACHING_BY_DIGEST = "private, max-age=600"
"""The digest and the options determine the answer for a given version of pochade."""

CACHING_BY_URL = "private, no-cache"


@dataclass(slots=True)
class RequestPicture:
    """The picture of a request: its digest, bytes, name (a URL, or None) and the inputs of the request.

    others : further pictures for the work, by digest.
    """

    digest: str
    data: bytes
    name: str | None
    inputs: Inputs
    others: dict[str, bytes] = field(default_factory=dict)


class Service:
    """The pool, pictures, limits and metrics of one server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.store = Store(settings.hold_bytes, settings.hold_seconds)
        self.pool = Pool(settings, self._count_task)
        self.rates = Rates(settings.rate, settings.upload_rate)
        self.arriving = ArrivingBytes(settings.arriving_bytes)
        self.drain = Drain()
        self.metrics.watch(self.pool, self.store)
        self._sources = tuple(map(allowed_source, settings.allow_sources))
        self._fetching = 0

    async def answer_palette(
        self, request: Request, work: Work, *, own: tuple[str, ...] = (), format: bool = False, **more: Any
    ) -> Response:
        """Answer a request for a palette with `work(cache, digest, keywords, arrange, **more)`.

        own : names of options that the route reads itself. format : whether the request may choose a format.
        """

        def arguments_of(picture: RequestPicture) -> dict[str, Any]:
            parsed_options = self.palette_request(request, picture.inputs, own=own, format=format)
            if picture.inputs.mask is not None:
                parsed_options = _masked(parsed_options, picture.inputs.mask)
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
        return await self.resolve(await self.inputs(request))

    async def inputs(self, request: Request, sides: Sequence[str] = ()) -> Inputs:
        """Read the inputs of a request after checking its rate limits and the queue."""
        await self.rates.spend("any", client(request))
        if request.method == "POST" or "url" in request.query_params:
            self._turn_away_if_full()
            await self.rates.spend("upload", client(request))
        inputs = await read_inputs(request, self.settings, self.arriving, sides)
        if self.settings.url_keys and any(one.url is not None for one in (inputs, *inputs.sides.values())):
            _check_signed(request)
        return inputs

    async def resolve(self, inputs: Inputs, option: str = "picture") -> RequestPicture:
        """The picture of the inputs: sent, fetched or stored. option : the name of the option with its digest."""
        sources = [name for name in ("data", "url", "picture") if getattr(inputs, name) is not None]
        if len(sources) != 1:
            said = f"{' and '.join(sources)} are given: give one." if sources else "Give bytes, url= or picture=."
            raise Problem("no-picture", said)
        if inputs.picture is not None:
            return RequestPicture(inputs.picture, self.stored(inputs.picture, option), None, inputs)
        data = inputs.data if inputs.data is not None else await self._fetched(inputs)
        return RequestPicture(self.store.put(data), data, inputs.url, inputs)

    def stored(self, digest: str, option: str = "picture") -> bytes:
        """The bytes of a picture in memory; Problem if it is not there."""
        if not DIGEST.fullmatch(digest):
            raise Problem("bad-option", f"{option} is not a SHA-256 digest of 64 hexadecimal digits.", option=option)
        data = self.store.get(digest)
        if data is None:
            raise Problem("not-held", "The picture is not in memory, or no longer: send it again.")
        return data

    async def run(
        self,
        request: Request | None,
        work: Work,
        digest: str | None,
        arguments: dict[str, Any],
        data: bytes | None = None,
        others: Mapping[str, bytes] | None = None,
    ) -> Answer:
        """The answer of a worker.

        Raises
        ------
        Problem : the queue is full, or the work takes too much time or memory. PochadeError : an error of the library.
        """
        try:
            gone = None if request is None else request.is_disconnected
            done = await self.pool.run(work, digest, arguments, data, gone, others)
        except QueueFull:
            raise self._busy() from None
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
            headers["ETag"] = self.tag(request, picture.digest)
            headers["Vary"] = "Accept"
            if request.method == "GET":
                headers["Cache-Control"] = CACHING_BY_DIGEST if picture.inputs.url is None else CACHING_BY_URL
        if done.timings:
            headers["Server-Timing"] = ", ".join(f"{name};dur={value:g}" for name, value in done.timings.items())
        if headers.get("ETag") in _tags(request) and request.method == "GET":
            return Response(status_code=304, headers=headers)
        return Response(done.content, media_type=_with_charset(done.media_type), headers=headers)

    def tag(self, request: Request, digest: str) -> str:
        """The ETag, from the picture, the options, the address and the version."""
        query = sorted((n, v) for n, v in request.query_params.multi_items() if n not in ("url", "picture"))
        accept = request.headers.get("accept", "")
        said = repr((pochade.__version__, request.url.path, digest, query, accept))
        return f'"{sha256(said.encode()).hexdigest()[:32]}"'

    def unchanged(self, request: Request, digest: str) -> Response | None:
        """A 304 if the client has the answer; digest and options tell without any work. Else None."""
        if request.method != "GET" or self.tag(request, digest) not in _tags(request):
            return None
        headers = {"ETag": self.tag(request, digest), "Cache-Control": CACHING_BY_DIGEST, "Vary": "Accept"}
        return Response(status_code=304, headers=headers)

    async def _fetched(self, inputs: Inputs) -> bytes:
        """The bytes at a URL; NotPublicError for a private address, before any connection."""
        assert inputs.url is not None
        if self._fetching >= self.settings.fetches:
            raise self._busy()
        self._fetching += 1
        start = time.monotonic()
        try:
            return await anyio.to_thread.run_sync(self._fetch, inputs.url, abandon_on_cancel=True)
        finally:
            self._fetching -= 1
            LOGGER.info("fetch", extra={"facts": {"ms": round(1000 * (time.monotonic() - start), 1)}})

    def _fetch(self, url: str) -> bytes:
        with self.metrics.fetch():
            return fetch(
                url,
                timeout=self.settings.fetch_seconds,
                max_bytes=self.settings.max_bytes,
                public_only=not self.settings.private_urls,
                sources=self._sources,
            )

    def _turn_away_if_full(self) -> None:
        """Refuse a request before its body is read if the queue is full."""
        if self.pool.full:
            self._count_task("full")
            raise self._busy()

    def _busy(self) -> Problem:
        return Problem("busy", "Too many requests are waiting: try again.", headers={"Retry-After": "1"})

    def _count_task(self, what: str) -> None:
        self.metrics.tasks.labels(what).inc()


def client(request: Request) -> str | None:
    """The address of the client."""
    return request.client.host if request.client else None


def _check_signed(request: Request) -> None:
    """Problem unless the request is signed. The body of a POST request is not, so it may not name a URL."""
    if request.method not in ("GET", "HEAD") or not getattr(request.state, "signed", False):
        said = "This server fetches from a URL only for a GET request that is signed: add signature= at its end."
        raise Problem("not-signed", said)


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


def _with_charset(media_type: str) -> str:
    textual = media_type.startswith("text/") and "charset" not in media_type
    return f"{media_type}; charset=utf-8" if textual else media_type


def option_names(request: Request) -> list[str]:
    """The names of the options of a request, including those in its body if it was read."""
    return [*request.query_params, *getattr(request.state, "option_names", ())]
