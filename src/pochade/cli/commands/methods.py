"""`pochade methods`: every method with its options, from the registry."""

from pochade.cli.command import command
from pochade.cli.commands import commands


@commands.register("methods")
@command("methods", group="look up", example="pochade methods", short_help="List methods.")
def methods() -> None:
    """List the methods and their options."""
    from pochade.cli.text.listing import show
    from pochade.cluster import methods

    rows = []
    for entry in methods.entries:
        options = [
            (
                f"--set {option.name}=",
                option.allowed + (f"; default {option.default}" if option.default is not None else ""),
            )
            for option in entry.options.values()
        ]
        if only := entry.about.spaces:
            options.insert(0, ("--space ", " or ".join(only) + " only"))
        rows.append((entry.name, entry.summary, options))
    show(rows)
