"""`pochade sight PICTURE -o FILE`: a picture as others see it."""

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Count, Named

AS = "protanopia, deuteranopia, tritanopia or achromatopsia; without it a sheet of all."
SEVERITY = "From 0, normal sight, to 1, by default: a cone that is missing."


@commands.register("sight")
@click.command("sight")
@click.argument("picture", metavar="PICTURE", type=click.Path(allow_dash=True))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False), help="A .png, .jpg or .webp to write.")
@click.option("--as", "deficiency", type=Named("deficiency"), help=AS)
@click.option("--severity", type=float, default=1.0, help=SEVERITY)
@click.option("-k", "--colors", "k", type=Count(), help="How many colors of the palette stand on the sheet.")
def sight(picture: str, output: str, deficiency: str | None, severity: float, k: int | str | None) -> int:
    """Draw PICTURE as it is seen with a color vision deficiency.

    With --as the picture alone, in full size; else a sheet: the picture and its palette as they are, as seen with each
    deficiency, which colors are confused, and the palette mended.
    """
    from pochade.cli.seen import sheet, simulated

    if deficiency is not None and k is not None:
        raise click.UsageError("--colors is of the sheet, and --as asks for the picture alone: leave one out.")
    if deficiency is not None:
        simulated(picture, output, deficiency, severity)
    else:
        sheet(picture, output, severity, k)
    return 0
