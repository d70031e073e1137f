"""A file that is written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pochade.errors import PochadeError


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A binary file to write to, which takes its name only when the block ends without an exception.

    Until then it lies beside the path under another name, so that nobody sees it half written, and a file that was
    there before stays. A link is followed; a device or a named pipe is written to directly, as it cannot be replaced.

    Raises
    ------
    PochadeError : the file cannot be written.
    """
    name = os.fspath(path)
    with _written(name):
        if _is_special(name):
            with open(name, "wb") as file:
                yield file
            return
        target = os.path.realpath(name)
        folder, last = os.path.split(target)
        beside = os.path.join(folder, f".{last}.{os.getpid()}.part")
        with open(beside, "xb") as file:
            try:
                yield file
                file.close()
                if os.path.exists(target):
                    os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
                os.replace(beside, target)
            except BaseException:
                file.close()
                os.unlink(beside)
                raise


@contextmanager
def _written(name: str) -> Iterator[None]:
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
