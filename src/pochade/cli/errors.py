"""Error messages on standard error: one line each, after the name of the program."""

import re
import sys
from collections.abc import Iterable

_IN_PYTHON = {
    "truncated=True": "--truncated",
    "max_pixels": "--max-pixels",
    "max_frames": "--max-frames",
    "max_bytes": "--max-bytes",
    "max_memory": "--max-memory",
    "raise timeout": "raise --timeout",
    "isolate=False": "--no-isolate",
}


def complain(message: str) -> None:
    """Print `pochade: message` on standard error."""
    stream = sys.stderr
    if stream is None:  # closed
        return
    try:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        line = f"pochade: {as_flags(printable(message))}\n"
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        pass  # nobody reads standard error; standard output may still be read


def complain_of(notes: Iterable[str], name: str) -> None:
    """Print the notes on a picture on standard error."""
    for note in notes:
        complain(f"{name}: {note}")


def about(name: str, message: str) -> str:
    """The message, after the name of its picture unless it contains the name."""
    return message if name in message or repr(name) in message else f"{name}: {message}"


def as_flags(message: str) -> str:
    """Replace Python keywords in the message by command line options."""
    return re.sub("|".join(_IN_PYTHON), lambda found: _IN_PYTHON[found[0]], message)


def printable(text: str) -> str:
    """The text on one line, with control characters escaped; file names may contain any."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
