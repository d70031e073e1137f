"""`pochade compare-methods PICTURE... -o FILE`: draw palettes of a picture side by side on a sheet."""

from typing import Any, Literal

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import PICTURES
from pochade.cli.options import option, picture_output, pictures, reading, recursive, stated
from pochade.cli.parameters import Parsed

SUFFIXES = (*PICTURES, ".svg")
COUNTS = Parsed("number|auto,...", tuple[int | Literal["auto"], ...])
SCALES = "Scales of the picture: 1,0.5 uses it in full and in half size."


@commands.register("compare-methods")
@command(
    "compare-methods",
    group="draw",
    example="pochade compare-methods harbor.jpg --methods kmeans,prominent -o sheet.png",
    short_help="Draw palettes of several methods on one sheet.",
    epilog="Of the lists with several values, the last one makes the columns.",
)
@pictures()
@picture_output(SUFFIXES)
@option(
    "--methods",
    group="Colors",
    type=Parsed("method,...", tuple[str, ...], "method"),
    help="Methods, with commas; `pochade methods`.",
)
@option(
    "--spaces",
    group="Colors",
    type=Parsed("space,...", tuple[str, ...], "space"),
    help="Color spaces; `pochade spaces`.",
)
@option("-k", "--colors", "k", group="Colors", type=COUNTS, help="Numbers of colors.")
@option(
    "--seeds", group="Colors", type=Parsed("number,...", tuple[int, ...]), help="For methods that use random numbers."
)
@option("--scales", group="Reading", type=Parsed("number,...", tuple[float, ...]), help=SCALES)
@reading("region")
@recursive()
@option("--times", group="Output", is_flag=True, help="Show the time that each method took.")
def compare_methods(pictures: tuple[str, ...], recursive: bool, output: str, format: str | None, **options: Any) -> int:
    """Draw palettes of each PICTURE by several methods, spaces, numbers of colors, scales or seeds on a sheet.

    Each palette is sorted by weight. Beside it is the mean CIEDE2000 of the pixels from its colors.
    """
    from pochade.cli.drawing import drawn, suffix_for
    from pochade.cli.each import Report, write_each
    from pochade.cli.output import deliver
    from pochade.cli.sources import expand

    suffix = suffix_for(output, format, SUFFIXES)
    from pochade.draw import sheet, sheet_svg

    given = stated(options)

    def work(source: str, file: str) -> Report:
        page = drawn(suffix, lambda: sheet(source, **given), lambda: sheet_svg(source, **given))
        deliver(page, suffix[1:], file)
        return Report()

    return write_each(expand(pictures, recursive=recursive), work, {"-o": (output, suffix)})
