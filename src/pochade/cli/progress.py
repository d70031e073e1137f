"""A progress bar on standard error, for several pictures in a terminal."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from pochade.cli.terminal import is_terminal

MIN_PICTURES = 2
"""The fewest pictures that get a progress bar."""


class Progress(Protocol):
    """Receives the progress of the loop over pictures."""

    def step(self) -> None:
        """Count one more picture."""

    def aside(self) -> AbstractContextManager[None]:
        """Hide the bar during the block, so that lines can be printed."""


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """A progress bar for `total` pictures; it stays invisible outside terminals."""
    if total < MIN_PICTURES or not is_terminal(sys.stderr):
        yield _Silent()
        return
    bar = _Bar(total)
    with bar.shown:
        yield bar


class _Silent:
    def step(self) -> None:
        return

    def aside(self) -> AbstractContextManager[None]:
        return nullcontext()


class _Bar:
    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Shown

        self.shown = Shown(
            TextColumn("  pictures"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self.shown.add_task("", total=total)

    def step(self) -> None:
        self.shown.advance(self._task)

    @contextmanager
    def aside(self) -> Iterator[None]:
        self.shown.stop()
        try:
            yield
        finally:
            self.shown.start()
