"""Write files whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from pochade.errors import OptionError, PochadeError


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a binary file that gets its name when the block ends without an exception.

    Until then its content is in a temporary file in the same folder, so an existing file is never half
    overwritten. An existing file also stays if the block writes nothing. Links are followed. Devices and named
    pipes are written directly.

    Raises
    ------
    PochadeError : the file cannot be written.
    """
    name = os.fspath(path)
    with written(name):
        if _is_special(name):
            with open(name, "wb") as file:
                yield file
            return
        target = os.path.realpath(name)
        folder, last = os.path.split(target)
        beside = os.path.join(folder, f".{last}.{os.urandom(4).hex()}.part")
        try:
            with open(beside, "xb") as file:
                yield file
            _take_place(beside, target)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(beside)


def check_free(path: str | os.PathLike[str], *, force: bool) -> None:
    """OptionError if the file exists, unless `force`. Devices, pipes and folders pass."""
    if not force and os.path.isfile(path):
        raise OptionError(f"{os.fspath(path)} exists: give --force to overwrite it.")


def _take_place(new: str, target: str) -> None:
    """Rename a file to `target`, with the target's mode; an empty file replaces nothing."""
    if not os.path.getsize(new):
        return
    if os.path.exists(target):
        os.chmod(new, stat.S_IMODE(os.stat(target).st_mode))
    os.replace(new, target)


@contextmanager
def written(name: str) -> Iterator[None]:
    """Raise OSErrors of the block as PochadeError; BrokenPipeError passes unchanged."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PochadeError(f"{name}: cannot be written: {error.strerror or error}.") from None


def _is_special(name: str) -> bool:
    """Whether the path is a device or a pipe; OSError if it is a folder."""
    try:
        mode = os.stat(name).st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a folder")
    return not stat.S_ISREG(mode)
