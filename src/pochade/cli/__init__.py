"""The command line: calls the library with the given options, and shows the results."""

import gc
import os
import sys
from collections.abc import Sequence

from pochade.cli.endings import Ended

INTERRUPTED = 128 + 2
"""The exit status of a program that SIGINT ended."""

CLOSED_PIPE = 128 + 13
"""The exit status of a program that SIGPIPE ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line as a process of its own, and return the exit status.

    The status is 0, 1 if a picture failed, 2 for wrong usage, or 128 + the number of the signal that ended it.

    Garbage collection is off: while modules load and at the end, it takes a sixth of the time of one picture, and finds
    nothing.
    """
    gc.disable()
    status = 0
    try:
        from pochade.cli.app import app

        status = app.run(sys.argv[1:] if arguments is None else list(arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
        _drop_output()
    except BrokenPipeError:
        status = CLOSED_PIPE
        _drop_output()
    except OSError as error:  # a full disk behind standard output, or no more processes
        status = status or _complain(error)
        _drop_output()
    except Ended as ended:
        status = 128 + ended.number
        _drop_output()
    gc.freeze()
    return status


def _complain(error: OSError) -> int:
    from pochade.cli.errors import complain

    complain(f"{error.strerror or error}.")
    return 1


def _drop_output() -> None:
    """Discard buffered output, so that flushing it at exit raises no error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (AttributeError, OSError, ValueError):  # it is closed, or no file
            continue
