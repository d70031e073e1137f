"""PyAV, which decodes films, or a line that says how to install it."""

import contextlib
from collections.abc import Iterator
from typing import Any

from pochade.errors import FormatError


def av(name: str) -> Any:
    """The module `av`.

    Raises
    ------
    FormatError : it is not installed. name : of the film, in the message.
    """
    try:
        import av  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise FormatError(f"{name}: films need PyAV, which is not installed: pip install 'pochade[film]'.") from None
    return av


@contextlib.contextmanager
def quiet(library: Any) -> Iterator[None]:
    """Within the block, FFmpeg writes no line to the terminal."""
    before = library.logging.get_level()
    library.logging.set_libav_level(library.logging.PANIC)
    library.logging.set_level(library.logging.PANIC)
    try:
        yield
    finally:
        library.logging.set_level(before)
