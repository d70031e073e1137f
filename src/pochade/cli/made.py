"""Where a picture that was made goes: to a file that may be written, or to standard output."""

import os
from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pochade.cli.asked import check_suffix
from pochade.cli.sink import deliver
from pochade.errors import OptionError
from pochade.files import check_free, encode_picture


class Made(Protocol):
    """What `recolor()` and `background()` answer with."""

    @property
    def image(self) -> NDArray[np.uint8]: ...

    def save(self, path: str) -> None:
        """Write it to a file."""


def check_file(path: str | None, allowed: Iterable[str], *, force: bool) -> None:
    """OptionError where a file cannot be written under that name, or must not."""
    if path is not None:
        check_suffix(path, allowed)
        check_free(path, force=force)


def save(made: Made, path: str | None) -> None:
    """Write the picture to a file, or as PNG to standard output."""
    if path == "-":
        deliver(encode_picture(made.image, path, ".png"), "png", path)
    elif path is not None:
        made.save(path)


def differ(one: str, other: str) -> None:
    """OptionError where two names are those of one file, which need not be there."""
    if os.path.realpath(one) == os.path.realpath(other):
        raise OptionError(f"{one}: two files would have that name, and one overwrite the other: give two names.")
