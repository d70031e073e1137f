"""`pochade wheel PICTURE -o FILE`: draw the colors of a picture on a color wheel."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import DRAWINGS, draw_palette
from pochade.cli.options import drawing, finding, output, stated


@commands.register("wheel")
@command(
    "wheel",
    group="picture",
    example="pochade wheel harbor.jpg -o wheel.svg",
    short_help="Draw colors on a color wheel.",
)
@click.argument("picture", type=click.Path(allow_dash=True))
@output(f"The file: {', '.join(DRAWINGS)}.", required=True)
@finding("k", "method")
@drawing()
def wheel(picture: str, output: str, dark: bool, title: str | None, **options: Any) -> int:
    """Draw the colors of PICTURE by hue and chroma, sized by share."""
    from pochade.draw import wheel, wheel_pdf, wheel_svg

    return draw_palette(picture, output, stated(options), (wheel, wheel_svg, wheel_pdf), dark=dark, title=title)
