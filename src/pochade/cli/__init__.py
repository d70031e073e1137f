"""The command line. It calls extract() with what was given, and adds nothing but how things are shown."""

import gc
import os
import sys
from collections.abc import Sequence

INTERRUPTED = 128 + 2
"""What a shell reports for a program that SIGINT ended."""

CLOSED_PIPE = 128 + 13
"""What a shell reports for a program that SIGPIPE ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, as a process of its own, and return the exit status.

    It is 0, 1 where a picture failed, or 2 for wrong usage. Looking for garbage among the modules, as they load
    and at the end, would take a sixth of the time that one picture takes; there is none.
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
    gc.freeze()
    return status


def _complain(error: OSError) -> int:
    from pochade.cli.errors import complain

    complain(f"{error.strerror or error}.")
    return 1


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter's end does not stumble over it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (AttributeError, OSError, ValueError):  # it is closed, or no file
            continue
