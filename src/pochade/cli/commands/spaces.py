"""`pochade spaces`: every color space that a method can work in, from the registry."""

from pochade.cli.command import command
from pochade.cli.commands import commands


@commands.register("spaces")
@command("spaces", group="look up", example="pochade spaces", short_help="List color spaces.")
def spaces() -> None:
    """List the color spaces."""
    from pochade.cli.text.listing import show
    from pochade.color.spaces import spaces

    show(
        [(entry.name, f"{entry.summary} Channels: {', '.join(entry.value.channels)}.", []) for entry in spaces.entries]
    )
