"""Print or draw the tubes and recipes for pictures: the work of `pochade paints`."""

import sys
from collections.abc import Iterable
from typing import Any

from pochade.cli.drawing import DRAWINGS, drawn, suffix_for
from pochade.cli.each import Report, write_each
from pochade.cli.folder import is_folder
from pochade.cli.output import TEXT_SUFFIX, deliver
from pochade.cli.palettes import is_palette_file, load_palette
from pochade.cli.sources import expand
from pochade.cli.terminal import Screen, When, screen_of
from pochade.cli.text.paints import text
from pochade.cli.views import extracted
from pochade.errors import OptionError
from pochade.extraction.extract import check_keywords
from pochade.paint import Paints
from pochade.paint.paints import request_of

WRITTEN = {TEXT_SUFFIX: "text", ".json": "json"}
"""The suffixes of answers that are not drawn."""


def write_paints(
    pictures: Iterable[str],
    asked: dict[str, Any],
    options: dict[str, Any],
    *,
    recursive: bool,
    format: str | None,
    output: str | None,
    dark: bool,
    color: When,
) -> int:
    """Write the answer for each picture; return the exit status. asked : of paints(). options : of extract()."""
    suffix = _suffix(format, output)
    check_keywords(options)
    request = request_of(**asked)
    sources = expand(pictures, recursive=recursive)
    many = len(sources) > 1
    screen = screen_of(sys.stdout, color) if output in (None, "-") else Screen()

    def work(source: Any, file: str | None) -> Report:
        is_palette = isinstance(source, str) and is_palette_file(source)
        palette = load_palette(source) if is_palette else extracted(source, options)
        answer = request.answer(palette)
        titled = many and output in (None, "-")
        deliver(_content(answer, suffix, dark, screen, titled=titled), suffix[1:], file or "-")
        return Report(palette.notes)

    return write_each(sources, work, {"-o": (output, suffix)})


def _suffix(format: str | None, output: str | None) -> str:
    """The suffix of the files; OptionError if the one of -o is not allowed or contradicts the format."""
    wanted = {"text": TEXT_SUFFIX, "json": ".json", None: None}.get(format, f".{format}")
    if output in (None, "-"):
        return wanted or TEXT_SUFFIX
    if is_folder(str(output)) and wanted in WRITTEN:
        return str(wanted)
    drawing = format if wanted not in WRITTEN else None
    suffix = suffix_for(output, drawing, [*DRAWINGS, *WRITTEN])
    if wanted in WRITTEN and suffix != wanted:
        raise OptionError(f"{output}: its suffix is not that of {format}: give one of them.")
    return suffix


def _content(answer: Paints, suffix: str, dark: bool, screen: Screen, *, titled: bool) -> bytes:
    """The answer as the bytes of a file."""
    if suffix == ".json":
        return (answer.to_json() + "\n").encode("utf-8", "backslashreplace")
    if suffix == TEXT_SUFFIX:
        return text(answer, screen, titled=titled).encode("utf-8", "backslashreplace")
    from pochade.draw import paint_sheet, paint_sheet_pdf, paint_sheet_svg

    image, svg, pdf = (lambda d=d: d(answer, dark=dark) for d in (paint_sheet, paint_sheet_svg, paint_sheet_pdf))
    return drawn(suffix, image, svg, pdf)
