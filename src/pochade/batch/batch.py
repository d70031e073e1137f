"""Palettes of many pictures in parallel processes, in the order of the sources; a failure affects one picture only."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from pochade.errors import PochadeError, TooLargeError
from pochade.extraction.extract import check_keywords, extract
from pochade.palette import Palette

T = TypeVar("T")

MAX_AHEAD = 64
"""The most sources for each process to read ahead of the oldest unfinished one. One slow picture must not stop the
others, and an endless stream of sources must not fill the memory."""

MAX_SECONDS_ALONE = 1.0
"""The seconds of work in this process before others start by default. Their start takes up to this long, which a few
pictures would not repay."""

MAX_PIXELS_HERE = 30_000_000
"""The most pixels of a picture that this process reads by default: some 100 MB, which does not exhaust memory."""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one picture.

    source : the caller's object. outcome : the palette, or the error.
    """

    source: Any
    outcome: Palette | PochadeError

    @property
    def palette(self) -> Palette:
        """The palette; raises the error if there is none."""
        if isinstance(self.outcome, PochadeError):
            raise self.outcome
        return self.outcome

    @property
    def error(self) -> PochadeError | None:
        """The error, or None."""
        return self.outcome if isinstance(self.outcome, PochadeError) else None


def extract_many(sources: Iterable[Any], *, jobs: int | None = None, **options: Any) -> Iterator[Result]:
    """Yield the results of many pictures in their order, each as soon as it is ready.

    Paths, URLs, bytes and arrays go to other processes; standard input and file objects stay in this one. Scripts call
    it under `if __name__ == "__main__":`, as the library module multiprocessing requires.

    Parameters
    ----------
    sources : sources of `extract`. A generator is read only a little ahead.
    jobs : the number of processes; 1 uses only this one. By default one for each available processor, if there is
        enough work.
    options : the other keywords of `extract`: k, method, region, ...

    Raises
    ------
    OptionError, UnknownNameError : at once, if a keyword is wrong for every picture.

    Examples
    --------
    >>> import numpy as np
    >>> white = np.full((2, 2, 3), 255, np.uint8)
    >>> [result.palette.hex for result in extract_many([white, white // 255], jobs=1)]
    [['#ffffff'], ['#010101']]
    """
    check_keywords(options)
    if jobs == 1 or (isinstance(sources, list | tuple) and len(sources) == 1):
        return (Result(source, outcome(source, options)) for source in sources)
    return _here_first(sources, options) if jobs is None else _in_parallel(sources, jobs, options)


def processors() -> int:
    """The number of processors available to this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcome(source: Any, options: dict[str, Any]) -> Palette | PochadeError:
    """The palette or the error of one picture. The palette has no origin, so thousands of them hold no histograms."""
    return attempt(source, lambda: replace(extract(source, **options), origin=None))


def attempt(source: Any, make: Callable[[], T]) -> T | PochadeError:
    """The result or the error of one picture; a defect affects that picture only."""
    try:
        return make()
    except PochadeError as error:
        return error
    except MemoryError:
        return PochadeError(f"{called(source)}: not enough memory.")
    except Exception as error:
        message = f"{called(source)}: unexpected {type(error).__name__}: {error}"
        return PochadeError(f"{message}. This is a defect of pochade; please report it.")


def called(source: Any) -> str:
    """The name of a source in messages."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source) if source != "-" else "standard input"
    return f"a picture ({type(source).__name__})"


def _here_first(sources: Iterable[Any], options: dict[str, Any]) -> Iterator[Result]:
    """The first results from this process, the others from parallel processes."""
    upcoming = iter(sources)
    cautious = options | {"max_pixels": min(options.get("max_pixels", MAX_PIXELS_HERE), MAX_PIXELS_HERE)}
    spent = 0.0
    for source in upcoming:
        travels = _travels(source)
        if spent > MAX_SECONDS_ALONE or (travels and isinstance(source, str) and "://" in source):  # slow server
            break
        start = time.perf_counter()
        answer = outcome(source, cautious if travels else options)
        spent += time.perf_counter() - start
        if travels and isinstance(answer, TooLargeError):
            break
        yield Result(source, answer)
    else:
        return
    yield from _in_parallel(chain([source], upcoming), processors(), options)


def _in_parallel(sources: Iterable[Any], jobs: int, options: dict[str, Any]) -> Iterator[Result]:
    from pochade.batch.crew import Crew  # multiprocessing, which one picture does not need

    upcoming = enumerate(sources)
    pending: dict[int, Any] = {}  # the sources in work, by number
    done: dict[int, Result] = {}
    following = 0  # the number of the next result to yield
    drained = False
    with Crew(jobs, outcome, options) as crew:
        while pending or done or not drained:
            while not drained and crew.idle and len(pending) + len(done) < MAX_AHEAD * jobs:
                try:
                    number, source = next(upcoming)
                except StopIteration:
                    drained = True
                    break
                if _travels(source):
                    pending[number] = source
                    crew.give(number, source)
                else:
                    done[number] = Result(source, outcome(source, options))
            while following in done:
                yield done.pop(following)
                following += 1
            for number, answer in crew.collect():
                source = pending.pop(number)
                if isinstance(answer, int):
                    answer = PochadeError(f"{called(source)}: {died(answer)}")
                done[number] = Result(source, answer)


def _travels(source: Any) -> bool:
    """Whether another process can read the source."""
    return source != "-" if isinstance(source, str) else isinstance(source, os.PathLike | bytes | np.ndarray)


def died(status: int) -> str:
    """How the process of a picture ended, by its exit status, in a sentence without the picture."""
    how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
    return f"the process that read it {how}; most often there was not enough memory. Try fewer jobs."
