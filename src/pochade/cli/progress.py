"""The progress bar on standard error, for many pictures and a person who watches."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from pochade.cli.terminal import is_terminal

FEWEST = 2
"""Pictures from which on a bar is worth it."""


class Progress(Protocol):
    """What the loop over pictures tells."""

    def step(self) -> None:
        """One more is done."""

    def aside(self) -> AbstractContextManager[None]:
        """Within it, the bar is off the screen, so that lines can be printed."""


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """A bar for `total` pictures; one that shows nothing where nobody would see it."""
    if total < FEWEST or not is_terminal(sys.stderr):
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
