"""A file that is written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from pochade.errors import OptionError, PochadeError


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A binary file to write to, which takes its name only when the block ends without an exception.

    Until then it lies beside the path under another name, so that nobody sees it half written, and a file
    that was there before stays; it also stays where nothing is written. A link is followed. A device or a named
    pipe is written to directly.

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
    """OptionError where a file is there already and may not be overwritten."""
    if not force and os.path.isfile(path):
        raise OptionError(f"{os.fspath(path)} is there already: give --force to overwrite it.")


def _take_place(new: str, target: str) -> None:
    """Give a file the name and the mode of another, unless it is empty."""
    if not os.path.getsize(new):
        return
    if os.path.exists(target):
        os.chmod(new, stat.S_IMODE(os.stat(target).st_mode))
    os.replace(new, target)


@contextmanager
def written(name: str) -> Iterator[None]:
    """Within it, what the system says about writing comes out as a PochadeError; a closed pipe as itself."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PochadeError(f"{name}: cannot be written: {error.strerror or error}.") from None


def _is_special(name: str) -> bool:
    """Whether something stands there that is no regular file; OSError for a folder."""
    try:
        mode = os.stat(name).st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a folder")
    return not stat.S_ISREG(mode)
