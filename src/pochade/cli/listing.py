"""Names with what they mean, for `pochade methods` and its like."""

import sys
from collections.abc import Sequence

Row = tuple[str, str, Sequence[tuple[str, str]]]
"""A name, its summary, and its options, each with what may be given."""


def show(rows: Sequence[Row]) -> None:
    """Print the rows, as wide as the terminal; whole lines where it is none."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from pochade.cli.terminal import color_depth, columns, is_terminal

    colored = color_depth(sys.stdout) != "none"
    width = min(columns(sys.stdout), 100) if is_terminal(sys.stdout) else 1000
    console = Console(force_terminal=colored, no_color=not colored, width=width, highlight=False, emoji=False)
    for at, (name, summary, options) in enumerate(rows):
        console.print(*([""] if at and options else []), Text(name, "bold"), sep="\n")
        console.print(Padding(Text(summary), (0, 0, 0, 2), expand=False))
        if options:
            table = Table.grid(padding=(0, 2, 0, 0))
            for option, allowed in options:
                table.add_row(Text(option, "cyan", no_wrap=True), Text(allowed))
            console.print(Padding(table, (0, 0, 0, 2), expand=False))
