"""Silence for C libraries that write to standard error past Python (libtiff, through Pillow)."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_ERROR = 2
_lock = threading.Lock()
# Module state, because standard error belongs to the whole process: the first block saves it, the last one restores it.
_state = {"within": 0, "kept": -1}


@contextmanager
def silenced(wanted: bool) -> Iterator[None]:
    """Discard the standard error of the whole process inside the block, if `wanted`.

    Keep the block short: it silences other threads too.
    """
    if not wanted:
        yield
        return
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    with _lock:
        _state["within"] += 1
        if _state["within"] > 1:
            return
        try:
            _state["kept"] = os.dup(_STANDARD_ERROR)
        except OSError:  # it is closed: nothing to silence
            _state["kept"] = -1
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STANDARD_ERROR)
        os.close(nowhere)


def _leave() -> None:
    with _lock:
        _state["within"] -= 1
        if _state["within"] == 0 and _state["kept"] >= 0:
            os.dup2(_state["kept"], _STANDARD_ERROR)
            os.close(_state["kept"])
