"""`pochade sight PICTURE... -o FILE`: show pictures with color vision deficiencies."""

from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.drawing import PICTURES
from pochade.cli.options import finding, option, picture_output, pictures, recursive
from pochade.cli.parameters import Named

if TYPE_CHECKING:
    from pochade.color.vision import Deficiency

AS = "protanopia, deuteranopia, tritanopia or achromatopsia; without it, a sheet of all."
SEVERITY = "From 0 (normal sight) to 1 (a missing cone)."


@commands.register("sight")
@command(
    "sight",
    group="draw",
    example="pochade sight harbor.jpg --as deuteranopia -o seen.png",
    short_help="Simulate color vision deficiencies.",
)
@pictures()
@picture_output(PICTURES)
@option("--as", "deficiency", group="Sight", type=Named("deficiency"), help=AS)
@option("--severity", group="Sight", type=float, default=1.0, show_default=True, help=SEVERITY)
@finding("k", k={"help": "How many colors the sheet shows, 1 to 256, or auto."})
@recursive()
def sight(
    pictures: tuple[str, ...],
    recursive: bool,
    output: str,
    format: str | None,
    deficiency: "Deficiency | None",
    severity: float,
    k: int | str | None,
) -> int:
    """Draw each PICTURE as people with a color vision deficiency see it.

    With --as, the file is the picture alone, in full size. Without it, the file is a sheet: the picture and its
    palette as seen with each deficiency, the pairs of colors that are confused, and a palette that avoids them.
    """
    if deficiency is not None and k is not None:
        raise click.UsageError("--colors is an option of the sheet, and --as draws the picture alone: leave one out.")
    from pochade.cli.drawing import suffix_for
    from pochade.cli.each import Report, write_each
    from pochade.cli.output import deliver
    from pochade.cli.sources import expand
    from pochade.color.vision import DEFICIENCIES, check
    from pochade.extraction.extract import check_keywords

    suffix = suffix_for(output, format, PICTURES)
    check(DEFICIENCIES[0] if deficiency is None else deficiency, severity)
    options = {} if k is None else {"k": k}
    check_keywords(options)

    def work(source: str, file: str) -> Report:
        if deficiency is None:
            content, notes = _sheet(source, suffix, severity, options)
        else:
            content, notes = _picture(source, file, suffix, deficiency, severity)
        deliver(content, suffix[1:], file)
        return Report(notes)

    return write_each(expand(pictures, recursive=recursive), work, {"-o": (output, suffix)})


def _picture(
    source: str, file: str, suffix: str, deficiency: "Deficiency", severity: float
) -> tuple[bytes, tuple[str, ...]]:
    """The picture as seen, and the notes on it."""
    from PIL import Image

    from pochade.accessibility import picture
    from pochade.cli.drawing import drawn
    from pochade.errors import OptionError
    from pochade.source import read

    pixels = read(source)
    image = Image.fromarray(picture(pixels, deficiency, severity))
    if image.mode == "RGBA" and suffix in (".jpg", ".jpeg"):
        raise OptionError(
            f"{file}: part of the picture is transparent, and JPEG has no transparency: give .png or .webp."
        )
    return drawn(suffix, lambda: image), pixels.notes


def _sheet(source: str, suffix: str, severity: float, options: dict[str, Any]) -> tuple[bytes, tuple[str, ...]]:
    """The sheet of all deficiencies, and the notes on the picture."""
    from pochade.cli.drawing import drawn
    from pochade.cli.views import extracted
    from pochade.draw import sight

    palette = extracted(source, options)
    return drawn(suffix, lambda: sight(palette, severity=severity)), palette.notes
