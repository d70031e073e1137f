"""`pochade background PICTURE -o FILE`: put a picture on a background that fits it."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import option, output, reading, stated

KIND = "One color (solid), a gradient, the blurred picture (field), or the one that suits its border (auto)."
MODE = "By default, as light or dark as the border."
SIZE = "story (1080x1920), square, slide (1920x1080), or width and height, as in 1200x630."
MARGIN = "Around the picture, as a share of the shorter side, 0 to 0.45."
RADIUS = "Of the corners of the picture, as a share of the shorter side."
STRIP = "Put the palette under the picture, as a strip of equal swatches."
PALETTE = "The colors of the strip: a palette file, or colors with commas; by default those of the picture."
OUTPUT = ".png, .jpg, .webp or .css; - is standard output, as PNG."
CSS = "Print the background and the color of its text as CSS; -o may then be left out."


@commands.register("background")
@command(
    "background",
    group="picture",
    example="pochade background harbor.jpg --size square -o square.png",
    short_help="Put a picture on a background that fits it.",
    epilog="Exit status: 0; 1 if the picture failed; 2 for wrong usage.",
)
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@output(OUTPUT)
@option("--css", group="Output", is_flag=True, help=CSS)
@option(
    "--kind", group="Background", type=click.Choice(["auto", "solid", "gradient", "field"]), default="auto", help=KIND
)
@option("--mode", group="Background", type=click.Choice(["auto", "light", "dark"]), default="auto", help=MODE)
@option("--size", group="Background", default="story", show_default=True, help=SIZE)
@option("--margin", group="Background", type=float, default=0.08, show_default=True, help=MARGIN)
@option("--radius", group="Background", type=float, default=0.02, show_default=True, help=RADIUS)
@option("--strip", group="Background", is_flag=True, help=STRIP)
@option("--palette", group="Background", metavar="FILE|COLORS", help=PALETTE)
@reading("scale", "region", "frame", "exposure", "truncated")
def background(picture: str, output: str | None, palette: str | None, css: bool, **options: Any) -> int:
    """Put PICTURE on a background that continues its border, stays calm and carries text.

    Standard error says why this background was chosen.
    """
    from pochade.backgrounds import background
    from pochade.cli.drawing import PICTURES, check_suffix
    from pochade.cli.errors import complain, complain_of
    from pochade.cli.output import save_picture
    from pochade.cli.palettes import palette_or_colors

    if output is None and not css:
        raise click.UsageError("no output: give -o FILE or --css.")
    if output == "-" and css:
        raise click.UsageError("--css and -o - both write to standard output: give one of them.")
    if output not in (None, "-"):
        check_suffix(str(output), (*PICTURES, ".css"))
    if palette is not None:
        options["palette"] = palette_or_colors(palette)
    result = background(picture, **stated(options))
    save_picture(result, output)
    if css:
        click.echo(result.css, nl=False)
    complain_of(result.notes, picture)
    complain(result.reason)
    return 0
