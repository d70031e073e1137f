"""Extract and write the palettes of all pictures: the work of `pochade PICTURE...`."""

import gc
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from functools import partial
from typing import Any

from pochade.batch.batch import Result, attempt, called, extract_many
from pochade.cli.arrange import Arrange
from pochade.cli.command import check_outputs, is_forced
from pochade.cli.errors import about, complain, complain_of
from pochade.cli.folder import folder_files
from pochade.cli.output import Writer, is_folder, opened, suffix_of_format
from pochade.cli.progress import progress
from pochade.cli.sources import expand
from pochade.cli.terminal import When
from pochade.cli.views import Views, extract_with_origin
from pochade.cluster import methods, unknown_option
from pochade.errors import PochadeError
from pochade.extraction.extract import extract
from pochade.palette import Palette


def extract_all(
    pictures: Iterable[str],
    options: dict[str, Any],
    *,
    format: str | None,
    output: str | None,
    recursive: bool,
    jobs: int | None,
    color: When,
    resume: bool = False,
    views: Views | None = None,
    arrange: Arrange | None = None,
    format_options: dict[str, Any] | None = None,
) -> int:
    """Write the palettes of all pictures, and report those that failed; return the exit status.

    options : of extract(). resume : skip pictures that are in the output. views : other views of each palette, or None.
    arrange : how each palette is sorted and named. format_options : of the format.
    """
    if arrange is not None:
        arrange.check()
    if resume:
        from pochade.cli.resume import check_resumable

        check_resumable(format, output, views=views is not None)
    sources = expand(pictures, recursive=recursive)
    many = len(sources) > 1
    if many:
        gc.enable()
    readable = [source for source in sources if isinstance(source, str)]
    if views is not None:
        views.check(format, output, many=many)
    text = None if views is None else views.texter(format, output)
    format = "text" if text else format
    if output is not None and is_folder(output):
        check_outputs(folder_files(output, readable, suffix_of_format(format, output)))
    if resume:
        return _go_on(sources, readable, str(output), options, jobs=jobs, arrange=arrange)
    if views is None:
        with opened(output, format, color, many=many, options=format_options) as writer:
            return _each(sources, _arranged(extract_many(readable, jobs=jobs, **options), arrange), writer, writer.put)
    text_file = None if views.drawn(output) else output
    with opened(text_file, format, color, many=many, text=text, options=format_options) as writer:

        def put(palette: Palette) -> None:
            views.draw(palette, output)
            writer.put(palette)

        return _each(sources, _arranged(extract_with_origin(readable, options), arrange), writer, put)


def _go_on(
    sources: list[str | PochadeError],
    readable: list[str],
    output: str,
    options: dict[str, Any],
    *,
    jobs: int | None,
    arrange: Arrange | None,
) -> int:
    """Write the palettes that are not in the output yet; return the exit status. The rest is as in `extract_all`."""
    from pochade.cli.resume import resumed

    extract_many((), jobs=1, **options)  # refuses wrong options before the file changes
    about_palettes = options | (asdict(arrange) if arrange else {})
    with resumed(output, readable, about_palettes, force=is_forced()) as file:
        results = extract_many(file.missing(readable), jobs=jobs, **options)
        return _each(sources, _arranged(results, arrange), file, file.put, done=file.done)


def parse_settings(
    settings: Sequence[tuple[str, str]], method: str | None, format: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parse the options of the method and those of the format, as their signatures declare them.

    An option belongs to the method if the method has it, else to the format.
    """
    if not settings:
        return {}, {}
    entry = methods.entry(method or inspect.signature(extract).parameters["method"].default)
    of_format: list[tuple[str, str]] = []
    if format not in (None, "text"):
        from pochade.export import exporters

        known = exporters.entry(str(format)).options
        of_format = [pair for pair in settings if pair[0] not in entry.options and pair[0] in known]
    of_method = [pair for pair in settings if pair not in of_format]
    for option, _ in of_method:
        if option not in entry.options:
            raise unknown_option(entry, option)
    return entry.parse(of_method), exporters.entry(str(format)).parse(of_format) if of_format else {}


def _arranged(results: Iterator[Result], arrange: Arrange | None) -> Iterator[Result]:
    """The results, with sorted and named palettes."""
    for result in results:
        if arrange is None or result.error:
            yield result
        else:
            yield Result(result.source, attempt(result.source, partial(arrange, result.palette)))


def _each(
    sources: list[str | PochadeError],
    results: Iterator[Result],
    writer: Writer,
    put: Callable[[Palette], None],
    done: Callable[[str], bool] = lambda source: False,
) -> int:
    """Write the palettes in order, and report failures; return the exit status. done : whether to skip a picture."""
    failed = 0
    with progress(sum(isinstance(source, str) for source in sources)) as bar:
        for source in sources:
            if isinstance(source, str) and done(source):
                bar.step()
                continue
            outcome = next(results).outcome if isinstance(source, str) else source
            if isinstance(outcome, PochadeError):
                failed += 1
                said = str(outcome) if source is outcome else about(called(source), str(outcome))
            else:
                with bar.aside() if writer.screen.watched else nullcontext():
                    put(outcome)
                said = f"{called(source)}: {outcome.shortfall}" if outcome.shortfall else ""
                with bar.aside():
                    complain_of(outcome.notes, called(source))
            if said:
                with bar.aside():
                    complain(said)
            bar.step()
    return 1 if failed else 0
