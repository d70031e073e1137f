"""The number of threads to use."""

import os

from pochade.errors import OptionError

MAX_THREADS = 8
"""No measurement used more."""


def threads() -> int:
    """The value of POCHADE_THREADS, or the number of processors; at most 8.

    Raises
    ------
    OptionError : POCHADE_THREADS is not a whole number from 0. 0 has the same meaning as no value.
    """
    text = os.environ.get("POCHADE_THREADS", "0")
    if not (text.isascii() and text.isdigit()):
        raise OptionError(
            f"POCHADE_THREADS={text!r} is not allowed: give a whole number, 1 to {MAX_THREADS}; 0 for all processors."
        )
    return min(int(text) or os.cpu_count() or 1, MAX_THREADS)
