"""`pochade serve`: the page and the HTTP API on one port."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands

AT_LEAST_1 = click.IntRange(min=1)
SECONDS = click.FloatRange(min=0, min_open=True)

HOST = "The address to listen on; 0.0.0.0 or :: for all."
PUBLIC = "For strangers: stricter limits, and so many requests a client."
SHARE = "The part of queue, bodies and connections for one client; 0.5, with --public 0.25."
NAME = "A host name that the server is called by; repeatable."
PROXY = "The address of a reverse proxy whose X-Forwarded-For is believed; repeatable."
PRIVATE = "Let URLs lead to private addresses, and through the environment's proxies."
CORS = "A site whose pages may call the API, https://example.org; repeatable."


@commands.register("serve")
@command("serve", group="palette", example="pochade serve --open", short_help="Serve the page and the HTTP API.")
@click.option("--host", default="127.0.0.1", show_default=True, help=HOST)
@click.option("--port", type=click.IntRange(0, 65535), default=8017, show_default=True, help="0 takes a free one.")
@click.option("--open", "browse", is_flag=True, help="Open the page in a browser.")
@click.option("--public", is_flag=True, help=PUBLIC)
@click.option("--workers", type=AT_LEAST_1, help="Processes that open pictures; by default one a processor.")
@click.option("--queue", type=click.IntRange(min=0), help="Requests that may wait for one; 32 by default.")
@click.option("--max-mib", type=AT_LEAST_1, help="MiB of one picture; 256, with --public 32.")
@click.option("--max-pixels", type=AT_LEAST_1, help="Of one picture; 200 million, with --public 50 million.")
@click.option("--seconds", type=SECONDS, help="Of work for one request; 30, with --public 10.")
@click.option("--memory", type=click.IntRange(min=256), help="MiB that a worker may use; 2048, with --public 1024.")
@click.option("--hold-mib", type=AT_LEAST_1, help="MiB of pictures that are kept in memory; 256 by default.")
@click.option("--hold-minutes", type=SECONDS, help="How long after their last use; 15 by default.")
@click.option("--body-mib", type=AT_LEAST_1, help="MiB of bodies that arrive, wait or are in work; 512 by default.")
@click.option("--connections", type=AT_LEAST_1, help="Open connections; 512 by default.")
@click.option("--client-share", "share", type=click.FloatRange(0, 1, min_open=True), help=SHARE)
@click.option("--rate", help="Requests of one client; with --public 600/minute.")
@click.option("--upload-rate", help="Those of them with a new picture; with --public 60/minute.")
@click.option("--name", "names", multiple=True, help=NAME)
@click.option("--proxy", "proxies", multiple=True, help=PROXY)
@click.option("--cors", "origins", multiple=True, help=CORS)
@click.option("--private-urls", is_flag=True, help=PRIVATE)
@click.option("--quiet", is_flag=True, help="Log warnings and errors only.")
def serve(**given: Any) -> int:
    """Serve the page and the HTTP API, until Ctrl-C."""
    from pochade.web import run

    return run(**given)
