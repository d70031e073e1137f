"""`pochade convert PALETTE OUTPUT`: a palette file in another format."""

import sys

import click

from pochade.cli.commands import commands
from pochade.cli.parameters import Named, Setting

FROM = "The format of PALETTE; by default its suffix and content tell."
TO = "The format of OUTPUT; by default its suffix tells."
EPILOG = "`pochade formats` lists the formats and their options. Exit status: 0; 1 where it failed; 2 for wrong usage."


@commands.register("convert")
@click.command("convert", epilog=EPILOG)
@click.argument("palette", metavar="PALETTE", type=click.Path(allow_dash=True))
@click.argument("output", metavar="OUTPUT", type=click.Path(allow_dash=True))
@click.option("--from", "source", type=Named("format", without="text"), help=FROM)
@click.option("--to", "format", type=Named("format", without="text"), help=TO)
@click.option(
    "--set", "settings", multiple=True, type=Setting(methods=False), help="An option of the format; repeatable."
)
@click.option("--force", is_flag=True, help="Overwrite OUTPUT where it is there already.")
def convert(
    palette: str,
    output: str,
    source: str | None,
    format: str | None,
    settings: tuple[tuple[str, str], ...],
    force: bool,
) -> None:
    """Write the palette of a file in another format.

    PALETTE may be a file, an address of coolors.co, or - for standard input; OUTPUT a file, or - for standard output,
    with --to. What the other format cannot hold (names, shares, places) is left out.
    """
    from pochade.cli.sink import deliver
    from pochade.export import export, exporters, format_of, load
    from pochade.files import check_free

    if format is None and output == "-":
        raise click.UsageError("standard output has no suffix: give the format with --to.")
    if output != "-":
        check_free(output, force=force)
    entry = exporters.entry(format or format_of(output))
    options = entry.parse(settings)
    found = load(_piped() if palette == "-" else palette, source)
    deliver(export(found, entry.name, **options), entry.name, output)


def _piped() -> bytes:
    from pochade.errors import PochadeError
    from pochade.export import MAX_BYTES

    if sys.stdin is None:
        raise PochadeError("standard input: it is closed; name a file.")
    return sys.stdin.buffer.read(MAX_BYTES + 1)
