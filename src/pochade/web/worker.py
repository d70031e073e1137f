"""The main loop of a worker process: receive tasks and send answers until the server closes the pipe."""

import gc
import multiprocessing
import os
import signal
import sys
import traceback
from multiprocessing.connection import Connection

from pochade.errors import PochadeError, TooLargeError
from pochade.web.answer import Answer, Defect, Missing
from pochade.web.settings import Settings

NICE = 3
"""Niceness of workers: the server has little to do, and all requests wait for it."""


def serve(pipe: Connection, settings: Settings) -> None:
    """Import and warm up, report readiness, then answer tasks."""
    prepare(settings.memory, NICE)
    os.environ.setdefault("POCHADE_THREADS", str(max(1, (os.cpu_count() or 1) // settings.workers)))
    from pochade.web.cache import Cache
    from pochade.web.options import reading_limits
    from pochade.web.warmup import warm

    cache = Cache(settings.max_pixels, reading_limits(settings))
    warm(cache)
    gc.collect()
    gc.freeze()
    try:
        pipe.send(Answer(b"", ""))
        while True:
            work, digest, arguments, forget, needed, sent = pipe.recv()
            cache.drop(forget)
            for one in sent:
                cache.put(one, pipe.recv_bytes(), needed)
            if not all(one in cache for one in needed):
                pipe.send(Missing())
                continue
            try:
                answer = work(cache, digest, **arguments)
            except PochadeError as error:
                answer = error
            except Exception as error:
                answer = _TOO_LARGE if starved(error) else Defect(traceback.format_exc())
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def prepare(memory: int, nice: int) -> None:
    """Make this process end with the server, bound its memory, and be nice to others."""
    _end_with_server()
    _bound(memory)
    if hasattr(os, "nice"):
        os.nice(nice)


_TOO_LARGE = TooLargeError("the picture: it needs more memory than this server allows.")


def starved(error: Exception) -> bool:
    """Whether memory ran out; the stack of a new thread needs memory, too."""
    return isinstance(error, MemoryError) or "can't start new thread" in str(error)


def _end_with_server() -> None:
    """Make the system kill this process if the server dies, even in the middle of a task; on Linux only.

    Elsewhere the process ends after its task, when its pipe is closed. The signal comes when the thread ends that
    started this process: the threads of the pool live as long as the server.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:  # it died before
        os._exit(1)


_PR_SET_PDEATHSIG = 1
"""From linux/prctl.h."""


def _bound(memory: int) -> None:
    """Limit memory and disable core dumps, which would write pictures to the disk; not on Windows."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    least = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (least, most))
