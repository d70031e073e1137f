"""The main loop of a decoder's process: read requests from standard input, and write pictures to standard output."""

import faulthandler
import os
import select
import signal
import sys
from contextlib import suppress
from typing import IO, Any

import numpy as np

from pochade.errors import PochadeError, SourceError
from pochade.source.dispatch import open_encoded
from pochade.source.encoding import Encoding
from pochade.source.isolation.messages import GREETING, encoding_fields, metadata_fields, receive, send, take
from pochade.source.material import HEAD, Material
from pochade.source.picture import Picture, ReadOptions

RESERVE = 256 << 20
"""Bytes of memory for Python and the libraries, beyond those for the picture."""

LATE_SECONDS = 5.0
"""Seconds past the limit after which the process ends itself: its parent has gone without ending it."""


def serve(lifeline: int | None) -> None:
    """Answer requests until standard input is closed. lifeline : see `_end_with_parent`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent ends this process
    requests, answers = _own_pipes()
    if lifeline is not None:
        _end_with_parent(lifeline)
    _forbid_core_dumps()
    answers.write(GREETING)
    answers.flush()
    with suppress(EOFError, BrokenPipeError):
        while True:
            _answer(requests, answers)


def _answer(requests: IO[bytes], answers: IO[bytes]) -> None:
    about = receive(requests)
    data = None if about["path"] is not None else take(requests, about["size"])
    send(answers, {"kind": "accepted"})
    options = ReadOptions(**about["options"])
    _bound_memory(options.max_memory)
    faulthandler.dump_traceback_later(options.timeout + LATE_SECONDS, exit=True, file=_NOWHERE)
    try:
        _send_picture(answers, open_encoded(_material(about, data), options))
    except PochadeError as error:
        send(answers, {"kind": "error", "error": type(error).__name__, "message": str(error)})
    except BrokenPipeError:
        raise
    except Exception as error:  # any, because the parent must not wait for an answer that never comes
        reason = "not enough memory" if isinstance(error, MemoryError) else f"{type(error).__name__}: {error}"
        message = f"{about['name']}: its decoder failed: {reason[:200]}."
        send(answers, {"kind": "error", "error": SourceError.__name__, "message": message})
    finally:
        faulthandler.cancel_dump_traceback_later()


def _material(about: dict[str, Any], data: bytes | None) -> Material:
    if data is not None:
        return Material(about["name"], data[:HEAD], len(data), data)
    path = about["path"]
    try:
        with open(path, "rb") as file:
            return Material(about["name"], file.read(HEAD), about["size"], None, path)
    except OSError as error:
        raise SourceError(f"{about['name']}: cannot be read: {error.strerror or error}.") from None


def _send_picture(answers: IO[bytes], picture: Picture) -> None:
    profile = picture.profile if isinstance(picture.profile, bytes) else b""
    encoding = picture.profile if isinstance(picture.profile, Encoding) else None
    facts = {name: getattr(picture, name) for name in ("width", "height", "turn", "frames", "notes")}
    facts["metadata"] = metadata_fields(picture.metadata)
    meaning = {"profile": len(profile), "encoding": encoding and encoding_fields(encoding)}
    send(answers, {"kind": "picture", "facts": facts, **meaning}, [profile])
    for strip in picture.blocks((0, 0, picture.width, picture.height)):
        rows, columns = strip.codes.shape[:2]
        place = {"top": strip.top, "left": strip.left, "rows": rows, "columns": columns}
        parts = [strip.codes] if strip.alpha is None else [strip.codes, strip.alpha]
        header = {"kind": "strip", **place, "frame": strip.frame, "weight": strip.weight, "alpha": len(parts) > 1}
        header["duration"] = strip.duration
        send(answers, header, (np.ascontiguousarray(part).data for part in parts))
    send(answers, {"kind": "end"})


_NOWHERE = open(os.devnull, "w")  # noqa: SIM115  # faulthandler writes to it as long as the process lives


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output under other numbers, so that no library reads or writes them."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    if os.name == "nt":
        import msvcrt

        for file in (requests, answers):
            msvcrt.setmode(file.fileno(), os.O_BINARY)  # type: ignore[attr-defined]
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    sys.stdout = _NOWHERE
    return requests, answers


def _end_with_parent(lifeline: int) -> None:
    """End this process when the last writer of a pipe closes it, even while a library computes.

    Nothing is ever written to the pipe; its parent holds the other end, which the system closes with it. The system
    then sends SIGIO, which ends a process that does not handle it (Linux). PR_SET_PDEATHSIG would not do: it means the
    thread that started the process, not the parent. Elsewhere the process ends when it next reads a request, or late.
    """
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        sys.exit()  # the parent has gone before


def _forbid_core_dumps() -> None:
    """A core dump would write the picture to the disk."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_memory(most: int) -> None:
    """Limit the memory of this process; not on Windows, and macOS does not enforce it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        limit, hard = most + RESERVE, resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
