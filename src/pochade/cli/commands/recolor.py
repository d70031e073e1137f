"""`pochade recolor PICTURE -o FILE`: a picture in other colors."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Region, Wish

CHANGE = "An old color of the picture and its new one, as '#8e1a24=#1a4c8e' or red=navy; repeatable."
LIKE = "Give it the colors of this picture, or of this palette file."
HARMONIZE = "Bring its hues into a template: i, V, L, I, T, Y or X; the nearest, if none is said."
TONE = "Whether lightness changes with the edited colors only, or by one curve for all."
OUTPUT = ".png, .jpg or .webp; - is standard output, as PNG."
COLORS = "How many colors the palette has; 5 by default."
CUBE = "Write the table of colors, for video and photo editors."
HALD = "Write it as a Hald picture, a .png for ImageMagick, ffmpeg, RawTherapee and darktable."


@commands.register("recolor")
@click.command("recolor", epilog="Exit status: 0; 1 where a picture failed; 2 for wrong usage.")
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@click.option("-c", "--change", multiple=True, metavar="OLD=NEW", help=CHANGE)
@click.option("--like", type=click.Path(), metavar="OTHER", help=LIKE)
@click.option("--harmonize", is_flag=False, flag_value="auto", metavar="[TEMPLATE]", help=HARMONIZE)
@click.option("--tone", type=click.Choice(["local", "global"]), help=TONE)
@click.option("-k", "--colors", "k", type=click.IntRange(1, 256), help=COLORS)
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help=OUTPUT)
@click.option("--cube", type=click.Path(dir_okay=False), metavar="FILE.cube", help=CUBE)
@click.option("--hald", type=click.Path(dir_okay=False), metavar="FILE.png", help=HALD)
@click.option("--force", is_flag=True, help="Overwrite files that are there already.")
@click.option("--scale", cls=Wish, type=float, help="Make the picture so much smaller first.")
@click.option("--region", cls=Wish, type=Region(), help="Take this box only, L,T,R,B.")
@click.option("--frame", cls=Wish, type=click.IntRange(min=0), help="Which one of an animation, or page, from 0.")
@click.option("--truncated", cls=Wish, is_flag=True, default=None, help="Accept a file that ends early.")
def recolor(
    picture: str,
    change: tuple[str, ...],
    like: str | None,
    output: str | None,
    cube: str | None,
    hald: str | None,
    force: bool,
    **wishes: Any,
) -> int:
    """Edit the palette of PICTURE, and let the picture follow.

    `pochade recolor photo.jpg --change '#8e1a24=#1a4c8e' -o blue.png`: a color follows by how near it is to those that
    are edited, with its shades; grays stay.
    """
    from pochade.cli.recolored import write

    if output is None and cube is None and hald is None:
        raise click.UsageError("say where it goes: give -o, --cube or --hald.")
    given = {name: value for name, value in wishes.items() if value is not None}
    write(picture, change, like, (output, cube, hald), force=force, **given)
    return 0
