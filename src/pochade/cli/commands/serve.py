"""`pochade serve`: the page and the HTTP API on one port."""

import os
from collections.abc import Iterable
from functools import partial
from typing import Any

import click
from click.core import ParameterSource

from pochade.cli.command import Option, command
from pochade.cli.commands import commands
from pochade.errors import UnknownNameError

ENVIRONMENT = "POCHADE_SERVE_"
"""How the names of environment variables begin."""

AT_LEAST_0 = click.IntRange(min=0)
AT_LEAST_1 = click.IntRange(min=1)
SECONDS = click.FloatRange(min=0, min_open=True)

HOST = "The address to listen on; 0.0.0.0 or :: for all."
NAME = "A host name that the server is called by; repeatable."
PROXY = "The address of a reverse proxy whose X-Forwarded-For is believed; repeatable."
CORS = "A site whose pages may call the API, https://example.org; repeatable."
PORT = "0 takes a free one."
WORKERS = "Processes that open pictures; by default one a processor."
PIXELS = "Of one picture; 200 million, with --public 50 million."
MEMORY = "MiB that a worker may use; 2048, with --public 1024."
BODIES = "MiB of bodies that arrive, wait or are in work; 512 by default."
PUBLIC = "For strangers: stricter limits, and so many requests a client."
TASKS = "Tasks after which a worker is replaced; 10000 by default, 0 for never."
SHARE = "The part of queue, bodies and connections for one client; 0.5, with --public 0.25."
GRACE = "Seconds for requests under way when the server stops; 10 by default."
SOURCES = "A host or folder that URLs may lead to, example.org or https://example.org/photos; repeatable."
KEY = "A key; URLs are fetched only for requests that are signed with it; repeatable."
COLLECTION = "A collection to be searched, museum.pochade; repeatable."
FILMS = "Take films too; needs pochade[film]."
FILM_MIB = "MiB of one film; 4096, with --public 512."
FILM_MINUTES = "Of one film, and of the work on it; 240, with --public 20."
FILM_PIXELS = "Of one of its frames; 36 million, with --public 9 million."
FILM_PLACES = "Films that wait, are counted or done; 16 by default."
FILM_HOLD = "How long after their last use; 60, with --public 15."
PRIVATE = "Let URLs lead to private addresses, and through the environment's proxies."


class ServeOption(Option):
    """An option with an environment variable: POCHADE_SERVE_MAX_MIB for --max-mib.

    One that may be repeated takes several values with commas between them, too; so does its variable.
    """

    def __init__(self, *names: Any, **more: Any) -> None:
        super().__init__(*names, **more | ({"callback": _split} if more.get("multiple") else {}))
        self.envvar: str = ENVIRONMENT + self.opts[0].removeprefix("--").replace("-", "_").upper()

    def value_from_envvar(self, ctx: click.Context) -> Any:
        text = self.resolve_envvar_value(ctx)
        return (text,) if self.multiple and text is not None else super().value_from_envvar(ctx)

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """What an error message calls the option: the variable, if the value is from there."""
        if ctx is not None and ctx.get_parameter_source(str(self.name)) is ParameterSource.ENVIRONMENT:
            return f"'{self.envvar}'"
        return super().get_error_hint(ctx)


def _split(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(","))


def _check_environment(options: Iterable[click.Parameter]) -> None:
    """UnknownNameError if a variable looks like that of an option and is none."""
    known = [one.envvar for one in options if isinstance(one, ServeOption)]
    for name in os.environ:
        if name.startswith(ENVIRONMENT) and name not in known:
            raise UnknownNameError("environment variable", name, known)


option = partial(click.option, cls=ServeOption)


@commands.register("serve")
@command("serve", group="palette", example="pochade serve --open", short_help="Serve the page and the HTTP API.")
@option("--host", group="Address", default="127.0.0.1", show_default=True, help=HOST)
@option("--port", group="Address", type=click.IntRange(0, 65535), default=8017, show_default=True, help=PORT)
@option("--open", "browse", group="Address", is_flag=True, help="Open the page in a browser.")
@option("--name", "names", group="Address", multiple=True, help=NAME)
@option("--proxy", "proxies", group="Address", multiple=True, help=PROXY)
@option("--cors", "origins", group="Address", multiple=True, help=CORS)
@option("--public", group="Limits", is_flag=True, help=PUBLIC)
@option("--workers", group="Limits", type=AT_LEAST_1, help=WORKERS)
@option("--queue", group="Limits", type=AT_LEAST_0, help="Requests that may wait for one; 32 by default.")
@option("--max-mib", group="Limits", type=AT_LEAST_1, help="MiB of one picture; 256, with --public 32.")
@option("--max-pixels", group="Limits", type=AT_LEAST_1, help=PIXELS)
@option("--max-frames", group="Limits", type=AT_LEAST_1, help="Of one animation; 10,000, with --public 1,000.")
@option("--seconds", group="Limits", type=SECONDS, help="Of work for one request; 30, with --public 10.")
@option("--memory", group="Limits", type=click.IntRange(min=256), help=MEMORY)
@option("--worker-tasks", group="Limits", type=AT_LEAST_0, help=TASKS)
@option("--hold-mib", group="Limits", type=AT_LEAST_1, help="MiB of pictures that are kept in memory; 256 by default.")
@option("--hold-minutes", group="Limits", type=SECONDS, help="How long after their last use; 15 by default.")
@option("--body-mib", group="Limits", type=AT_LEAST_1, help=BODIES)
@option("--connections", group="Limits", type=AT_LEAST_1, help="Open connections; 512 by default.")
@option("--client-share", "share", group="Limits", type=click.FloatRange(0, 1, min_open=True), help=SHARE)
@option("--rate", group="Limits", help="Requests of one client; with --public 600/minute.")
@option("--upload-rate", group="Limits", help="Those of them with a new picture; with --public 60/minute.")
@option("--grace", group="Limits", type=click.FloatRange(min=0), help=GRACE)
@option("--allow-sources", group="URLs", multiple=True, help=SOURCES)
@option("--url-key", "url_keys", group="URLs", multiple=True, help=KEY)
@option("--private-urls", group="URLs", is_flag=True, help=PRIVATE)
@option("--collection", "collections", group="Collections", multiple=True, type=click.Path(), help=COLLECTION)
@option("--films", group="Films", is_flag=True, help=FILMS)
@option("--film-mib", group="Films", type=AT_LEAST_1, help=FILM_MIB)
@option("--film-minutes", group="Films", type=SECONDS, help=FILM_MINUTES)
@option("--film-pixels", group="Films", type=AT_LEAST_1, help=FILM_PIXELS)
@option("--film-jobs", group="Films", type=AT_LEAST_1, help="Films that are counted at once; 1 by default.")
@option("--film-places", group="Films", type=AT_LEAST_1, help=FILM_PLACES)
@option("--film-hold-minutes", group="Films", type=SECONDS, help=FILM_HOLD)
@option("--quiet", is_flag=True, help="Log warnings and errors only.")
def serve(**given: Any) -> int:
    """Serve the page and the HTTP API, until Ctrl-C.

    Each option is an environment variable, too: --max-mib is POCHADE_SERVE_MAX_MIB.
    """
    from pochade.web import run

    _check_environment(click.get_current_context().command.params)
    return run(**given)
