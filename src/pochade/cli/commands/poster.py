"""`pochade poster PICTURE -o FILE`: the picture with its palette, to be shared."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.drawing import draw, shared
from pochade.cli.parameters import Named


@commands.register("poster")
@click.command("poster")
@shared
@click.option(
    "-l", "--layout", type=Named("layout"), default="card", show_default=True, help="card, wide, grid, story."
)
def poster(picture: str, output: str, dark: bool, title: str | None, layout: str, **wishes: Any) -> int:
    """Draw PICTURE with its palette: swatches, names, hex and shares."""
    from pochade.draw import poster, poster_pdf, poster_svg

    kinds = poster, poster_svg, poster_pdf
    return draw(picture, output, wishes, kinds, layout=layout, dark=dark, title=title)
