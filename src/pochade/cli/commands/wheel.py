"""`pochade wheel PICTURE -o FILE`: the colors of a picture on a wheel."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.drawing import draw, shared


@commands.register("wheel")
@click.command("wheel")
@shared
def wheel(picture: str, output: str, dark: bool, title: str | None, **wishes: Any) -> int:
    """Draw the colors of PICTURE at their hue and chroma, as large as their shares."""
    from pochade.draw import wheel, wheel_pdf, wheel_svg

    return draw(picture, output, wishes, (wheel, wheel_svg, wheel_pdf), dark=dark, title=title)
