"""`pochade paints PICTURE...`: the tubes of paint to buy for a picture, and recipes."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import DRAWINGS
from pochade.cli.options import COUNT, coloring, finding, option, output, pictures, reading, recursive, stated
from pochade.cli.parameters import Named

TUBES = "How many tubes, or auto: the fewest that come near the whole box."
BOX = "The paints to choose from: kimera, zorn, ... (see `pochade boxes`), or a .json or .csv file."
OWN = "Tubes that you have, with commas between them: always in."
MOST = "The most tubes or stock tints in a mix."
PARTS = "The most parts of a mix."
STOCK = "Recipes may use a tint made first, 1 part of a paint and 9 of white; or not."
SIMPLE = "How much farther (CIEDE2000) than the nearest mix a simpler one may be."
VALUE = "fit moves the lightness into the range of paint; as-is does not."
COLORS = "How many colors to mix, 1 to 256, or auto."
OUTPUT = "Write to FILE: a sheet (.pdf, .svg, .png, ...), .json or .txt; or a file per picture to FOLDER/."
FORMAT = "text, json, or the format of the sheets in a folder."


@commands.register("paints")
@command(
    "paints",
    group="palette",
    example="pochade paints harbor.jpg -n 5 --own white,black -o sheet.pdf",
    short_help="Choose tubes of paint for a picture.",
    epilog="Exit status: 0; 1 if a picture failed; 2 for wrong usage.",
)
@pictures()
@option("-n", "--tubes", "n", group="Paint", type=COUNT, default=5, show_default=True, help=TUBES)
@option("--box", group="Paint", type=Named("box"), default="kimera", show_default=True, metavar="BOX|FILE", help=BOX)
@option("--own", group="Paint", metavar="NAME,...", help=OWN)
@option("--most", group="Paint", type=int, default=3, show_default=True, help=MOST)
@option("--parts", group="Paint", type=int, default=8, show_default=True, help=PARTS)
@option("--stock/--no-stock", group="Paint", default=True, help=STOCK)
@option("--simple", group="Paint", type=float, default=1.0, show_default=True, help=SIMPLE)
@option("--value", group="Paint", type=click.Choice(["fit", "as-is"]), default="fit", show_default=True, help=VALUE)
@option("-k", "--colors", "k", group="Colors", type=COUNT, default=12, show_default=True, help=COLORS)
@finding("method", "seed")
@reading("scale", "region", "mask", "frame", "exposure", "truncated")
@recursive()
@option("-f", "--format", group="Output", type=click.Choice(["text", "json", *(s[1:] for s in DRAWINGS)]), help=FORMAT)
@output(OUTPUT, folders=True)
@option("--dark", group="Output", is_flag=True, help="Draw the sheet on a dark background.")
@coloring()
def paints(
    pictures: tuple[str, ...],
    n: int | str,
    box: str,
    own: str | None,
    most: int,
    parts: int,
    stock: bool,
    simple: float,
    value: str,
    recursive: bool,
    format: str | None,
    output: str | None,
    dark: bool,
    color: Any,
    **options: Any,
) -> int:
    """Choose the tubes of paint to buy for each PICTURE, and say how to mix its colors.

    The tubes are those whose mixes come nearest to the palette. Then follow recipes in parts by weight, and what one
    more tube would gain. A PICTURE may also be a palette file.
    """
    from pochade.cli.paints import write_paints

    asked = {"n": n, "box": box, "own": own, "most": most, "parts": parts, "stock": stock}
    return write_paints(
        pictures,
        asked | {"simple": simple, "value": value},
        stated(options),
        recursive=recursive,
        format=format,
        output=output,
        dark=dark,
        color=color,
    )
