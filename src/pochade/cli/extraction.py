"""What `pochade PICTURE...` does, once its options are parsed."""

import gc
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

from pochade.batch.batch import Result, attempt, called, extract_many
from pochade.cli.arrange import Arrange
from pochade.cli.asked import Asked, remembering
from pochade.cli.complain import about, complain
from pochade.cli.expand import expand
from pochade.cli.progress import progress
from pochade.cli.sink import Puts, opened
from pochade.cli.terminal import When
from pochade.cluster import methods, unknown_option
from pochade.errors import PochadeError
from pochade.extraction.extract import extract
from pochade.palette import Palette


def extract_all(
    pictures: Iterable[str],
    wishes: dict[str, Any],
    *,
    format: str | None,
    output: str | None,
    recursive: bool,
    jobs: int | None,
    color: When,
    asked: Asked | None = None,
    arrange: Arrange | None = None,
    options: dict[str, Any] | None = None,
) -> int:
    """Put the palettes of all pictures where they are wanted, and say what failed; the exit status.

    asked : what is wanted to know of each palette besides, or instead.
    arrange : how each palette is sorted and named. options : those of the format.
    """
    if arrange is not None:
        arrange.check()
    sources = expand(pictures, recursive=recursive)
    many = len(sources) > 1
    if many:
        gc.enable()
    readable = [source for source in sources if isinstance(source, str)]
    if asked is None:
        with opened(output, format, color, many=many, options=options) as sink:
            return _each(sources, _arranged(extract_many(readable, jobs=jobs, **wishes), arrange), sink, sink.put)
    asked.check(format, output, many=many)
    text_file = None if asked.drawn(output) else output
    text = asked.texter(format, output)
    with opened(text_file, "text" if text else format, color, many=many, text=text, options=options) as sink:

        def put(palette: Palette) -> None:
            asked.draw(palette, output)
            sink.put(palette)

        return _each(sources, _arranged(remembering(readable, wishes), arrange), sink, put)


def parsed(
    settings: Sequence[tuple[str, str]], method: str | None, format: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The options of the method and those of the format, from text, as their signatures say.

    An option is the method's where it has one of that name, else the format's.
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
    """The results, their palettes sorted and named."""
    for result in results:
        if arrange is None or result.error:
            yield result
        else:
            yield Result(result.source, attempt(result.source, partial(arrange, result.palette)))


def _each(
    sources: list[str | PochadeError], results: Iterator[Result], sink: Puts, put: Callable[[Palette], None]
) -> int:
    """Put the palettes in order, and say what failed; the exit status."""
    failed = 0
    with progress(sum(isinstance(source, str) for source in sources)) as bar:
        for source in sources:
            outcome = next(results).outcome if isinstance(source, str) else source
            if isinstance(outcome, PochadeError):
                failed += 1
                said = str(outcome) if source is outcome else about(called(source), str(outcome))
            else:
                with bar.aside() if sink.screen.watched else nullcontext():
                    put(outcome)
                said = f"{called(source)}: {outcome.shortfall}" if outcome.shortfall else ""
            if said:
                with bar.aside():
                    complain(said)
            bar.step()
    return 1 if failed else 0
