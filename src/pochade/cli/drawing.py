"""What `pochade poster` and `pochade wheel` share: one picture in, one drawing out."""

import os
from collections.abc import Callable
from typing import Any

import click

from pochade.cli.complain import complain
from pochade.cli.parameters import Count, Named, Wish
from pochade.errors import OptionError
from pochade.files import DRAWINGS, whole_file
from pochade.palette import Palette

KINDS = {suffix: kind.name for suffix, kind in DRAWINGS.items()}
"""What a drawing can be written as, by suffix."""

Command = Callable[..., Any]

_SHARED: tuple[Callable[[Command], Command], ...] = (
    click.argument("picture", type=click.Path(allow_dash=True)),
    click.option(
        "-o", "--output", required=True, type=click.Path(dir_okay=False), help=f"The file: {', '.join(KINDS)}."
    ),
    click.option("-k", "--colors", "k", cls=Wish, type=Count(), help="How many colors, or auto."),
    click.option("-m", "--method", cls=Wish, type=Named("method"), help="How to choose them; `pochade methods`."),
    click.option("--dark", is_flag=True, help="On a dark ground."),
    click.option("--title", help="By default what the picture is called; '' for none."),
)


def shared(command: Command) -> Command:
    """A decorator: the argument and options that every drawing has."""
    for add in reversed(_SHARED):
        command = add(command)
    return command


def draw(
    picture: str, output: str, wishes: dict[str, Any], kinds: tuple[Command, Command, Command], **options: Any
) -> int:
    """Extract the palette of a picture and write a drawing of it; the exit status.

    kinds : what draws it as a PIL image, as SVG, and as PDF.
    """
    suffix = os.path.splitext(output)[1].lower()
    if suffix not in KINDS:
        raise OptionError(f"{output}: its suffix is not one of {', '.join(KINDS)}.")
    from pochade.extraction.extract import extract
    from pochade.source import read

    # read first, so that what comes from a pipe or a URL is there to be shown without being fetched again
    palette = extract(read(picture), **{name: value for name, value in wishes.items() if value is not None})
    content = _content(palette, KINDS[suffix], kinds, options)
    with whole_file(output) as file:
        file.write(content)
    if palette.shortfall:
        complain(palette.shortfall)
    return 0


def _content(palette: Palette, kind: str, kinds: tuple[Command, Command, Command], options: dict[str, Any]) -> bytes:
    image, svg, pdf = kinds
    if kind == "SVG":
        text: str = svg(palette, **options)
        return text.encode()
    if kind == "PDF":
        document: bytes = pdf(palette, **options)
        return document
    import io

    file = io.BytesIO()
    image(palette, **options).save(file, kind, quality=92)
    return file.getvalue()
