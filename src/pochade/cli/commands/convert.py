"""`pochade convert PALETTE OUTPUT`: write a palette file in another format."""

import sys

import click

from pochade.cli.command import OutputFile, command
from pochade.cli.commands import commands
from pochade.cli.options import option, setting
from pochade.cli.parameters import Named

FROM = "The format of PALETTE; by default, suffix and content tell."
TO = "The format of OUTPUT; by default, its suffix tells."
EPILOG = "`pochade formats` lists formats and their options. Exit status: 0; 1 if it failed; 2 for wrong usage."


@commands.register("convert")
@command("convert", group="palette", example="pochade convert harbor.css harbor.swift", epilog=EPILOG)
@click.argument("palette", metavar="PALETTE", type=click.Path(allow_dash=True))
@click.argument("output", metavar="OUTPUT", type=OutputFile(folders=True))
@option("--from", "source", group="Formats", type=Named("format", without="text"), help=FROM)
@option("--to", "format", group="Formats", type=Named("format", without="text"), help=TO)
@setting("An option of the format; repeatable.", methods=False, group="Formats")
def convert(
    palette: str, output: str, source: str | None, format: str | None, settings: tuple[tuple[str, str], ...]
) -> None:
    """Write a palette file in another format.

    PALETTE may be a file, a URL of coolors.co, or - for standard input. OUTPUT may be a file, or - for standard output,
    with --to. Data that the other format cannot hold (names, shares, places) is dropped. Entries of PALETTE that are no
    fixed opaque colors are left out; a note on standard error says how many, and why.
    """
    from pochade.cli.output import deliver
    from pochade.cli.palettes import loaded
    from pochade.export import export, exporters, format_of

    if format is None and output == "-":
        raise click.UsageError("standard output has no suffix: give the format with --to.")
    entry = exporters.entry(format or format_of(output))
    options = entry.parse(settings)
    content = loaded(_standard_input() if palette == "-" else palette, source)
    deliver(export(content, entry.name, **options), entry.name, output)


def _standard_input() -> bytes:
    from pochade.errors import PochadeError
    from pochade.export import MAX_BYTES

    if sys.stdin is None:
        raise PochadeError("standard input: it is closed; name a file.")
    return sys.stdin.buffer.read(MAX_BYTES + 1)
