"""`pochade differences`: every color difference that a method can measure by, from the registry."""

import click

from pochade.cli.commands import commands


@commands.register("differences")
@click.command("differences")
def differences() -> None:
    """List the color differences that --set difference= takes."""
    from pochade.cli.listing import show
    from pochade.color.difference import differences

    show([(entry.name, entry.summary, []) for entry in differences.entries])
