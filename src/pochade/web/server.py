"""Run `pochade serve`: the app with uvicorn on one port."""

import importlib.util
import logging
import signal
import socket
import webbrowser
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import Any

import click
import uvicorn

from pochade.errors import OptionError, PochadeError
from pochade.histograms.summed import arrow
from pochade.web.app import create_app
from pochade.web.connection import connections
from pochade.web.guard import MAX_HEAD_BYTES
from pochade.web.logs import log_to_stderr
from pochade.web.service import Service
from pochade.web.settings import MIB, PUBLIC, Settings

CLOSE_SECONDS = 2
"""Seconds for connections to close after their last answer."""


def settings_of(*, public: bool = False, **options: Any) -> Settings:
    """The settings for the options of the command: the given values, else those of `--public`, else the defaults."""
    values: dict[str, Any] = dict(PUBLIC) if public else {}
    for name, value in options.items():
        if value is None:
            continue
        if name in _UNITS:
            name, unit = _UNITS[name]
            value = type(value)(value * unit)
        values[name] = value
    return Settings(public=public, **values)


_UNITS: Mapping[str, tuple[str, int]] = {
    "max_mib": ("max_bytes", MIB),
    "memory": ("memory", MIB),
    "hold_mib": ("hold_bytes", MIB),
    "body_mib": ("body_bytes", MIB),
    "hold_minutes": ("hold_seconds", 60),
    "film_mib": ("film_bytes", MIB),
    "film_minutes": ("film_seconds", 60),
    "film_hold_minutes": ("film_hold", 60),
}


def serve(
    *, port: int = 8017, browse: bool = False, proxies: Sequence[str] = (), quiet: bool = False, **options: Any
) -> int:
    """Serve until SIGINT or SIGTERM; requests under way are answered first. A second signal ends the server at once."""
    settings = settings_of(**options)
    if settings.films and importlib.util.find_spec("av") is None:
        raise PochadeError("--films needs PyAV, which is not installed: pip install 'pochade[film]'.")
    if settings.collections:
        arrow()
    log_to_stderr(logging.WARNING if quiet else logging.INFO)
    app = create_app(settings)
    service: Service = app.state.service
    listening = _listen(settings.host, port)
    address = _url(settings.host, listening.getsockname()[1])
    click.echo(f"pochade is at {address} (Ctrl-C ends it)")
    if browse:
        webbrowser.open(address)  # the browser waits until the server accepts
    config = uvicorn.Config(
        app,
        log_config=None,
        http=connections(settings, proxies, service.metrics.count_refusal),  # type: ignore[arg-type]  # any callable
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies) or None,
        timeout_graceful_shutdown=CLOSE_SECONDS,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        backlog=256,
    )
    server = _Server(config, service)
    server.run(sockets=[listening])
    if not server.started:
        raise PochadeError("the worker processes could not be started: give them more --memory, or take fewer.")
    return 0


class _Server(uvicorn.Server):
    """The web server, which stops in three steps: it refuses new requests, answers those under way, closes.

    During the first two it still listens, so `/ready` says that it stops, and clients get a problem, not a reset.
    """

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._service.drain.start(self._service.settings.grace)
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; at once if told before, or if the server has not started."""
        if self.should_exit or not self.started:
            self._service.kill()
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        super().handle_exit(sig, frame)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a browser can connect before the server runs."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[4][:2], family=address[0], backlog=256)
    except OSError as error:
        said = error.strerror or str(error)
        raise OptionError(f"{host} port {port} cannot be listened on: {said}. Give another --host or --port.") from None


def _url(host: str, port: int) -> str:
    """The URL for a browser on this computer."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{port}/"
