"""`pochade orders`: what --sort takes, from the registry."""

import click

from pochade.cli.commands import commands


@commands.register("orders")
@click.command("orders")
def orders() -> None:
    """List the orders of colors."""
    from pochade.cli.listing import show
    from pochade.sort import orders

    show([(entry.name, entry.summary, []) for entry in orders.entries])
