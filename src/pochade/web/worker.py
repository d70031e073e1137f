"""The life of a worker process: tasks in, answers out, within limits, until the server closes the pipe."""

import gc
import os
import traceback
from multiprocessing.connection import Connection

from pochade.errors import PochadeError, TooLargeError
from pochade.web.answer import Answer, Defect, Missing
from pochade.web.settings import Settings

NICE = 3
"""Workers leave the processor to the server where both want it: it has little to do, and all wait for it."""


def serve(pipe: Connection, settings: Settings) -> None:
    """Say that all is imported, then answer tasks."""
    _bound(settings.memory)
    if hasattr(os, "nice"):
        os.nice(NICE)
    os.environ.setdefault("POCHADE_THREADS", str(max(1, (os.cpu_count() or 1) // settings.workers)))
    from pochade.web.cache import Cache
    from pochade.web.warmup import warm

    cache = Cache(settings.max_pixels)
    warm(cache)
    gc.collect()
    gc.freeze()
    try:
        pipe.send(Answer(b"", ""))
        while True:
            work, digest, given, forget, needed, sent = pipe.recv()
            cache.drop(forget)
            for one in sent:
                cache.put(one, pipe.recv_bytes(), needed)
            if not all(one in cache for one in needed):
                pipe.send(Missing())
                continue
            try:
                answer = work(cache, digest, **given)
            except PochadeError as error:
                answer = error
            except Exception as error:
                answer = _TOO_LARGE if _starved(error) else Defect(traceback.format_exc())
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


_TOO_LARGE = TooLargeError("the picture: it needs more memory than this server gives to one.")


def _starved(error: Exception) -> bool:
    """Whether there was no memory; a thread's stack is memory, too."""
    return isinstance(error, MemoryError) or "can't start new thread" in str(error)


def _bound(memory: int) -> None:
    """Let allocations past a limit fail, and no crash write a picture to the disk. Windows knows no such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    least = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (least, most))
