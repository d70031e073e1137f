"""`pochade background PICTURE -o FILE`: a picture on a ground that fits it."""

import click

from pochade.cli.commands import commands

KIND = "One color, a gradient, the picture blurred, or what suits its border."
SIZE = "story (1080x1920), square, slide (1920x1080), or width and height, as 1200x630."
MARGIN = "Around the picture, as a part of the shorter side, 0 to 0.45."
RADIUS = "Of the picture's corners, likewise."
STRIP = "Put the palette under the picture, as a strip of equal pans."
PALETTE = "The colors of the strip: a palette file, or colors with commas. By default those that are found."
CSS = "Print the ground and the color of its text as CSS; -o may then be left out."


@commands.register("background")
@click.command("background", epilog="Exit status: 0; 1 where the picture failed; 2 for wrong usage.")
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help=".png, .jpg, .webp or .css.")
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
) -> int:
    """Put PICTURE on a ground that joins its border, stays calm and carries text; says why it is this one."""
    from pochade.backdrop import background
    from pochade.backdrop.background import SUFFIXES
    from pochade.cli.asked import check_suffix
    from pochade.cli.complain import complain
    from pochade.cli.few import given_palette
    from pochade.export.whole import check_free

    if output is None and not css:
        raise click.UsageError("say where it goes: give -o FILE or --css.")
    if output is not None:
        check_suffix(output, SUFFIXES)
        check_free(output, force=force)
    made = background(
        picture,
        kind=kind,  # type: ignore[arg-type]
        mode=mode,  # type: ignore[arg-type]
        size=size,
        margin=margin,
        radius=radius,
        strip=strip,
        palette=None if palette is None else given_palette(palette),
    )
    if output is not None:
        made.save(output)
    if css:
        click.echo(made.css, nl=False)
    complain(made.reason)
    return 0
