"""What `pochade PICTURE...` does, once its options are parsed."""

import gc
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

from pochade.batch import Result, attempt, called, extract_many
from pochade.cli.arrange import Arrange
from pochade.cli.asked import Asked, remembering
from pochade.cli.complain import about, complain
from pochade.cli.expand import expand
from pochade.cli.progress import progress
from pochade.cli.sink import Sink, opened
from pochade.cli.terminal import When
from pochade.cluster import methods
from pochade.errors import PochadeError, UnknownNameError
from pochade.extract import extract
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
) -> int:
    """Put the palettes of all pictures where they are wanted, and say what failed; the exit status.

    asked : what is wanted to know of each palette besides, or instead.
    arrange : how each palette is sorted and named.
    """
    if arrange is not None:
        arrange.check()
    sources = expand(pictures, recursive=recursive)
    many = len(sources) > 1
    if many:
        gc.enable()
    readable = [source for source in sources if isinstance(source, str)]
    if asked is None:
        with opened(output, format, color, many=many) as sink:
            return _each(sources, _arranged(extract_many(readable, jobs=jobs, **wishes), arrange), sink, sink.put)
    asked.check(format, output, many=many)
    text_file = None if asked.drawn(output) else output
    text = asked.texter(format, output)
    with opened(text_file, "text" if text else format, color, many=many, text=text) as sink:

        def put(palette: Palette) -> None:
            asked.draw(palette, output)
            sink.put(palette)

        return _each(sources, _arranged(remembering(readable, wishes), arrange), sink, put)


def parsed(settings: Sequence[tuple[str, str]], method: str | None) -> dict[str, Any]:
    """The options of the method, from text, as its signature says."""
    if not settings:
        return {}
    name = method or inspect.signature(extract).parameters["method"].default
    options = methods[name].options
    for option, _ in settings:
        if option not in options:
            raise UnknownNameError(f"option of {name}:", option, options)
    return {option: options[option].parse(text) for option, text in settings}


def _arranged(results: Iterator[Result], arrange: Arrange | None) -> Iterator[Result]:
    """The results, their palettes sorted and named."""
    for result in results:
        if arrange is None or result.error:
            yield result
        else:
            yield Result(result.source, attempt(result.source, partial(arrange, result.palette)))


def _each(
    sources: list[str | PochadeError], results: Iterator[Result], sink: Sink, put: Callable[[Palette], None]
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
