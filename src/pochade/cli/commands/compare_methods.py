"""`pochade compare-methods PICTURE -o FILE`: draw palettes side by side on one sheet."""

from typing import Any, Literal

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import option, output, reading, stated
from pochade.cli.parameters import Parsed

OUTPUT = "The file of the sheet: .png, .svg, .jpg or .webp."
COUNTS = Parsed("number|auto,...", tuple[int | Literal["auto"], ...])
SCALES = "Scales of the picture: 1,0.5 uses it in full and in half size."


@commands.register("compare-methods")
@command(
    "compare-methods",
    group="picture",
    example="pochade compare-methods harbor.jpg --methods kmeans,prominent -o sheet.png",
    short_help="Draw palettes of several methods on one sheet.",
    epilog="Of the lists with several values, the last one makes the columns.",
)
@click.argument("picture", type=click.Path(allow_dash=True))
@output(OUTPUT, required=True)
@option(
    "--methods",
    group="Colors",
    type=Parsed("method,...", tuple[str, ...], "method"),
    help="Methods, with commas; `pochade methods`.",
)
@option(
    "--spaces",
    group="Colors",
    type=Parsed("space,...", tuple[str, ...], "space"),
    help="Color spaces; `pochade spaces`.",
)
@option("-k", "--colors", "k", group="Colors", type=COUNTS, help="Numbers of colors.")
@option(
    "--seeds", group="Colors", type=Parsed("number,...", tuple[int, ...]), help="For methods that use random numbers."
)
@option("--scales", group="Reading", type=Parsed("number,...", tuple[float, ...]), help=SCALES)
@reading("region")
@option("--times", group="Output", is_flag=True, help="Show the time that each method took.")
def compare_methods(picture: str, output: str, **options: Any) -> int:
    """Draw palettes of PICTURE by several methods, spaces, numbers of colors, scales or seeds on one sheet.

    Each palette is sorted by weight. Beside it is the mean CIEDE2000 of the pixels from its colors.
    """
    from pochade.cli.drawing import PICTURES, check_suffix, write_picture

    check_suffix(output, [*PICTURES, ".svg"])
    from pochade.draw import sheet, sheet_svg

    given = stated(options)
    write_picture(output, lambda: sheet(picture, **given), lambda: sheet_svg(picture, **given))
    return 0
