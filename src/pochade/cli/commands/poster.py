"""`pochade poster PICTURE... -o FILE`: draw pictures with their palettes, to share."""

from typing import Any

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import DRAWINGS, draw_palettes
from pochade.cli.options import (
    arranging,
    drawing,
    finding,
    option,
    picture_output,
    pictures,
    preferring,
    reading,
    recursive,
    setting,
    stated,
)
from pochade.cli.parameters import Named

LAYOUT = "card, wide, grid or story."


@commands.register("poster")
@command(
    "poster",
    group="draw",
    example="pochade poster stills/ --layout wide -o posters/",
    short_help="Draw a picture with its palette.",
)
@pictures()
@picture_output(DRAWINGS)
@finding("k", "method", "space", "seed")
@setting()
@preferring()
@reading("scale", "region", "mask", "frame", "exposure", "truncated")
@recursive()
@option("-l", "--layout", group="Drawing", type=Named("layout"), default="card", show_default=True, help=LAYOUT)
@drawing()
@arranging("Drawing")
def poster(
    pictures: tuple[str, ...],
    recursive: bool,
    output: str,
    format: str | None,
    dark: bool,
    title: str | None,
    layout: str,
    sort: str | None,
    reverse: bool,
    names: str | None,
    unique_names: bool | None,
    settings: tuple[tuple[str, str], ...],
    **options: Any,
) -> int:
    """Draw each PICTURE with its palette: swatches, names, hex codes and shares."""
    from pochade.cli.arrange import Arrange
    from pochade.cli.extraction import parse_settings
    from pochade.draw import poster, poster_pdf, poster_svg
    from pochade.draw.layouts import layouts

    layouts[layout]
    given = stated(options)
    return draw_palettes(
        pictures,
        output,
        format,
        given | parse_settings(settings, given.get("method"), None)[0],
        (poster, poster_svg, poster_pdf),
        recursive=recursive,
        arrange=Arrange(sort, reverse, names, bool(unique_names)),
        layout=layout,
        dark=dark,
        title=title,
    )
