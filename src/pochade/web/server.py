"""Run `pochade serve`: the app with uvicorn on one port."""

import logging
import socket
import webbrowser
from collections.abc import Mapping, Sequence
from typing import Any

import click
import uvicorn

from pochade.errors import OptionError, PochadeError
from pochade.web.app import create_app
from pochade.web.connection import connections
from pochade.web.logs import log_to_stderr
from pochade.web.settings import MIB, PUBLIC, Settings

GRACE_SECONDS = 10
"""Seconds that open requests get to finish when the server stops."""


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
}


def serve(
    *, port: int = 8017, browse: bool = False, proxies: Sequence[str] = (), quiet: bool = False, **options: Any
) -> int:
    """Serve until SIGINT or SIGTERM; open requests are answered first."""
    settings = settings_of(**options)
    log_to_stderr(logging.WARNING if quiet else logging.INFO)
    app = create_app(settings)
    listening = _listen(settings.host, port)
    address = _url(settings.host, listening.getsockname()[1])
    click.echo(f"pochade is at {address} (Ctrl-C ends it)")
    if browse:
        webbrowser.open(address)  # the browser waits until the server accepts
    config = uvicorn.Config(
        app,
        log_config=None,
        http=connections(settings, proxies),  # type: ignore[arg-type]  # any callable with the arguments of a protocol
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies) or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=64 << 10,
        backlog=256,
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    if not server.started:
        raise PochadeError("the worker processes could not be started: give them more --memory, or take fewer.")
    return 0


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
