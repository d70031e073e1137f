"""`pochade background PICTURE... -o FILE`: put pictures on backgrounds that fit them."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import PICTURES
from pochade.cli.options import option, picture_output, pictures, reading, recursive, stated

KIND = "One color (solid), a gradient, the blurred picture (field), or the one that suits its border (auto)."
MODE = "By default, as light or dark as the border."
SIZE = "story (1080x1920), square, slide (1920x1080), or width and height, as in 1200x630."
MARGIN = "Around the picture, as a share of the shorter side, 0 to 0.45."
RADIUS = "Of the corners of the picture, as a share of the shorter side."
STRIP = "Put the palette under the picture, as a strip of equal swatches."
PALETTE = "The colors of the strip: a palette file, or colors with commas; by default those of the picture."
SUFFIXES = (*PICTURES, ".css")
CSS = "Print the background and the color of its text as CSS; -o may then be left out."


@commands.register("background")
@command(
    "background",
    group="draw",
    example="pochade background harbor.jpg --size square -o square.png",
    short_help="Put a picture on a background that fits it.",
    epilog="Exit status: 0; 1 if the picture failed; 2 for wrong usage.",
)
@pictures()
@picture_output(SUFFIXES, required=False)
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
@recursive()
def background(
    pictures: tuple[str, ...],
    recursive: bool,
    output: str | None,
    format: str | None,
    palette: str | None,
    css: bool,
    **options: Any,
) -> int:
    """Put each PICTURE on a background that continues its border, stays calm and carries text.

    Standard error says why this background was chosen.
    """
    from pochade.backgrounds import background
    from pochade.cli.drawing import suffix_for
    from pochade.cli.each import Report, write_each
    from pochade.cli.output import deliver
    from pochade.cli.palettes import palette_or_colors
    from pochade.cli.sources import expand

    if output is None and not css:
        raise click.UsageError("no output: give -o FILE or --css.")
    if output == "-" and css:
        raise click.UsageError("--css and -o - both write to standard output: give one of them.")
    suffix = suffix_for(output, format, SUFFIXES)
    if palette is not None:
        options["palette"] = palette_or_colors(palette)

    sources = expand(pictures, recursive=recursive)
    many = len(sources) > 1

    def work(source: str, file: str | None) -> Report:
        result = background(source, **stated(options))
        if file is not None:
            content = result.css.encode() if suffix == ".css" else result.encode(suffix, name=file)
            deliver(content, suffix[1:], file)
        if css:
            click.echo(_comment(source) + result.css if many else result.css, nl=False)
        return Report(result.notes, result.reason)

    return write_each(sources, work, {"-o": (output, suffix)})


def _comment(source: str) -> str:
    """A CSS comment with the name of a picture."""
    from pochade.cli.errors import printable

    return f"/* {printable(source).replace('*/', '* /')} */\n"
