"""A lock on a collection, so that one run at a time writes it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from pochade.errors import PochadeError
from pochade.files import written

LOCK = "lock"
"""The file with the host and the process that write the collection; it is gone when they have ended."""


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Hold the lock of a collection during the block.

    The system releases it when the process ends, however that ends, so a lock that a killed run left on this host is
    taken over. Of another host nothing is known, so its lock stays.

    Raises
    ------
    PochadeError : another run writes the collection, or may write it.
    """
    name = os.path.join(folder, LOCK)
    with written(name):
        file = _taken(name)
    try:
        yield
    finally:
        with suppress(OSError):
            os.unlink(name)
        file.close()


def _taken(name: str) -> BinaryIO:
    while True:
        file = open(name, "a+b")  # noqa: SIM115 it stays open as long as the lock is held
        holder = _holder(file)
        here = not holder or holder.get("host") == socket.gethostname()
        if not _exclusive(file) or not here:
            file.close()
            raise PochadeError(_refusal(name, holder))
        try:
            if os.stat(name).st_ino == os.fstat(file.fileno()).st_ino:  # else the holder has removed it meanwhile
                break
        except FileNotFoundError:
            pass
        file.close()
    file.truncate(0)
    file.write(json.dumps({"host": socket.gethostname(), "pid": os.getpid()}).encode())
    file.flush()
    return file


def _holder(file: BinaryIO) -> dict[str, Any]:
    file.seek(0)
    try:
        fields = json.loads(file.read())
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _exclusive(file: BinaryIO) -> bool:
    """Whether this process has the file for itself now."""
    try:
        import fcntl
    except ImportError:  # Windows: only a lock that is there already tells of another run
        return not _holder(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _refusal(name: str, holder: dict[str, Any]) -> str:
    who = f"process {holder.get('pid')} on {holder.get('host')}" if holder else "another run"
    return (
        f"{os.path.dirname(name)}: {who} is writing this collection: wait until it ends. If it has ended without "
        f"tidying up, delete {name}."
    )
