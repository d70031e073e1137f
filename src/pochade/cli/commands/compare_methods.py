"""`pochade compare-methods PICTURE`: palettes side by side on one sheet."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Region, Values, count_of

OUTPUT = "Draw the sheet to this file: .png, .svg, .jpg or .webp."
TIMES = "Write how long each method took, too."


@commands.register("compare-methods")
@click.command("compare-methods", epilog="Of the lists with several values the last makes the columns.")
@click.argument("picture", type=click.Path(allow_dash=True))
@click.option("--methods", type=Values("method"), help="Methods, with commas; `pochade methods` lists them.")
@click.option("--spaces", type=Values("space"), help="Color spaces; `pochade spaces` lists them.")
@click.option("-k", "--colors", "k", type=Values("number|auto", count_of), help="How many colors.")
@click.option("--scales", type=Values("number", float), help="Of the picture: 1,0.5 counts it as it is, and halved.")
@click.option("--seeds", type=Values("number", int), help="For methods that draw by chance.")
@click.option("--region", type=Region(), help="Count this box only.")
@click.option("--times", is_flag=True, help=TIMES)
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, metavar="FILE", help=OUTPUT)
def compare_methods(picture: str, output: str, **given: Any) -> int:
    """Draw the palettes of PICTURE by several methods, spaces, numbers of colors, scales or seeds on one sheet.

    Each palette has its colors by weight, and how far the picture's pixels are from them (mean CIEDE2000).
    """
    from pochade.cli.asked import PICTURES, check_suffix, write_picture

    check_suffix(output, [*PICTURES, ".svg"])
    from pochade.draw import sheet, sheet_svg

    wishes = {name: value for name, value in given.items() if value is not None}
    write_picture(output, lambda: sheet(picture, **wishes), lambda: sheet_svg(picture, **wishes))
    return 0
