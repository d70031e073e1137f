"""`pochade cloud PICTURE -o FILE`: draw the colors of a picture as points in a color space."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import finding, option, output, reading, setting, stated
from pochade.cli.parameters import LibraryOption, Named

SHOWN = "The space to draw: oklab (the default), cielab, hsv or rgb."
WITHIN = "The space that the method works in; `pochade spaces`."
OUTPUT = "An interactive page (.html) or a picture (.png, .jpg, .webp)."


@commands.register("cloud")
@command(
    "cloud",
    group="picture",
    example="pochade cloud harbor.jpg -o cloud.html",
    short_help="Draw colors as points in a color space.",
)
@click.argument("picture", type=click.Path(allow_dash=True))
@output(OUTPUT, required=True)
@option("--space", "shown", group="Drawing", default="oklab", metavar="SPACE", help=SHOWN)
@finding("k", "method")
@option("--within", "space", group="Colors", cls=LibraryOption, type=Named("space"), help=WITHIN)
@finding("seed")
@setting()
@reading("scale", "region")
def cloud(picture: str, shown: Any, output: str, settings: tuple[tuple[str, str], ...], **options: Any) -> int:
    """Draw the colors of PICTURE as points in a color space.

    The colors of the palette are drawn as larger points.
    """
    from pochade.cli.drawing import PICTURES, check_suffix, write_picture
    from pochade.cli.errors import complain_of
    from pochade.cli.extraction import parse_settings
    from pochade.draw import cloud, cloud_html
    from pochade.draw.space import check_space
    from pochade.extraction.extract import extract

    check_suffix(output, [".html", *PICTURES])
    check_space(shown)
    given = stated(options)
    palette = extract(picture, **given, **parse_settings(settings, given.get("method"), None)[0])
    complain_of(palette.notes, picture)
    write_picture(output, lambda: cloud(palette, space=shown), lambda: cloud_html(palette, space=shown))
    return 0
