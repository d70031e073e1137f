"""`pochade poster PICTURE -o FILE`: draw a picture with its palette, to share."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import DRAWINGS, draw_palette
from pochade.cli.options import drawing, finding, option, output, stated
from pochade.cli.parameters import Named

LAYOUT = "card, wide, grid or story."


@commands.register("poster")
@command(
    "poster",
    group="picture",
    example="pochade poster harbor.jpg -o poster.png",
    short_help="Draw a picture with its palette.",
)
@click.argument("picture", type=click.Path(allow_dash=True))
@output(f"The file: {', '.join(DRAWINGS)}.", required=True)
@finding("k", "method")
@option("-l", "--layout", group="Drawing", type=Named("layout"), default="card", show_default=True, help=LAYOUT)
@drawing()
def poster(picture: str, output: str, dark: bool, title: str | None, layout: str, **options: Any) -> int:
    """Draw PICTURE with its palette: swatches, names, hex codes and shares."""
    from pochade.draw import poster, poster_pdf, poster_svg

    kinds = poster, poster_svg, poster_pdf
    return draw_palette(picture, output, stated(options), kinds, layout=layout, dark=dark, title=title)
