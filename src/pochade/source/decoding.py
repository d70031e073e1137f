"""What decoding libraries raise, said as pochade's errors."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from pochade.errors import FormatError, PochadeError, TooLargeError
from pochade.source.picture import ends_early

# What decoders raise on broken files, found by running them over fuzzed ones.
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
_SAYS_NOTHING = frozenset({"not identified by this driver", "cannot load this image", "decoder error -2"})
_EARLY = ("truncat", "end of file", "premature", "incomplete", "not enough", "a buffer", "not large enough")


@contextmanager
def decoding(name: str) -> Iterator[None]:
    """Within it, errors of decoders come out as SourceErrors that name the picture, and warnings are
    silenced.

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
        except Image.DecompressionBombError:
            raise TooLargeError(f"{name}: a size in it is absurd; the file is broken or hostile.") from None
        except _BROKEN as error:
            raise _said(name, error) from None


def _said(name: str, error: Exception) -> PochadeError:
    reason = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, EOFError | struct.error) or any(word in reason.lower() for word in _EARLY):
        return ends_early(name)
    if "not been built in" in reason or "Unsupported feature" in reason:
        return FormatError(f"{name}: it uses what the decoder does not support: {reason[:200].rstrip('.')}.")
    if reason in _SAYS_NOTHING:
        return FormatError(f"{name}: the file is broken: no picture can be decoded from it.")
    return FormatError(f"{name}: the file is broken: {reason[:200].rstrip('.')}.")
