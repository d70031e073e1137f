"""`pochade compare PICTURE...`: measure how similar pictures look."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import (
    AT_LEAST_1,
    coloring,
    finding,
    option,
    output,
    pictures,
    reading,
    recursive,
    stated,
)
from pochade.cli.parameters import Named

DIFFERENCE = "The difference of two colors: ciede2000, oklab, or another; oklab makes a metric."
OUTPUT = "Draw it to this file, .png, .svg, .jpg or .webp: the flow of two pictures, a heat map of more."
LIKE = "Rank the other pictures by their distance to this one."
JOBS = "Processes for many pictures; by default one per processor."


@commands.register("compare")
@command(
    "compare",
    group="palette",
    example="pochade compare harbor.jpg photo.jpg",
    short_help="Measure how similar pictures look.",
    epilog="Exit status: 0; 1 if a picture failed; 2 for wrong usage.",
)
@pictures()
@option("--like", group="Comparison", type=click.Path(allow_dash=True), metavar="PICTURE", help=LIKE)
@option(
    "--difference",
    group="Comparison",
    type=Named("difference"),
    default="ciede2000",
    show_default=True,
    help=DIFFERENCE,
)
@finding("k", "method")
@reading("scale", "region", "truncated")
@recursive()
@option("-j", "--jobs", group="Files", type=AT_LEAST_1, help=JOBS)
@output(OUTPUT)
@option("-f", "--format", group="Output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@coloring()
def compare(
    pictures: tuple[str, ...],
    like: str | None,
    difference: str,
    format: str,
    output: str | None,
    recursive: bool,
    jobs: int | None,
    color: Any,
    **options: Any,
) -> int:
    """Measure how similar pictures look.

    Of two pictures: their distance, which colors became which, and how their looks differ. Of more pictures: the
    distance of every pair, ordered so that neighbors look similar. A PICTURE may be a file, a pattern, a folder, a URL,
    or a palette file, whose colors are compared as they are.
    """
    from pochade.cli.similarity import compare_pictures

    return compare_pictures(
        pictures,
        stated(options),
        like=like,
        difference=difference,
        format=format,
        output=output,
        recursive=recursive,
        jobs=jobs,
        color=color,
    )
