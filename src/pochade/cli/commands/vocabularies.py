"""`pochade vocabularies`: what --names takes, with sources and licenses, from the registry."""

import click

from pochade.cli.commands import commands


@commands.register("vocabularies")
@click.command("vocabularies")
def vocabularies() -> None:
    """List the vocabularies of color names."""
    from pochade.cli.listing import show
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
