"""`pochade compare PICTURE...`: how alike pictures look."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Count, Named, Region, Wish

DIFFERENCE = "How two colors are compared: ciede2000, oklab, or another; oklab makes a metric."
OUTPUT = "Draw it to this file, .png, .svg, .jpg or .webp: of two the flow, of more a heat map."
LIKE = "Rank the others by how alike they look to this picture."
JOBS = "Processes for many pictures; by default one a processor."


@commands.register("compare")
@click.command("compare", epilog="Exit status: 0; 1 where a picture failed; 2 for wrong usage.")
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE...", type=click.Path(allow_dash=True))
@click.option("--like", type=click.Path(allow_dash=True), metavar="PICTURE", help=LIKE)
@click.option("--difference", type=Named("difference"), default="ciede2000", show_default=True, help=DIFFERENCE)
@click.option("-k", "--colors", "k", cls=Wish, type=Count(), help="How many colors stand for each, 1 to 256, or auto.")
@click.option("-m", "--method", cls=Wish, type=Named("method"), help="How to choose them; `pochade methods`.")
@click.option("--scale", cls=Wish, type=float, help="Count the pictures made so much smaller.")
@click.option("--region", cls=Wish, type=Region(), help="Count this box only.")
@click.option("--truncated", cls=Wish, is_flag=True, default=None, help="Accept files that end early.")
@click.option("-f", "--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help=OUTPUT)
@click.option("--force", is_flag=True, help="Overwrite the file of -o where it is there already.")
@click.option("-r", "--recursive", is_flag=True, help="Look in the folders of folders too.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help=JOBS)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
def compare(
    pictures: tuple[str, ...],
    like: str | None,
    difference: str,
    format: str,
    output: str | None,
    force: bool,
    recursive: bool,
    jobs: int | None,
    color: Any,
    **wishes: Any,
) -> int:
    """Say how alike pictures look.

    Of two pictures: how far apart they are, what became what, and how the second looks beside the first. Of more: the
    distance of every two, in an order in which neighbors look alike. A PICTURE may be a file, a pattern, a folder, a
    URL, or a palette file, whose colors count as they are.
    """
    from pochade.cli.alike import compared

    given = {name: value for name, value in wishes.items() if value is not None}
    return compared(
        pictures,
        given,
        like=like,
        difference=difference,
        format=format,
        output=output,
        force=force,
        recursive=recursive,
        jobs=jobs,
        color=color,
    )
