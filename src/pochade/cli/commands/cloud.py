"""`pochade cloud PICTURE`: its colors as points in a color space."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Count, Named, Region, Setting, Wish

SHOWN = "Show it in oklab (the default), cielab, hsv or rgb."
WITHIN = "Find the colors in this space; `pochade spaces`."
OUTPUT = "A page that can be turned (.html), or a still picture (.png, .jpg, .webp)."


@commands.register("cloud")
@click.command("cloud")
@click.argument("picture", type=click.Path(allow_dash=True))
@click.option("--space", "shown", default="oklab", metavar="SPACE", help=SHOWN)
@click.option("-k", "--colors", "k", cls=Wish, type=Count(), help="How many colors, 1 to 256, or auto.")
@click.option("-m", "--method", cls=Wish, type=Named("method"), help="How to choose them; `pochade methods`.")
@click.option("--within", "space", cls=Wish, type=Named("space"), help=WITHIN)
@click.option("--seed", cls=Wish, type=click.IntRange(min=0), help="For methods that draw by chance.")
@click.option("--set", "settings", multiple=True, type=Setting(), help="An option of the method; repeatable.")
@click.option("--scale", cls=Wish, type=float, help="Count the picture made so much smaller.")
@click.option("--region", cls=Wish, type=Region(), help="Count this box only.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, metavar="FILE", help=OUTPUT)
def cloud(picture: str, shown: Any, output: str, settings: tuple[tuple[str, str], ...], **wishes: Any) -> int:
    """Draw the colors of PICTURE as points in a color space, with its palette among them."""
    from pochade.cli.asked import PICTURES, check_suffix, write_picture
    from pochade.cli.extraction import parsed
    from pochade.draw import cloud, cloud_html
    from pochade.draw.space import check_space
    from pochade.extraction.extract import extract

    check_suffix(output, [".html", *PICTURES])
    check_space(shown)
    given = {name: value for name, value in wishes.items() if value is not None}
    palette = extract(picture, **given, **parsed(settings, given.get("method"), None)[0])
    write_picture(output, lambda: cloud(palette, space=shown), lambda: cloud_html(palette, space=shown))
    return 0
