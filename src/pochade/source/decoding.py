"""Convert the errors of decoding libraries to pochade's errors."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from pochade.errors import FormatError, PochadeError, TooLargeError
from pochade.source.picture import ends_early

# Decoders raised these on fuzzed files.
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
_VAGUE = frozenset({"not identified by this driver", "cannot load this image", "decoder error -2"})
_UNSUPPORTED = (
    "not been built in",
    "unsupported",
    "not supported",
    "unknown pixel mode",
    "unknown raw mode",
    "unknown nclx",
    "reformat failed",
)
_ENDS_EARLY = ("truncat", "end of file", "premature", "incomplete", "not enough", "a buffer", "not large enough")


@contextmanager
def decoding(name: str) -> Iterator[None]:
    """Inside the block, decoder errors become SourceErrors that name the picture, and warnings are silenced.

    Do not yield to a caller inside the block: the warning filter belongs to the whole process.
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
            raise TooLargeError(f"{name}: it states an absurd size; the file is broken or hostile.") from None
        except _BROKEN as error:
            raise _converted(name, error) from None


def _converted(name: str, error: Exception) -> PochadeError:
    reason = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, EOFError | struct.error) or any(word in reason.lower() for word in _ENDS_EARLY):
        return ends_early(name)
    if any(word in reason.lower() for word in _UNSUPPORTED):
        return FormatError(f"{name}: it uses a feature that the decoder does not support: {reason[:200].rstrip('.')}.")
    if reason in _VAGUE:
        return FormatError(f"{name}: the file is broken: no picture can be decoded from it.")
    return FormatError(f"{name}: the file is broken: {reason[:200].rstrip('.')}.")
