"""`pochade numbers PICTURE... -o FILE`: draw sheets to paint by."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import DRAWINGS
from pochade.cli.options import (
    COUNT,
    finding,
    option,
    picture_output,
    pictures,
    preferring,
    reading,
    recursive,
    setting,
    stated,
)
from pochade.cli.parameters import Millimeters, Named

PALETTE = "Use these colors, numbered in their order: '#8e1a24,white', or a palette file."
BOX = "Mix the colors from paints: kimera, zorn, ... (see `pochade boxes`), or a .json or .csv file."
TUBES = "How many tubes to mix from, or auto; 5 by default."
OWN = "Tubes that you have, with commas between them: always among them."
STOCK = "Mixes may use a tint made first, 1 part of a paint and 9 of white (default); or not."
PAPER = "a5, letter, a4 (default), a3 or a2; upright or across as the picture."
LEAST = "The least circle for which each area has room, 1.5 to 100 mm; 2.2 by default. Larger areas are fewer."
VALUES = "A study of values: 3 or 5 grays instead of colors."
PAGE = "sheet (lines and numbers), answer (colors) or legend. By default a PDF has all, another file the sheet."
K = "How many colors, 1 to 99; 12 by default."


@commands.register("numbers")
@command(
    "numbers",
    group="draw",
    example="pochade numbers harbor.jpg -k 12 --paper a3 -o sheet.pdf",
    short_help="Draw a sheet to paint by numbers.",
    epilog="Exit status: 0; 1 if a picture failed; 2 for wrong usage.",
)
@pictures()
@picture_output(DRAWINGS)
@option("--page", group="Output", type=click.Choice(["sheet", "answer", "legend"]), help=PAGE)
@option("--paper", group="Sheet", metavar="SIZE", help=PAPER)
@option("--least", "least_mm", group="Sheet", type=Millimeters(), help=LEAST)
@option("--values", group="Sheet", type=int, help=VALUES)
@option("-p", "--palette", group="Colors", metavar="FILE|COLORS", help=PALETTE)
@option("--box", group="Colors", type=Named("box"), metavar="BOX|FILE", help=BOX)
@option("-n", "--tubes", "n", group="Colors", type=COUNT, help=TUBES)
@option("--own", group="Colors", metavar="NAME,...", help=OWN)
@option("--stock/--no-stock", group="Colors", default=None, help=STOCK)
@option("-k", "--colors", "k", group="Colors", type=int, help=K)
@finding("method", "space", "seed")
@setting()
@preferring()
@reading("scale", "region", "mask", "frame", "exposure", "truncated")
@recursive()
def numbers(
    pictures: tuple[str, ...],
    recursive: bool,
    output: str,
    format: str | None,
    page: Any,
    palette: str | None,
    settings: tuple[tuple[str, str], ...],
    **options: Any,
) -> int:
    """Draw each PICTURE as outlined areas with the numbers of their colors, to paint by.

    Each area has room for its number; smaller ones join their neighbors. The colored answer and the legend follow, with
    recipes if --box, -n or --own mix the colors from paints.
    """
    from pochade.areas import numbers
    from pochade.cli.drawing import suffix_for
    from pochade.cli.each import Report, write_each
    from pochade.cli.extraction import parse_settings
    from pochade.cli.output import deliver
    from pochade.cli.palettes import palette_or_colors
    from pochade.cli.sources import expand

    given = stated(options)
    suffix = suffix_for(output, format, DRAWINGS)
    given |= parse_settings(settings, given.get("method"), None)[0]
    if palette is not None:
        given["colors"] = palette_or_colors(palette)

    def work(source: str, file: str | None) -> Report:
        result = numbers(source, **given)
        assert file is not None
        deliver(result.encode(suffix, page), suffix[1:], file)
        return Report(result.notes, " ".join(result.words()))

    return write_each(expand(pictures, recursive=recursive), work, {"-o": (output, suffix)})
