"""`pochade quantize PICTURE -o FILE`: the picture with few colors."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Named, Region, Setting, Wish

K = "How many colors, 1 to 256; 16 where nothing else says."
PALETTE = "Take these colors: '#8e1a24,white', or a palette file of any format that is read; all of them."
METHOD = "How to find them; by default those of least error. `pochade methods`."
DIFFERENCE = "How the nearest color is found; oklab by default. `pochade differences`."
DITHER = "none (default), floyd-steinberg, atkinson, sierra, bayer or blue-noise."
LIGHT = "Even errors out as the eye sees steps (default), or in the light itself."
FORMAT = "png, gif, webp (lossless) or rgb (PNG of 24 bits); by default as the suffix of -o says, else png."
TARGET = "Take the most colors whose file has at most so many kilobytes (of 1000 bytes)."
MOST = "Take the fewest colors within this mean CIEDE2000 of the picture."
OUTPUT = "The file: .png, .gif or .webp; - is standard output, with -f."
TABLE = "Show size and error for 2, 4, 8 ... 256 colors; no -o needed."


@commands.register("quantize")
@click.command("quantize", epilog="Exit status: 0; 1 where it failed; 2 for wrong usage.")
@click.argument("picture", type=click.Path(allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False), help=OUTPUT)
@click.option("-k", "--colors", "k", type=int, help=K)
@click.option("-p", "--palette", help=PALETTE)
@click.option("-m", "--method", type=Named("method"), help=METHOD)
@click.option("--space", type=Named("space"), help="The space that the method works in; `pochade spaces`.")
@click.option("--seed", type=click.IntRange(min=0), help="For methods that draw by chance.")
@click.option("--set", "settings", multiple=True, type=Setting(), help="An option of the method; repeatable.")
@click.option("--difference", type=Named("difference"), help=DIFFERENCE)
@click.option("-d", "--dither", type=Named("dither"), help=DITHER)
@click.option("--strength", type=float, help="Of the dither, 0 to 1; 1 by default.")
@click.option("--light", type=click.Choice(["perceptual", "linear"]), help=LIGHT)
@click.option("--background", metavar="COLOR", help="Put this color under transparent pixels.")
@click.option("-f", "--format", type=Named("picture format"), help=FORMAT)
@click.option("--target-kb", type=float, help=TARGET)
@click.option("--max-difference", type=float, help=MOST)
@click.option("--table", is_flag=True, help=TABLE)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.option("--force", is_flag=True, help="Overwrite the file where it is there already.")
@click.option("--scale", cls=Wish, type=float, help="Make the picture so much smaller first.")
@click.option("--region", cls=Wish, type=Region(), help="Take this box only, L,T,R,B.")
@click.option("--mask", cls=Wish, type=click.Path(), help="Show what is white in this picture.")
@click.option("--frame", cls=Wish, type=click.IntRange(min=0), help="One frame of an animation, or page, from 0.")
@click.option("--truncated", cls=Wish, is_flag=True, default=None, help="Accept a file that ends early.")
def quantize(picture: str, **given: Any) -> int:
    """Write PICTURE with few colors, and report what that costs and saves.

    The file is an indexed PNG, of as few bits a pixel as do, a GIF (animated where the picture is) or a lossless WebP.
    """
    from pochade.cli.few import few

    return few(picture, {name: value for name, value in given.items() if value is not None})
