"""Files that stay whole and on the disk, whatever ends the process or the machine."""

import os
from contextlib import suppress

from pochade.files import written


def write_durably(name: str, content: bytes) -> None:
    """Write a file beside its place, force it to the disk, and let it take its place.

    Raises
    ------
    PochadeError : it cannot be written; the old file stays.
    """
    folder, last = os.path.split(name)
    part = os.path.join(folder, f".{last}.{os.urandom(4).hex()}.part")
    with written(name):
        os.makedirs(folder, exist_ok=True)
        try:
            with open(part, "xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(part)
        _sync(folder)


def remove_parts(folder: str) -> None:
    """Remove what killed runs left in a folder."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(".") and name.endswith(".part"):
                with suppress(OSError):
                    os.unlink(os.path.join(folder, name))


def _sync(folder: str) -> None:
    """Force the names in a folder to the disk, on systems that can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # not on this file system
        pass
    finally:
        os.close(descriptor)
