"""`pochade boxes`: the boxes of paint, from the registry."""

from pochade.cli.command import command
from pochade.cli.commands import commands


@commands.register("boxes")
@command("boxes", group="look up", example="pochade boxes", short_help="List boxes of paint.")
def boxes() -> None:
    """List the boxes of paint for `pochade paints --box`, and their paints."""
    from pochade.cli.text.listing import show
    from pochade.paint import boxes

    rows = []
    for entry in boxes.entries:
        box = entry.value()
        about = [("paints", ", ".join(box.names)), ("credit", box.credit)]
        rows.append((entry.name, entry.summary, about))
    show(rows)
