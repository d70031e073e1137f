"""`pochade find COLLECTION COLOR...`: find the pictures of a collection that have colors."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import AT_LEAST_1, coloring, option, stated

NO = "A color that the pictures must not have; repeatable."
LIKE = "Palettes like that of this picture come first: a file, a URL, or an id of the collection."
WITHIN = "The distance in Oklab up to which a color counts as the one wished for.  [default: 0.1]"
TRACE = "The share below which a picture has none of a color.  [default: 0.1%]"
TOP = "The most pictures.  [default: 20]"


def _share(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """A share from a percentage, such as 0.1%."""
    if value is None:
        return None
    text = value.strip()
    try:
        if text.endswith("%") and 0 <= float(text[:-1]) <= 100:
            return float(text[:-1]) / 100
    except ValueError:
        pass
    raise click.BadParameter(f"{value!r} is no share: give a percentage from 0% to 100%, such as 0.1%.")


@commands.register("find")
@command(
    "find",
    group="palette",
    example="pochade find museum.pochade teal:60% orange:5% --no green",
    short_help="Find the pictures of a collection by their colors.",
    epilog="Exit status: 0, also if no picture fits; 1 if the collection cannot be read; 2 for wrong usage.",
)
@click.argument("collection", metavar="COLLECTION", type=click.Path())
@click.argument("wishes", nargs=-1, metavar="[COLOR[:SHARE]...]")
@option("--no", "without", group="Search", multiple=True, metavar="COLOR", help=NO)
@option("--like", group="Search", metavar="PICTURE", help=LIKE)
@option("--within", group="Search", type=float, help=WITHIN)
@option("--trace", group="Search", callback=_share, metavar="SHARE", help=TRACE)
@option("-n", "--top", group="Search", type=AT_LEAST_1, help=TOP)
@option("-f", "--format", group="Output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@coloring()
def find(
    collection: str,
    wishes: tuple[str, ...],
    format: str,
    color: Any,
    **options: Any,
) -> int:
    """Find the pictures of a COLLECTION that have colors, the best first, and say why.

    A COLOR is #rrggbb, a name of CSS, XKCD or ISCC-NBS, or a family such as "any green". Alone it is found in any size;
    teal:60% is about that share of the picture, orange:2%..10% a share in that range. All must be fulfilled.
    """
    from pochade.cli.search import find_pictures

    given = stated(options)
    if not given["without"]:
        del given["without"]
    return find_pictures(collection, wishes, given, format=format, color=color)
