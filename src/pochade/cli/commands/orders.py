"""`pochade orders`: what --sort takes, from the registry."""

from pochade.cli.command import command
from pochade.cli.commands import commands


@commands.register("orders")
@command("orders", group="look up", example="pochade orders", short_help="List orders (--sort).")
def orders() -> None:
    """List the orders of colors."""
    from pochade.cli.text.listing import show
    from pochade.sort import orders

    show([(entry.name, entry.summary, []) for entry in orders.entries])
