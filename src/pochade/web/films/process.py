"""The server's side of the process of a film."""

import time
from collections.abc import Callable, Iterable
from multiprocessing.process import BaseProcess
from typing import Any

from pochade.web.films.child import serve
from pochade.web.process import CONTEXT, TaskTimeout, WorkerDied, signals_blocked
from pochade.web.settings import Settings


class FilmProcess:
    """One process for one order. `run` blocks and is called in a thread, `kill` from anywhere."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self.killed = False

    @property
    def pid(self) -> int | None:
        """The process id, once it runs."""
        return None if self._process is None else self._process.pid

    def run(
        self,
        settings: Settings,
        order: Any,
        pieces: Callable[[], Iterable[bytes]],
        tell: Callable[..., None],
        seconds: float,
        sent: Callable[[], None] = lambda: None,
    ) -> Any:
        """Start the process, give it an order and the bytes that belong to it, and pass its messages on.

        sent : called when the process has the bytes. The result is None, or the error that the process reports.

        Raises
        ------
        TaskTimeout : it took longer than `seconds`. WorkerDied : it died, or was killed.
        """
        pipe, theirs = CONTEXT.Pipe()
        try:
            if self.killed:
                raise WorkerDied(0)
            process = CONTEXT.Process(target=serve, args=(theirs, settings), daemon=True, name="pochade-film")
            with signals_blocked():
                process.start()
            self._process = process
            if self.killed:  # while it started
                process.kill()
            theirs.close()
            end = time.monotonic() + seconds
            try:
                pipe.send(order)
                for piece in pieces():
                    pipe.send_bytes(piece)
                pipe.send_bytes(b"")
                sent()
            except OSError:  # the process is dead; reading raises WorkerDied
                pass
            while True:
                if not pipe.poll(max(0.0, end - time.monotonic())):
                    raise TaskTimeout
                kind, *rest = pipe.recv()
                if kind == "end":
                    return rest[0]
                tell(kind, *rest)
        except (EOFError, OSError):
            raise WorkerDied(self._ended()) from None
        finally:
            self._ended()
            pipe.close()

    def kill(self) -> None:
        """Kill the process, and wait for nothing; if it has not started, it will not."""
        self.killed = True
        if self._process is not None:
            self._process.kill()

    def _ended(self) -> int:
        process = self._process
        if process is None:
            return 0
        process.join(0.2 if process.exitcode is None else 0)
        process.kill()
        process.join()
        return process.exitcode or 0
