"""Silence for C libraries that write to standard error past Python (libtiff, through Pillow)."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_ERROR = 2
_lock = threading.Lock()
# Module state, because standard error belongs to the whole process: the first block saves it, the last one restores it.
_state = {"depth": 0, "saved": -1}


@contextmanager
def silenced(enabled: bool) -> Iterator[None]:
    """Discard the standard error of the whole process inside the block, if `enabled`.

    Keep the block short: it silences other threads too.
    """
    if not enabled:
        yield
        return
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    with _lock:
        if _state["depth"] == 0:
            _state["saved"] = _redirect()
        _state["depth"] += 1


def _leave() -> None:
    with _lock:
        _state["depth"] -= 1
        if _state["depth"] == 0 and _state["saved"] >= 0:
            try:
                os.dup2(_state["saved"], _STANDARD_ERROR)
            finally:
                os.close(_state["saved"])


def _redirect() -> int:
    """Point standard error at the null device. Return a copy of its descriptor, or -1 if it is closed."""
    try:
        copy = os.dup(_STANDARD_ERROR)
    except OSError:
        return -1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, _STANDARD_ERROR)
        finally:
            os.close(nowhere)
    except OSError:
        os.close(copy)
        raise
    return copy
