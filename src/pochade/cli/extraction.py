"""What `pochade PICTURE...` does, once its options are parsed."""

import gc
import inspect
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from pochade.batch import called, extract_many
from pochade.cli.complain import about, complain
from pochade.cli.expand import expand
from pochade.cli.progress import progress
from pochade.cli.sink import Sink, opened
from pochade.cli.terminal import When
from pochade.cluster import methods
from pochade.errors import PochadeError, UnknownNameError
from pochade.extract import extract


def extract_all(
    pictures: Iterable[str],
    wishes: dict[str, Any],
    *,
    format: str | None,
    output: str | None,
    recursive: bool,
    jobs: int | None,
    color: When,
) -> int:
    """Put the palettes of all pictures where they are wanted, and say what failed; the exit status."""
    sources = expand(pictures, recursive=recursive)
    many = len(sources) > 1
    if many:
        gc.enable()
    with opened(output, format, color, many=many) as sink:
        return _each(sources, wishes, jobs, sink)


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


def _each(sources: list[str | PochadeError], wishes: dict[str, Any], jobs: int | None, sink: Sink) -> int:
    """Put the palettes in order, and say what failed; the exit status."""
    readable = [source for source in sources if isinstance(source, str)]
    results = iter(extract_many(readable, jobs=jobs, **wishes))
    failed = 0
    with progress(len(readable)) as bar:
        for source in sources:
            outcome = next(results).outcome if isinstance(source, str) else source
            if isinstance(outcome, PochadeError):
                failed += 1
                said = str(outcome) if source is outcome else about(called(source), str(outcome))
            else:
                with bar.aside() if sink.screen.watched else nullcontext():
                    sink.put(outcome)
                said = f"{called(source)}: {outcome.shortfall}" if outcome.shortfall else ""
            if said:
                with bar.aside():
                    complain(said)
            bar.step()
    return 1 if failed else 0
