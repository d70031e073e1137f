"""What decoding libraries raise, said as pochade's errors."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pochade.errors import FormatError, PochadeError, TooLargeError
from pochade.source.picture import ends_early

# What decoders raise on broken files, collected by reading Pillow's plug-ins and running them over fuzzed files.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_EARLY = ("truncat", "end of file", "premature", "incomplete", "not enough data", "buffer is not large enough")


@contextmanager
def decoding(name: str) -> Iterator[None]:
    """Within it, errors of decoders come out as SourceErrors that name the picture, and warnings are silenced.

    Do not yield to a caller within it: the warning filter is the process's.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except PochadeError:
            raise
        except MemoryError:
            raise TooLargeError(f"{name}: not enough memory to decode it.") from None
        except _BROKEN as error:
            raise _said(name, error) from None


def _said(name: str, error: Exception) -> PochadeError:
    reason = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, EOFError | struct.error) or any(word in reason.lower() for word in _EARLY):
        return ends_early(name)
    return FormatError(f"{name}: the file is broken: {reason[:200].rstrip('.')}.")
