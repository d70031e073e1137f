"""Extract and write the palettes of all pictures: the work of `pochade PICTURE...`."""

import gc
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from pochade.batch.batch import Result, attempt, called, extract_many
from pochade.cli.arrange import Arrange
from pochade.cli.command import check_outputs, is_forced
from pochade.cli.each import for_each
from pochade.cli.folder import folder_files, is_folder
from pochade.cli.output import Writer, format_for, opened, suffix_of_format
from pochade.cli.sources import expand
from pochade.cli.terminal import When
from pochade.cli.views import Views, extract_with_origin
from pochade.cluster import methods, unknown_option
from pochade.errors import PochadeError
from pochade.extraction.extract import check_keywords, extract
from pochade.histograms.summed import is_collection
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
        return _viewed(
            sources, options, views, format=format, output=output, color=color, arrange=arrange, more=format_options
        )
    if output is not None and is_folder(output):
        check_outputs(folder_files(output, readable, suffix_of_format(format, output)))
    if resume:
        return _go_on(sources, readable, str(output), options, jobs=jobs, arrange=arrange)
    with opened(output, format, color, many=many, options=format_options) as writer:
        return _each(sources, _arranged(extract_many(readable, jobs=jobs, **options), arrange), writer, writer.put)


def _viewed(
    sources: list[str | PochadeError],
    options: dict[str, Any],
    views: Views,
    *,
    format: str | None,
    output: str | None,
    color: When,
    arrange: Arrange | None,
    more: dict[str, Any] | None,
) -> int:
    """Show the views of each palette; return the exit status. more : options of the format."""
    many = len(sources) > 1
    readable = [source for source in sources if isinstance(source, str)]
    views.check(format, output, many=many)
    check_keywords(options)
    draw = views.drawer(format, output, readable)
    text = views.texter(format, output)
    text_file = None if views.drawn(format, output) else output
    suffix = None
    if text is not None:
        if text_file is not None and is_folder(text_file):
            format_for(format, text_file)  # refuses a folder without -f
        format, suffix = "text", views.suffix(format, text_file)
    if text_file is not None and is_folder(text_file):
        check_outputs(folder_files(text_file, readable, suffix or suffix_of_format(format, text_file)))
    with opened(text_file, format, color, many=many, text=text, options=more, suffix=suffix) as writer:

        def put(palette: Palette) -> None:
            draw(palette)
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
    """The results, with exemplars of collections, and with sorted and named palettes."""
    for result in map(_with_exemplars, results):
        if arrange is None or result.error:
            yield result
        else:
            yield Result(result.source, attempt(result.source, partial(arrange, result.palette)))


def _with_exemplars(result: Result) -> Result:
    """The result; of a collection, with the pictures that show most of each color."""
    if result.error or not is_collection(result.source):
        return result
    from pochade.collection import Collection

    return Result(
        result.source, attempt(result.source, lambda: Collection(result.source).with_exemplars(result.palette))
    )


def _each(
    sources: list[str | PochadeError],
    results: Iterator[Result],
    writer: Writer,
    put: Callable[[Palette], None],
    done: Callable[[str], bool] = lambda source: False,
) -> int:
    """Write the palettes in order, and report failures; return the exit status. done : whether to skip a picture."""

    def lines(source: str, palette: Palette) -> list[str]:
        put(palette)
        return [f"{called(source)}: {said}" for said in (*palette.notes, palette.shortfall) if said]

    return for_each(
        sources, lambda source: None if done(source) else next(results).outcome, lines, watched=writer.screen.watched
    )
