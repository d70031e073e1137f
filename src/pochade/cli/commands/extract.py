"""`pochade PICTURE...`: print the palettes of pictures. The default command."""

from typing import Any

import click

from pochade.cli.command import OutputFile, command
from pochade.cli.commands import commands
from pochade.cli.options import (
    AT_LEAST_1,
    arranging,
    coloring,
    finding,
    option,
    output,
    pictures,
    preferring,
    reading,
    recursive,
    setting,
    stated,
)
from pochade.cli.parameters import Named

FORMAT = "text, json, css, ...; the suffix of -o by default."
OUTPUT = "Write to FILE, or a file per picture to FOLDER/."
SETTING = "An option of the method or of the format; repeatable."
EXPLAIN = "Explain in words why each color is in the palette."
WHY = "Draw the picture once per color, with its pixels highlighted, to this file, or one per picture to FOLDER/."
STRIP = "Draw the picture with the palette under it, to a .png, .svg, .jpg or .webp, or a .png per picture to FOLDER/."
WIDTHS = "Widths in the strip: by weight (the default), or equal."
CURVE = "Show how well palettes of 1 to 16 colors fit the picture; -o curve.png or .svg draws it."
CONTRAST = "Show how readable each color is on each other (WCAG 2.2, APCA), and the best text color on each."
SIGHT = "Show the palette as seen with color vision deficiencies, the confused pairs, and a better palette."
ROLES = "Show which color is vibrant, muted, the background, the text, the accent."
TINTS = "Show tints and shades 50 to 950 of each color; with -f css or tailwind, write them too."
JOBS = "Processes for several pictures; by default one per processor."
RESUME = "Go on with -o FILE.jsonl: skip pictures that are in it, with the same options and unchanged since."


@commands.register("extract")
@command(
    "extract",
    group="palette",
    example="pochade harbor.jpg -k auto --ignore background -o harbor.css",
    short_help="Print the palette of pictures; the default command.",
    epilog="Exit status: 0; 1 if a picture failed; 2 for wrong usage.",
)
@pictures()
@finding("k", "method", "space", "seed")
@setting(SETTING)
@preferring()
@reading()
@recursive()
@option("-j", "--jobs", group="Files", type=AT_LEAST_1, help=JOBS)
@option("-f", "--format", group="Output", type=Named("format"), help=FORMAT)
@output(OUTPUT, folders=True)
@option("--resume", group="Files", is_flag=True, help=RESUME)
@arranging("Output")
@option("--tints", group="Output", is_flag=True, help=TINTS)
@coloring()
@option("--explain", group="Explain", is_flag=True, help=EXPLAIN)
@option("--why", group="Explain", type=OutputFile(folders=True), metavar="FILE", help=WHY)
@option("--strip", group="Explain", type=OutputFile(folders=True), metavar="FILE", help=STRIP)
@option("--widths", group="Explain", type=click.Choice(["weight", "equal"]), help=WIDTHS)
@option("--curve", group="Explain", is_flag=True, help=CURVE)
@option("--contrast", group="Explain", is_flag=True, help=CONTRAST)
@option("--sight", group="Explain", is_flag=True, help=SIGHT)
@option("--roles", group="Explain", is_flag=True, help=ROLES)
def extract(
    pictures: tuple[str, ...],
    settings: tuple[tuple[str, str], ...],
    sort: str | None,
    reverse: bool,
    names: str | None,
    unique_names: bool | None,
    format: str | None,
    output: str | None,
    resume: bool,
    explain: bool,
    why: str | None,
    strip: str | None,
    widths: str | None,
    curve: bool,
    contrast: bool,
    sight: bool,
    roles: bool,
    tints: bool,
    recursive: bool,
    jobs: int | None,
    color: Any,
    **options: Any,
) -> int:
    """Print the palette of each PICTURE.

    A PICTURE may be a file, a pattern, a folder, a URL, - for standard input, or clipboard:.
    """
    from pochade.cli.extraction import extract_all, parse_settings
    from pochade.cli.output import format_for, is_text, writes_tints

    given = stated(options)
    written = tints and writes_tints(format, output)
    flags = {"contrast": contrast, "sight": sight, "roles": roles, "tints": tints and not written}
    reports = tuple(name for name, on in flags.items() if on)
    views = None
    if explain or why or strip or curve or widths or reports:
        from pochade.cli.views import Views

        views = Views(explain=explain, why=why, curve=curve, strip=strip, widths=widths, reports=reports)
    arrange = None
    if unique_names is None and not (views is None and is_text(format, output)):
        unique_names = False
    if sort or reverse or names or unique_names is not False:
        from pochade.cli.arrange import Arrange

        arrange = Arrange(sort, reverse, names, unique_names)
    palette_format = format_for(format, output) if settings and views is None else None
    method_options, format_options = parse_settings(settings, given.get("method"), palette_format)
    if written:
        format_options["tints"] = True
    return extract_all(
        pictures,
        given | method_options,
        format=format,
        output=output,
        resume=resume,
        recursive=recursive,
        jobs=jobs,
        color=color,
        views=views,
        arrange=arrange,
        format_options=format_options,
    )
