"""`pochade sheet PICTURE... -o FILE`: draw many pictures with their palettes on a contact sheet."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import DRAWINGS
from pochade.cli.options import (
    arranging,
    finding,
    option,
    output,
    pictures,
    preferring,
    reading,
    recursive,
    setting,
    stated,
)

OUTPUT = f"The file: {', '.join(DRAWINGS)}. Long sheets have pages: one PDF, or FILE-1.png, FILE-2.png, ..."
ORDER = "As given, by name, or so that neighbors look alike."


@commands.register("sheet")
@command(
    "sheet",
    group="draw",
    example="pochade sheet stills/ --order alike -o sheet.pdf",
    short_help="Draw many pictures with their palettes on one sheet.",
    epilog="Exit status: 0; 1 if a picture failed, and the sheet shows the others; 2 for wrong usage.",
)
@pictures()
@output(OUTPUT, required=True)
@finding("k", "method", "space", "seed")
@setting()
@preferring()
@reading("scale", "region", "mask", "frame", "exposure", "truncated")
@recursive()
@option("--order", group="Drawing", type=click.Choice(["given", "name", "alike"]), default="given", help=ORDER)
@option("--columns", group="Drawing", type=click.IntRange(1, 8), help="Pictures in a row; by default, as many as fit.")
@option("--dark", group="Drawing", is_flag=True, help="Use a dark background.")
@option("--title", group="Drawing", default="", help="At the top of the first page.")
@arranging("Drawing")
def sheet(
    pictures: tuple[str, ...],
    recursive: bool,
    output: str,
    columns: int | None,
    sort: str | None,
    reverse: bool,
    names: str | None,
    unique_names: bool | None,
    settings: tuple[tuple[str, str], ...],
    order: Any,
    dark: bool,
    title: str,
    **options: Any,
) -> int:
    """Draw all PICTURES, each with its palette, on a contact sheet."""
    from pochade.cli.arrange import Arrange
    from pochade.cli.contact import draw_sheet
    from pochade.cli.drawing import check_suffix
    from pochade.cli.extraction import parse_settings
    from pochade.cli.sources import expand

    check_suffix(output, DRAWINGS)
    given = stated(options)
    return draw_sheet(
        expand(pictures, recursive=recursive),
        output,
        given | parse_settings(settings, given.get("method"), None)[0],
        Arrange(sort, reverse, names, bool(unique_names)),
        {"order": order, "columns": columns, "dark": dark, "title": title},
    )
