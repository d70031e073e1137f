"""`pochade vocabularies`: what --names takes, with sources and licenses, from the registry."""

from pochade.cli.command import command
from pochade.cli.commands import commands


@commands.register("vocabularies")
@command("vocabularies", group="look up", example="pochade vocabularies", short_help="List sets of names.")
def vocabularies() -> None:
    """List the vocabularies of color names."""
    from pochade.cli.text.listing import show
    from pochade.color.names import vocabularies

    rows = []
    for entry in vocabularies.entries:
        vocabulary = entry.value
        about = [
            ("colors", f"{len(vocabulary.colors):,}"),
            ("source", vocabulary.source),
            ("license", vocabulary.license),
        ]
        rows.append((entry.name, entry.summary, about))
    show(rows)
