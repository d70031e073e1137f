"""`pochade sight PICTURE -o FILE`: show a picture with color vision deficiencies."""

from typing import TYPE_CHECKING

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import finding, option, output
from pochade.cli.parameters import Named

if TYPE_CHECKING:
    from pochade.color.vision import Deficiency

AS = "protanopia, deuteranopia, tritanopia or achromatopsia; without it, a sheet of all."
SEVERITY = "From 0 (normal sight) to 1 (a missing cone)."


@commands.register("sight")
@command(
    "sight",
    group="picture",
    example="pochade sight harbor.jpg --as deuteranopia -o seen.png",
    short_help="Simulate color vision deficiencies.",
)
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@output("The file: .png, .jpg or .webp.", required=True)
@option("--as", "deficiency", group="Sight", type=Named("deficiency"), help=AS)
@option("--severity", group="Sight", type=float, default=1.0, show_default=True, help=SEVERITY)
@finding("k", k={"help": "How many colors the sheet shows, 1 to 256, or auto."})
def sight(picture: str, output: str, deficiency: "Deficiency | None", severity: float, k: int | str | None) -> int:
    """Draw PICTURE as people with a color vision deficiency see it.

    With --as, the file is the picture alone, in full size. Without it, the file is a sheet: the picture and its
    palette as seen with each deficiency, the pairs of colors that are confused, and a palette that avoids them.
    """
    if deficiency is not None and k is not None:
        raise click.UsageError("--colors is an option of the sheet, and --as draws the picture alone: leave one out.")
    from pochade.cli.drawing import PICTURES, check_suffix
    from pochade.color.vision import DEFICIENCIES, check

    check_suffix(output, PICTURES)
    check(DEFICIENCIES[0] if deficiency is None else deficiency, severity)
    if deficiency is not None:
        _write_picture(picture, output, deficiency, severity)
    else:
        _write_sheet(picture, output, severity, k)
    return 0


def _write_picture(source: str, output: str, deficiency: "Deficiency", severity: float) -> None:
    from PIL import Image

    from pochade.accessibility import picture
    from pochade.cli.drawing import write_picture
    from pochade.cli.errors import complain_of
    from pochade.errors import OptionError
    from pochade.source import read

    pixels = read(source)
    image = Image.fromarray(picture(pixels, deficiency, severity))
    complain_of(pixels.notes, source)
    if image.mode == "RGBA" and output.lower().endswith((".jpg", ".jpeg")):
        raise OptionError(
            f"{output}: part of the picture is transparent, and JPEG has no transparency: give .png or .webp."
        )
    write_picture(output, lambda: image)


def _write_sheet(source: str, output: str, severity: float, k: int | str | None) -> None:
    from pochade.cli.drawing import write_picture
    from pochade.cli.errors import complain_of
    from pochade.draw import sight
    from pochade.extraction.extract import extract

    palette = extract(source) if k is None else extract(source, k)  # type: ignore[arg-type]
    complain_of(palette.notes, source)
    write_picture(output, lambda: sight(palette, severity=severity))
