"""`pochade wheel PICTURE... -o FILE`: draw the colors of pictures on color wheels."""

from typing import Any

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import DRAWINGS, draw_palettes
from pochade.cli.options import drawing, finding, picture_output, pictures, reading, recursive, stated


@commands.register("wheel")
@command(
    "wheel",
    group="draw",
    example="pochade wheel harbor.jpg -o wheel.svg",
    short_help="Draw colors on a color wheel.",
)
@pictures()
@picture_output(DRAWINGS)
@finding("k", "method")
@reading("scale", "region", "mask", "frame", "exposure", "truncated")
@recursive()
@drawing()
def wheel(
    pictures: tuple[str, ...],
    recursive: bool,
    output: str,
    format: str | None,
    dark: bool,
    title: str | None,
    **options: Any,
) -> int:
    """Draw the colors of each PICTURE by hue and chroma, sized by share."""
    from pochade.draw import wheel, wheel_pdf, wheel_svg

    kinds = wheel, wheel_svg, wheel_pdf
    return draw_palettes(pictures, output, format, stated(options), kinds, recursive=recursive, dark=dark, title=title)
