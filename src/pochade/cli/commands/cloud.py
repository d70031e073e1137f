"""`pochade cloud PICTURE... -o FILE`: draw the colors of pictures as points in a color space."""

from typing import Any

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import PICTURES
from pochade.cli.options import (
    finding,
    option,
    picture_output,
    pictures,
    reading,
    recursive,
    setting,
    stated,
)
from pochade.cli.parameters import LibraryOption, Named

SHOWN = "The space to draw: oklab (the default), cielab, hsv or rgb."
WITHIN = "The space that the method works in; `pochade spaces`."
SUFFIXES = (".html", *PICTURES)
"""An interactive page, or a picture."""


@commands.register("cloud")
@command(
    "cloud",
    group="draw",
    example="pochade cloud harbor.jpg -o cloud.html",
    short_help="Draw colors as points in a color space.",
)
@pictures()
@picture_output(SUFFIXES)
@option("--space", "shown", group="Drawing", default="oklab", metavar="SPACE", help=SHOWN)
@finding("k", "method")
@option("--within", "space", group="Colors", cls=LibraryOption, type=Named("space"), help=WITHIN)
@finding("seed")
@setting()
@reading("scale", "region")
@recursive()
def cloud(
    pictures: tuple[str, ...],
    recursive: bool,
    shown: Any,
    output: str,
    format: str | None,
    settings: tuple[tuple[str, str], ...],
    **options: Any,
) -> int:
    """Draw the colors of each PICTURE as points in a color space.

    The colors of the palette are drawn as larger points. A .html is an interactive page.
    """
    from pochade.cli.drawing import drawn, suffix_for
    from pochade.cli.each import Report, write_each
    from pochade.cli.extraction import parse_settings
    from pochade.cli.output import deliver
    from pochade.cli.sources import expand
    from pochade.cli.views import extracted
    from pochade.draw import cloud, cloud_html
    from pochade.draw.space import check_space
    from pochade.extraction.extract import check_keywords

    suffix = suffix_for(output, format, SUFFIXES)
    check_space(shown)
    given = stated(options)
    given |= parse_settings(settings, given.get("method"), None)[0]
    check_keywords(given)

    def work(source: str, file: str) -> Report:
        palette = extracted(source, given)
        page = drawn(suffix, lambda: cloud(palette, space=shown), lambda: cloud_html(palette, space=shown))
        deliver(page, suffix[1:], file)
        return Report(palette.notes)

    return write_each(expand(pictures, recursive=recursive), work, {"-o": (output, suffix)})
