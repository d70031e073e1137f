"""The command line. It calls extract() with what was given, and adds nothing but how things are shown."""

import os
import sys
from collections.abc import Sequence

INTERRUPTED = 128 + 2
"""What a shell reports for a program that SIGINT ended."""

CLOSED_PIPE = 128 + 13
"""What a shell reports for a program that SIGPIPE ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status: 0, 1 where a picture failed, 2 for wrong usage."""
    try:
        from pochade.cli.app import app

        try:
            return app.run(sys.argv[1:] if arguments is None else list(arguments))
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        _drop_output()
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return CLOSED_PIPE


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter's end does not stumble over it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (AttributeError, OSError, ValueError):  # it is closed, or no file
            continue
