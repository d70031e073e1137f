"""`pochade differences`: every color difference that a method can measure by, from the registry."""

from pochade.cli.command import command
from pochade.cli.commands import commands


@commands.register("differences")
@command("differences", group="look up", example="pochade differences", short_help="List color differences.")
def differences() -> None:
    """List the color differences that --set difference= takes."""
    from pochade.cli.text.listing import show
    from pochade.color.difference import differences

    show([(entry.name, entry.summary, []) for entry in differences.entries])
