"""`pochade quantize PICTURE... -o FILE`: write pictures with few colors."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import AT_LEAST_0, option, output, pictures, reading, recursive, setting, stated
from pochade.cli.parameters import Named

if TYPE_CHECKING:
    from pochade.quantization import Quantized, Report

K = "How many colors, 1 to 256; 16 by default."
PALETTE = "Use these colors: '#8e1a24,white', or all colors of a palette file."
METHOD = "How to choose them; by default, with the least error. `pochade methods`."
SPACE = "The color space of the method; `pochade spaces`."
DIFFERENCE = "The difference that finds the nearest color; oklab by default. `pochade differences`."
DITHER = "none (default), floyd-steinberg, atkinson, sierra, bayer or blue-noise."
LIGHT = "Spread the error in perceived lightness (default) or in linear light."
FORMAT = "png, gif, webp (lossless) or rgb (PNG of 24 bits); by default, the suffix of -o tells, else png."
TARGET_KB = "Use as many colors as fit into a file of this many kilobytes (of 1000 bytes)."
MAX_DIFFERENCE = "Use as few colors as keep the mean CIEDE2000 within this limit."
OUTPUT = "The file: .png, .gif or .webp; FOLDER/, a file for each picture; - is standard output, with -f."
TABLE = "Show size and error for 2, 4, 8 ... 256 colors; no -o needed."

TARGETS = ("target_kb", "max_difference")
FINDING = {"k": "-k", "method": "-m", "space": "--space", "seed": "--seed", "settings": "--set"}
"""The options that choose colors; --palette excludes them."""


@commands.register("quantize")
@command(
    "quantize",
    group="picture",
    example="pochade quantize harbor.jpg -k 16 -d floyd-steinberg -o small.png",
    short_help="Write a picture with few colors.",
    epilog="Exit status: 0; 1 if it failed; 2 for wrong usage.",
)
@pictures()
@option("-k", "--colors", "k", group="Colors", type=int, help=K)
@option("-p", "--palette", group="Colors", metavar="FILE|COLORS", help=PALETTE)
@option("-m", "--method", group="Colors", type=Named("method"), help=METHOD)
@option("--space", group="Colors", type=Named("space"), help=SPACE)
@option("--seed", group="Colors", type=AT_LEAST_0, help="For methods that use random numbers.")
@setting()
@option("--target-kb", group="Colors", type=float, help=TARGET_KB)
@option("--max-difference", group="Colors", type=float, help=MAX_DIFFERENCE)
@option("--difference", group="Pixels", type=Named("difference"), help=DIFFERENCE)
@option("-d", "--dither", group="Pixels", type=Named("dither"), help=DITHER)
@option("--strength", group="Pixels", type=float, help="Of the dither, 0 to 1; 1 by default.")
@option("--light", group="Pixels", type=click.Choice(["perceptual", "linear"]), help=LIGHT)
@option("--background", group="Pixels", metavar="COLOR", help="Put this color under transparent pixels.")
@reading("scale", "region", "mask", "frame", "exposure", "truncated")
@recursive()
@output(OUTPUT, folders=True)
@option("-f", "--format", group="Output", type=Named("picture format"), help=FORMAT)
@option("--table", group="Output", is_flag=True, help=TABLE)
@option("--json", "as_json", group="Output", is_flag=True, help="Report as JSON.")
def quantize(
    pictures: tuple[str, ...],
    recursive: bool,
    output: str | None,
    format: str | None,
    table: bool,
    as_json: bool,
    settings: tuple[tuple[str, str], ...],
    **options: Any,
) -> int:
    """Write each PICTURE with few colors, and report size and error.

    The file is an indexed PNG with as few bits per pixel as possible, a GIF (animated if the picture is) or a lossless
    WebP.
    """
    given = stated(options)
    _check(given | ({"settings": settings} if settings else {}), output, table=table)
    if output == "-" and format is None:
        raise click.UsageError("standard output has no suffix: give the format with -f.")
    from pochade.cli.each import Report as Said
    from pochade.cli.each import write_each
    from pochade.cli.folder import is_folder
    from pochade.cli.palettes import palette_or_colors
    from pochade.cli.sources import expand
    from pochade.quantization import fitted, quantize
    from pochade.quantization import table as reports
    from pochade.quantization.formats import check_suffix, format_of, formats

    named = output is not None and output != "-" and not is_folder(output)
    format = format or (format_of(str(output)) if named else "png")
    suffix = formats.entry(format).about.suffix
    if named:
        check_suffix(str(output), format)
    if settings:
        given |= _method_options(settings, given.get("method"))
    if "palette" in given:
        given["palette"] = palette_or_colors(given["palette"])
    fit = any(name in given for name in TARGETS)
    sources = expand(pictures, recursive=recursive)
    many = len(sources) > 1

    def work(source: str, file: str | None) -> Said:
        opened = _readable_twice(source)
        if file is None:
            rows = reports(opened, format=format, **given)
            _print_table(rows, source if many else None, as_json=as_json)
            return Said()
        result = fitted(opened, format=format, **given) if fit else quantize(opened, **given)
        _write(result, file, format, source if many else None, as_json=as_json)
        return Said(result.palette.notes)

    return write_each(sources, work, {"-o": (output, suffix)})


def _check(given: dict[str, Any], output: str | None, *, table: bool) -> None:
    """Refuse options that contradict each other, before the picture is read."""
    targets = [f"--{name.replace('_', '-')}" for name in TARGETS if name in given]
    if table and (output or targets or "k" in given):
        raise click.UsageError(
            "--table shows all numbers of colors: leave -o, -k, --target-kb and --max-difference out."
        )
    if not table and not output:
        raise click.UsageError("no file to write: give -o FILE, or --table.")
    if targets and "k" in given:
        raise click.UsageError(f"{targets[0]} finds the number of colors: leave -k out.")
    flags = [flag for name, flag in FINDING.items() if name in given]
    if "palette" in given and flags:
        raise click.UsageError(f"--palette gives the colors, and {flags[0]} chooses others: leave one out.")


def _method_options(settings: Sequence[tuple[str, str]], method: str | None) -> dict[str, Any]:
    from pochade.cluster import methods, unknown_option

    if method is None:
        raise click.UsageError("--set gives an option of a method: give the method with -m.")
    entry = methods.entry(method)
    for name, _ in settings:
        if name not in entry.options:
            raise unknown_option(entry, name)
    return entry.parse(settings)


def _readable_twice(picture: Any) -> Any:
    """The source; a pipe or a URL is read now, as the report needs the picture again."""
    from pochade.source import read

    return read(picture) if picture == "-" or (isinstance(picture, str) and "://" in picture) else picture


def _write(result: "Quantized", output: str, format: str, source: str | None, *, as_json: bool) -> None:
    """Write the picture, and print the report. source : the name of one picture of several."""
    from pochade.cli.output import deliver

    deliver(result.encode(format), format, output)
    report, name = result.report(format), "standard output" if output == "-" else output
    fields = ({"source": source} if source else {}) | report.to_dict()
    click.echo(json.dumps(fields) if as_json else f"{name}: {report}", err=output == "-")


def _print_table(reports: "Sequence[Report]", source: str | None, *, as_json: bool) -> None:
    """Print a table, or a line of JSON. source : the name of one picture of several."""
    if as_json:
        rows = [report.to_dict() for report in reports]
        click.echo(json.dumps({"source": source, "reports": rows} if source else rows))
        return
    if source:
        click.echo(f"{source}:")
    click.echo("  k  colors  bits       kB  CIEDE2000  PSNR dB   SSIM")
    for r in reports:
        click.echo(
            f"{r.k:3}  {r.colors:6}  {r.bits:4}  {r.bytes_after / 1000:7.1f}"
            f"  {r.difference:9.2f}  {r.psnr:7.1f}  {r.ssim:5.3f}"
        )
