"""Names with summaries and options, for `pochade methods` and similar commands."""

import sys
from collections.abc import Sequence

import click

Row = tuple[str, str, Sequence[tuple[str, str]]]
"""A name, its summary, and its options with their allowed values."""


def show(rows: Sequence[Row]) -> None:
    """Print the rows, wrapped to the terminal; unwrapped in a pipe."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from pochade.cli.terminal import screen_of

    screen = screen_of(sys.stdout)
    colored = screen.depth != "none"
    width = min(screen.columns, 100) if screen.watched else 1000
    console = Console(force_terminal=colored, no_color=not colored, width=width, highlight=False, emoji=False)
    apart = any(options for _, _, options in rows)
    with console.capture() as text:
        for at, (name, summary, options) in enumerate(rows):
            if at and apart:
                console.print()
            console.print(Text(name, "bold"))
            console.print(Padding(Text(summary), (0, 0, 0, 2), expand=False))
            table = Table.grid(padding=(0, 2, 0, 0))
            for option, allowed in options:
                table.add_row(Text(option, "cyan", no_wrap=True), Text(allowed))
            if options:
                console.print(Padding(table, (0, 0, 0, 2), expand=False))
    for line in text.get().splitlines():
        click.echo(line.rstrip(), color=True)
