"""`pochade PICTURE...`: the palettes of pictures. The default command."""

from typing import Any

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Count, Listed, Named, Region, Setting, Several, Wish

COLORS, KINDS = Listed("color,..."), Listed("kind,...")
AT_LEAST_0, AT_LEAST_1 = click.IntRange(min=0), click.IntRange(min=1)
SECONDS = click.FloatRange(min=0, min_open=True)

SCALE = "Count the picture made so much smaller: 0.5 is half its width and height."
FORMAT = "text, json, css, ...: see `pochade formats`; by default as the suffix of -o says, else text."
SET = "An option of the method, or of the format; repeatable."
OUTPUT = "Write to this file, whole or not at all; FOLDER/ takes a file for each picture."
REGION = "Count this box only; whole numbers are pixels, numbers with a decimal point fractions."
KEEP = "Colors that stand in the palette as they are: CSS names, '#8e1a24' (quoted, for the shell), ..."
IGNORE = "Kinds of color that do not count: background, black, white, gray."
MOOD = "colorful, muted, light, dark, bright or deep."
SORT = "The order of the colors: smooth, hue, luminance, ...; `pochade orders`."
NAMES = "The vocabulary that names them; css if not given; `pochade vocabularies`."
WHY = "Draw the picture once per color, with its pixels lit, to this file."
STRIP = "Draw the picture with the palette as a strip under it, to this file: .png, .svg, .jpg or .webp."
CURVE = "Show how well palettes of 1 to 16 colors stand for it; -o curve.png or .svg draws it."
CONTRAST = "Show how well each color reads on each other (WCAG 2.2, APCA), and the best text on it."
SIGHT = "Show how it is seen with color vision deficiencies, what is confused, and the mend."
ROLES = "Show which color is vibrant, muted, the background, the text, the accent."
JOBS = "Processes for several pictures; by default one a processor."


@commands.register("extract")
@click.command("extract", epilog="Exit status: 0; 1 where a picture failed; 2 for wrong usage.")
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE...", type=click.Path(allow_dash=True))
@click.option("-k", "--colors", "k", cls=Wish, type=Count(), help="How many colors, 1 to 256, or auto.")
@click.option("-m", "--method", cls=Wish, type=Named("method"), help="How to choose them; `pochade methods`.")
@click.option("--space", cls=Wish, type=Named("space"), help="The color space to work in; `pochade spaces`.")
@click.option("--seed", cls=Wish, type=AT_LEAST_0, help="For methods that draw by chance.")
@click.option(
    "--set", "settings", multiple=True, type=Setting(), help="An option of the method, or of the format; repeatable."
)
@click.option("--keep", cls=Several, type=COLORS, help=KEEP)
@click.option("--avoid", cls=Several, type=COLORS, help="Colors that must not stand in it, nor any like them.")
@click.option("--ignore", cls=Several, type=KINDS, help=IGNORE)
@click.option("--among", cls=Several, type=COLORS, help="Choose from these colors.")
@click.option("--mood", cls=Wish, type=Named("mood"), help=MOOD)
@click.option("--k-min", cls=Wish, type=int, help="The fewest colors of -k auto; 3 by default.")
@click.option("--k-max", cls=Wish, type=int, help="The most colors of -k auto; 12 by default.")
@click.option("--scale", cls=Wish, type=float, help=SCALE)
@click.option("--region", cls=Wish, type=Region(), help=REGION)
@click.option("--mask", cls=Wish, type=click.Path(), help="Count what is white in this picture.")
@click.option("--frame", cls=Wish, type=AT_LEAST_0, help="One frame of an animation, or page, from 0.")
@click.option("--truncated", cls=Wish, is_flag=True, default=None, help="Accept files that end early.")
@click.option("--max-pixels", cls=Wish, type=AT_LEAST_1, help="Refuse pictures of more pixels.")
@click.option("--max-bytes", cls=Wish, type=AT_LEAST_1, help="Refuse more bytes from a URL or a pipe.")
@click.option("--timeout", cls=Wish, type=SECONDS, help="Seconds for a URL.")
@click.option("--sort", type=Named("order"), help=SORT)
@click.option("--reverse", is_flag=True, help="The order the other way round.")
@click.option("--names", type=Named("vocabulary"), help=NAMES)
@click.option("--unique-names", is_flag=True, help="No name twice in a palette.")
@click.option("-f", "--format", type=Named("format"), help=FORMAT)
@click.option("-o", "--output", type=click.Path(), help=OUTPUT)
@click.option("--explain", is_flag=True, help="Say why each color is there, in words.")
@click.option("--why", type=click.Path(dir_okay=False), metavar="FILE", help=WHY)
@click.option("--strip", type=click.Path(dir_okay=False), metavar="FILE", help=STRIP)
@click.option("--widths", type=click.Choice(["weight", "equal"]), help="Of the strip's colors; by weight without it.")
@click.option("--curve", is_flag=True, help=CURVE)
@click.option("--contrast", is_flag=True, help=CONTRAST)
@click.option("--sight", is_flag=True, help=SIGHT)
@click.option("--roles", is_flag=True, help=ROLES)
@click.option("-r", "--recursive", is_flag=True, help="Look in the folders of folders too.")
@click.option("-j", "--jobs", type=AT_LEAST_1, help=JOBS)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
def extract(
    pictures: tuple[str, ...],
    settings: tuple[tuple[str, str], ...],
    sort: str | None,
    reverse: bool,
    names: str | None,
    unique_names: bool,
    format: str | None,
    output: str | None,
    explain: bool,
    why: str | None,
    strip: str | None,
    widths: str | None,
    curve: bool,
    contrast: bool,
    sight: bool,
    roles: bool,
    recursive: bool,
    jobs: int | None,
    color: Any,
    **wishes: Any,
) -> int:
    """Print the palette of each PICTURE.

    It may be a file, a pattern, a folder, a URL, - for standard input, or clipboard:.
    """
    from pochade.cli.extraction import extract_all, parsed
    from pochade.cli.sink import chosen

    given = {name: value for name, value in wishes.items() if value is not None}
    told = tuple(name for name, on in (("contrast", contrast), ("sight", sight), ("roles", roles)) if on)
    asked = None
    if explain or why or strip or curve or widths or told:
        from pochade.cli.asked import Asked

        asked = Asked(explain=explain, why=why, curve=curve, strip=strip, widths=widths, told=told)
    arrange = None
    if sort or reverse or names or unique_names:
        from pochade.cli.arrange import Arrange

        arrange = Arrange(sort, reverse, names, unique_names)
    wanted = chosen(format, output) if settings and asked is None else None
    of_method, of_format = parsed(settings, given.get("method"), wanted)
    return extract_all(
        pictures,
        given | of_method,
        format=format,
        output=output,
        recursive=recursive,
        jobs=jobs,
        color=color,
        asked=asked,
        arrange=arrange,
        options=of_format,
    )
