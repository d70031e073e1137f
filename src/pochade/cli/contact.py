"""Draw a contact sheet and report what failed: the work of `pochade sheet`."""

import gc
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from pochade.batch.batch import attempt, called
from pochade.cli.arrange import Arrange
from pochade.cli.command import check_outputs
from pochade.cli.drawing import PICTURES, encoded
from pochade.cli.each import successes
from pochade.cli.errors import complain
from pochade.cli.views import extracted
from pochade.draw.contact_sheet import columns_for, contact_sheet, contact_sheet_pdf, contact_sheet_svg
from pochade.errors import PochadeError
from pochade.extraction.extract import check_keywords
from pochade.files import suffix_of, write_whole
from pochade.palette import Palette


def draw_sheet(
    sources: Sequence[str | PochadeError],
    output: str,
    options: dict[str, Any],
    arrange: Arrange,
    style: dict[str, Any],
) -> int:
    """Write a contact sheet of the pictures that can be read; return the exit status.

    options : of extract(). style : the keywords of contact_sheet().

    Raises
    ------
    OptionError : a page of the sheet would overwrite a file.
    """
    check_keywords(options)
    arrange.check()
    if len(sources) > 1:
        gc.enable()
    failures: list[PochadeError] = []
    palettes = _palettes(sources, options, arrange, failures)
    first = next(palettes, None)
    if first is not None:
        columns = style["columns"] or columns_for(len(sources))
        _write(output, chain([first], palettes), style | {"columns": columns})
    return 1 if failures else 0


def _palettes(
    sources: Sequence[str | PochadeError], options: dict[str, Any], arrange: Arrange, failures: list[PochadeError]
) -> Iterator[Palette]:
    """The palettes of the pictures that can be read, one by one."""

    def outcome(source: str) -> Palette | PochadeError:
        return attempt(source, lambda: arrange(extracted(source, options)))

    for source, palette, bar in successes(sources, outcome, failures):
        for said in (*palette.notes, palette.shortfall):
            if said:
                with bar.aside():
                    complain(f"{called(source)}: {said}")
        yield palette


def _write(output: str, palettes: Iterator[Palette], style: dict[str, Any]) -> None:
    suffix = suffix_of(output)
    if suffix == ".pdf":
        pages = [contact_sheet_pdf(palettes, **style)]
    elif suffix == ".svg":
        pages = [page.encode() for page in contact_sheet_svg(palettes, **style)]
    else:
        pages = [encoded(page, PICTURES[suffix]) for page in contact_sheet(palettes, **style)]
    stem = output[: -len(suffix)]
    files = [output] if len(pages) == 1 else [f"{stem}-{number}{suffix}" for number in range(1, len(pages) + 1)]
    check_outputs(files)
    for file, page in zip(files, pages, strict=True):
        write_whole(file, page)
    if len(files) > 1:
        complain(f"the sheet has {len(files)} pages: {files[0]} to {files[-1]}.")
