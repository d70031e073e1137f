"""How many threads there are to work on."""

import os

from pochade.errors import OptionError

MAX_THREADS = 8
"""More were never measured."""


def threads() -> int:
    """POCHADE_THREADS, or one a processor; at most 8.

    Raises
    ------
    OptionError : POCHADE_THREADS is no whole number, or a negative one. 0 is as if it were not set.
    """
    text = os.environ.get("POCHADE_THREADS", "0")
    if not (text.isascii() and text.isdigit()):
        raise OptionError(
            f"POCHADE_THREADS={text!r} is not allowed: give a whole number, 1 to {MAX_THREADS}; 0 for all there are."
        )
    return min(int(text) or os.cpu_count() or 1, MAX_THREADS)
