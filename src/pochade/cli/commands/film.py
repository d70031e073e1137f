"""`pochade film FILE...`: find the shots of films, and their palettes."""

from typing import Any

import click

from pochade.cli.command import OutputFile, command
from pochade.cli.commands import commands
from pochade.cli.options import coloring, finding, option, setting, stated

VIEW = "Of a picture: stacked, mean, slit, round, sheet or timeline."
OUTPUT = "A file: .html, .png, .svg, .pdf, .json, .csv, .edl, .otio, .vtt or .ffmeta; repeatable."
EVERY = "frame; keyframe, a quick look; or seconds between frames."
SAMPLING = "quarter: one pixel of each 2 x 2, by turns; or all."
BARS = "Leave black bars out, or count them."
START, END = "Begin here: seconds, or h:mm:ss.", "End here."
SHOTS = "Read the starts of shots from this .csv or .edl."
THRESHOLD = "How many times a cut exceeds the changes around it."
COLUMNS = "Slices of time in a barcode."


@commands.register("film")
@command(
    "film",
    group="picture",
    example="pochade film harbor.mp4 -o harbor.html",
    short_help="Find the palettes of a film's shots.",
    epilog="Exit status: 0; 1 if a film failed; 2 for wrong usage; 130 after Ctrl-C, which keeps what was counted.",
)
@click.argument("films", nargs=-1, required=True, metavar="FILM...", type=click.Path(allow_dash=True))
@option("-o", "--output", "outputs", group="Output", type=OutputFile(), multiple=True, metavar="FILE", help=OUTPUT)
@option("--view", group="Output", help=VIEW)
@option("--columns", group="Output", type=int, help=COLUMNS)
@finding("k", "method", k={"default": "6", "show_default": True})
@setting()
@option("--every", group="Reading", help=EVERY)
@option("--sampling", group="Reading", help=SAMPLING)
@option("--bars", group="Reading", type=click.Choice(["cut", "keep"]), help=BARS)
@option("--start", group="Reading", help=START)
@option("--end", group="Reading", help=END)
@option("--shots", group="Reading", type=click.Path(), help=SHOTS)
@option("--threshold", group="Reading", type=float, help=THRESHOLD)
@option("--truncated", group="Reading", is_flag=True, default=None, help="Accept films that end early.")
@option("--resume/--no-resume", "resume", group="Reading", default=None, help="Go on from the last run, or start anew.")
@coloring()
def film(
    films: tuple[str, ...],
    outputs: tuple[str, ...],
    view: str | None,
    columns: int | None,
    settings: tuple[tuple[str, str], ...],
    color: Any,
    **options: Any,
) -> int:
    """Find the shots of each FILM, and the palette of each, counted exactly.

    Without -o, the shots are printed. With several films, * in the name of an output file stands for the name of the
    film; a file without it holds two films side by side.
    """
    from pochade.cli.film import run

    drawing = stated({"view": view, "columns": columns})
    return run(films, outputs, drawing, settings, color, stated(options))
