"""The same work for each picture: name the files, report failures, go on."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from typing import NamedTuple, TypeVar

import click

from pochade.batch.batch import attempt, called
from pochade.cli.command import check_outputs
from pochade.cli.errors import about, complain, complain_of
from pochade.cli.folder import folder_files, is_folder
from pochade.cli.progress import Progress, progress
from pochade.errors import OptionError, PochadeError, UnknownNameError
from pochade.files import written

T = TypeVar("T")


class Report(NamedTuple):
    """What standard error says about a picture. notes : on the picture. message : on the result, or empty."""

    notes: Sequence[str] = ()
    message: str = ""


Work = Callable[..., Report]
"""A function of a source and of the file of each output, None for an output that is not wanted."""


def write_each(sources: Sequence[str | PochadeError], work: Work, outputs: Mapping[str, tuple[str | None, str]]) -> int:
    """Do the work for each picture, and report those that failed; return the exit status.

    sources : as `expand` returns them. outputs : for each flag, such as "-o", its value, and the suffix of its files in
    a folder.

    Raises
    ------
    click.UsageError, OptionError : before a picture is read: one file for several pictures, or a file exists, or an
        option is wrong for every picture. The error of a single picture.
    """
    files = iter(_files(outputs, [source for source in sources if isinstance(source, str)], many=len(sources) > 1))
    if len(sources) == 1:
        (source,) = sources
        if isinstance(source, PochadeError):
            raise source
        with _folders(outputs):
            notes, message = work(source, *next(files))
        complain_of(notes, called(source))
        if message:
            complain(message)
        return 0
    gc.enable()
    _check_options(work, outputs)

    def lines(source: str, report: Report) -> list[str]:
        return [f"{called(source)}: {said}" for said in (*report.notes, report.message) if said]

    with _folders(outputs):
        return for_each(sources, lambda source: attempt(source, partial(work, source, *next(files))), lines)


def for_each(
    sources: Sequence[str | PochadeError],
    outcome: Callable[[str], T | PochadeError | None],
    put: Callable[[str, T], Iterable[str]],
    *,
    watched: bool = False,
) -> int:
    """Take the outcome of each source, put it out, and report failures; return the exit status.

    outcome : of a source; an error is reported, and None is skipped. put : puts a result out and returns the lines for
    standard error. watched : whether it writes to a terminal, where the progress bar is.
    """
    failures: list[PochadeError] = []
    for source, result, bar in successes(sources, outcome, failures):
        with bar.aside() if watched else nullcontext():
            lines = put(source, result)
        for line in lines:
            with bar.aside():
                complain(line)
    return 1 if failures else 0


def successes(
    sources: Sequence[str | PochadeError],
    outcome: Callable[[str], T | PochadeError | None],
    failures: list[PochadeError],
) -> Iterator[tuple[str, T, Progress]]:
    """The sources with their results, one after another, and the progress bar; see `for_each`.

    failures : receives the errors, which are reported.
    """
    with progress(sum(isinstance(source, str) for source in sources)) as bar:
        for source in sources:
            result = outcome(source) if isinstance(source, str) else source
            if isinstance(result, PochadeError):
                failures.append(result)
                with bar.aside():
                    complain(str(result) if source is result else about(called(source), str(result)))
            elif result is not None:
                assert isinstance(source, str)
                yield source, result, bar
            bar.step()


def check_single(flag: str, path: str | None, *, many: bool) -> None:
    """Refuse one file for several pictures."""
    if many and path is not None and not is_folder(path):
        raise click.UsageError(
            f"{flag} {path} takes one picture, and several are given: {flag} FOLDER/ writes a file for each."
        )


def _files(
    outputs: Mapping[str, tuple[str | None, str]], sources: Sequence[str], *, many: bool
) -> list[tuple[str | None, ...]]:
    """The files of each source, one for each output."""
    columns: list[list[str | None]] = []
    for flag, (path, suffix) in outputs.items():
        check_single(flag, path, many=many)
        if path is None or not is_folder(path):
            columns.append([path] * len(sources))
        else:
            columns.append([*folder_files(path, sources, suffix)])
            check_outputs(columns[-1])
    of_flag: dict[str, str] = {}
    for flag, column in zip(outputs, columns, strict=True):
        for file in column:
            if file not in (None, "-") and of_flag.setdefault(os.path.realpath(str(file)), flag) != flag:
                other = of_flag[os.path.realpath(str(file))]
                raise OptionError(f"{file}: {other} and {flag} name the same file: give two names.")
    return list(zip(*columns, strict=True))


@contextmanager
def _folders(outputs: Mapping[str, tuple[str | None, str]]) -> Iterator[None]:
    """Make the folders, and remove those that stay empty, because every picture failed."""
    new: list[str] = []
    try:
        for path, _ in outputs.values():
            if path is not None and is_folder(path) and not os.path.isdir(path):
                with written(path):
                    os.makedirs(path, exist_ok=True)
                new.append(path)
        yield
    finally:
        for path in new:
            with suppress(OSError):
                os.rmdir(path)


def _check_options(work: Work, outputs: Mapping[str, tuple[str | None, str]]) -> None:
    """Raise what the work raises for every picture: it checks options before it reads the picture, here an empty one.

    So a wrong option is one error, not one for each picture.
    """
    try:
        work(b"", *[None if path is None else "-" for path, _ in outputs.values()])
    except (OptionError, UnknownNameError, click.UsageError):
        raise
    except PochadeError:
        return
