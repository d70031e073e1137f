"""`pochade background PICTURE -o FILE`: a picture on a ground that fits it."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Region, Wish

KIND = "One color, a gradient, the picture blurred, or what suits its border."
SIZE = "story (1080x1920), square, slide (1920x1080), or width and height, as 1200x630."
MARGIN = "Around the picture, as a part of the shorter side, 0 to 0.45."
RADIUS = "Of the picture's corners, likewise."
STRIP = "Put the palette under the picture, as a strip of equal pans."
PALETTE = "The colors of the strip: a palette file, or colors with commas. By default those that are found."
OUTPUT = ".png, .jpg, .webp or .css; - is standard output, as PNG."
CSS = "Print the ground and the color of its text as CSS; -o may then be left out."


@commands.register("background")
@click.command("background", epilog="Exit status: 0; 1 where the picture failed; 2 for wrong usage.")
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help=OUTPUT)
@click.option("--kind", type=click.Choice(["auto", "solid", "gradient", "field"]), default="auto", help=KIND)
@click.option(
    "--mode", type=click.Choice(["auto", "light", "dark"]), default="auto", help="By default as the border is."
)
@click.option("--size", default="story", show_default=True, help=SIZE)
@click.option("--margin", type=float, default=0.08, show_default=True, help=MARGIN)
@click.option("--radius", type=float, default=0.02, show_default=True, help=RADIUS)
@click.option("--strip", is_flag=True, help=STRIP)
@click.option("--palette", metavar="FILE|COLORS", help=PALETTE)
@click.option("--css", is_flag=True, help=CSS)
@click.option("--force", is_flag=True, help="Overwrite FILE where it is there already.")
@click.option("--scale", cls=Wish, type=float, help="Make the picture so much smaller first.")
@click.option("--region", cls=Wish, type=Region(), help="Take this box only, L,T,R,B.")
@click.option("--frame", cls=Wish, type=click.IntRange(min=0), help="Which one of an animation, or page, from 0.")
@click.option("--truncated", cls=Wish, is_flag=True, default=None, help="Accept a file that ends early.")
def background(
    picture: str,
    output: str | None,
    kind: str,
    mode: str,
    size: str,
    margin: float,
    radius: float,
    strip: bool,
    palette: str | None,
    css: bool,
    force: bool,
    **wishes: Any,
) -> int:
    """Put PICTURE on a ground that joins its border, stays calm and carries text; says why it is this one."""
    from pochade.backgrounds import background
    from pochade.cli.asked import PICTURES
    from pochade.cli.complain import complain
    from pochade.cli.few import given_palette
    from pochade.cli.made import check_file, save

    if output is None and not css:
        raise click.UsageError("say where it goes: give -o FILE or --css.")
    if output == "-" and css:
        raise click.UsageError("--css and -o - both go to standard output: give one of them.")
    check_file(None if output == "-" else output, (*PICTURES, ".css"), force=force)
    given = {name: value for name, value in wishes.items() if value is not None}
    asked: dict[str, Any] = {"kind": kind, "mode": mode, "size": size, "margin": margin, "radius": radius}
    if palette is not None:
        asked["palette"] = given_palette(palette)
    made = background(picture, strip=strip, **asked, **given)
    save(made, output)
    if css:
        click.echo(made.css, nl=False)
    complain(made.reason)
    return 0
