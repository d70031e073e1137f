"""`pochade spaces`: every color space that a method can work in, from the registry."""

import click

from pochade.cli.commands import commands


@commands.register("spaces")
@click.command("spaces")
def spaces() -> None:
    """List the color spaces."""
    from pochade.cli.listing import show
    from pochade.color.spaces import spaces

    show(
        [(entry.name, f"{entry.summary} Channels: {', '.join(entry.value.channels)}.", []) for entry in spaces.entries]
    )
