"""The work of `pochade collect`."""

import os
from collections.abc import Sequence
from typing import Any

import click

from pochade.cli.errors import about, complain
from pochade.cli.pattern import is_pattern, matches
from pochade.cli.progress import progress
from pochade.errors import PochadeError, SourceError

MAX_SHOWN = 50
"""The most failed pictures that are named one by one."""


def collect_all(
    pictures: Sequence[str],
    output: str,
    *,
    table: str | None,
    column: str | None,
    dry_run: bool,
    options: dict[str, Any],
) -> int:
    """Make the collection, or bring it up to date; return the exit status."""
    from pochade.collection.collect import prepared

    if (table is None) != (column is None):
        raise click.UsageError("--from and --column go together: give the Parquet file, and its column.")
    if table is not None and pictures:
        raise click.UsageError("--from replaces the PICTUREs: give one of them.")
    wrong: list[PochadeError] = []
    sources = table if table is not None else _expanded(pictures, wrong) or None
    if sources is None and wrong:
        raise wrong[0]
    if sources is None:
        from pochade.histograms.summed import is_collection

        if not is_collection(output):
            raise click.UsageError(
                f"nothing to collect, and {output} is no collection yet: give a folder, files or URLs."
            )
    request = prepared(sources, output, column=column, **options)
    plan = request.plan
    for error in (*wrong, *plan.failures):
        complain(str(error))
    if dry_run:
        click.echo(f"{output}: {plan}")
        return 1 if wrong or plan.failures else 0
    try:
        with progress(sum(len(plan.tasks[shard]) for shard in plan.shards)) as bar:
            collection = request.run(lambda done, total: bar.step())
    except KeyboardInterrupt:
        complain(f"{output}: interrupted: the same command goes on from here.")
        return 130
    failures = collection.failures
    for id, reason in failures[:MAX_SHOWN]:
        complain(about(id, reason))
    if len(failures) > MAX_SHOWN:
        complain(f"{output}: and {len(failures) - MAX_SHOWN} more, in the column `error`.")
    click.echo(f"{output}: {len(collection)} pictures: {plan.new} new, {plan.changed} changed, {plan.gone} gone.")
    if failures:
        complain(f"{output}: {len(failures)} of {len(collection)} pictures failed; --retry tries them again.")
    return 1 if failures or wrong or plan.failures else 0


def _expanded(pictures: Sequence[str], wrong: list[PochadeError]) -> list[str]:
    """The sources, with the files of patterns; what cannot be searched goes to `wrong`."""
    sources: list[str] = []
    for picture in pictures:
        if "://" in picture or os.path.lexists(picture) or not is_pattern(picture):
            sources.append(picture)
            continue
        found = matches(picture)
        sources += [one for one in found if isinstance(one, str)]
        wrong += [one for one in found if isinstance(one, PochadeError)]
        if not found:
            wrong.append(SourceError(f"{picture}: no file matches."))
    return sources
