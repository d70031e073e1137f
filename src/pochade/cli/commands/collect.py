"""`pochade collect PICTURE... -o FOLDER`: make a collection of pictures, or bring it up to date."""

from typing import Any

import click

from pochade.cli.command import command
from pochade.cli.commands import commands
from pochade.cli.options import AT_LEAST_1, finding, option, preferring, reading, setting, stated

FOLDER = "The folder of the collection, such as museum.pochade."
TABLE = "Read paths and URLs from this Parquet file."
COLUMN = "The column of the file of --from."
DRY = "Only say what would be read and written."
RETRY = "Try pictures again that failed."
EACH = "In the collection's palette, each picture weighs the same (the default), or each pixel."
ENGINE = "What runs the shards: local, this machine; or daft."
ADDRESS = "The cluster of Ray for --engine daft, such as 10.0.0.5:6379."
JOBS = "Processes for pictures; by default one per processor."


@commands.register("collect")
@command(
    "collect",
    group="palette",
    example="pochade collect scans/ -r -o museum.pochade",
    short_help="Make a collection of many pictures, to search and to extract from.",
    epilog="Exit status: 0; 1 if a picture failed; 2 for wrong usage; 130 after Ctrl-C, which keeps what is written.",
)
@click.argument("pictures", nargs=-1, metavar="[PICTURE...]", type=click.Path())
@option("-o", "--output", "folder", group="Output", required=True, type=click.Path(), metavar="FOLDER", help=FOLDER)
@option("-r", "--recursive", group="Files", is_flag=True, default=None, help="Search subfolders too.")
@option("--from", "table", group="Files", type=click.Path(), metavar="FILE", help=TABLE)
@option("--column", group="Files", metavar="NAME", help=COLUMN)
@option("--retry", group="Files", is_flag=True, help=RETRY)
@option("--dry-run", group="Files", is_flag=True, help=DRY)
@option("--each", group="Colors", type=click.Choice(["picture", "pixel"]), help=EACH)
@option("--engine", group="Engine", default="local", show_default=True, help=ENGINE)
@option("--address", group="Engine", help=ADDRESS)
@option("-j", "--jobs", group="Engine", type=AT_LEAST_1, help=JOBS)
@finding("k", "method", "space", "seed")
@setting()
@preferring()
@reading()
def collect(
    pictures: tuple[str, ...],
    folder: str,
    table: str | None,
    column: str | None,
    dry_run: bool,
    settings: tuple[tuple[str, str], ...],
    **options: Any,
) -> int:
    """Make a collection of the PICTUREs, which may be files, patterns, folders and URLs; or bring it up to date.

    What is current is skipped, so the same command goes on after an interruption. Without a PICTURE, the sources that
    the collection notes are looked at again.
    """
    from pochade.cli.extraction import parse_settings
    from pochade.cli.museum import collect_all

    given = stated(options)
    own, _ = parse_settings(settings, given.get("method"), None)
    return collect_all(pictures, folder, table=table, column=column, dry_run=dry_run, options=given | own)
